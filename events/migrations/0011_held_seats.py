from importlib import import_module

from django.db import migrations, models

before = import_module("events.migrations.0002_no_more_than_seats")

MAKE = """
    CREATE OR REPLACE FUNCTION events_no_more_than_seats() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        seats integer;
        taken integer;
        held integer;
        takes_seat boolean;
        takes_hold boolean;
    BEGIN
        takes_seat := NEW.status = 'going';
        takes_hold := NEW.held_until IS NOT NULL AND NEW.held_until > statement_timestamp();
        IF TG_OP = 'UPDATE' AND OLD.event_id = NEW.event_id THEN
            takes_seat := takes_seat AND OLD.status <> 'going';
            takes_hold := takes_hold AND NEW.held_until IS DISTINCT FROM OLD.held_until;
        END IF;
        IF NOT (takes_seat OR takes_hold) THEN
            RETURN NEW;
        END IF;
        IF current_setting('transaction_isolation') = 'repeatable read' THEN
            RAISE EXCEPTION 'RSVPs are written under READ COMMITTED: an older snapshot does not see who took a seat';
        END IF;
        SELECT capacity INTO seats FROM events_event WHERE id = NEW.event_id FOR NO KEY UPDATE;
        SELECT count(*) FILTER (WHERE status = 'going'), count(*) FILTER (WHERE held_until > statement_timestamp())
            INTO taken, held FROM events_rsvp
            WHERE event_id = NEW.event_id AND id <> NEW.id AND (status = 'going' OR held_until IS NOT NULL);
        IF NEW.status = 'going' THEN
            taken := taken + 1;
        END IF;
        IF NEW.held_until > statement_timestamp() THEN
            held := held + 1;
        END IF;
        IF takes_hold AND held * 5 > seats THEN
            RAISE EXCEPTION 'event % has % seats: more than a fifth of them would be held', NEW.event_id, seats
                USING ERRCODE = 'check_violation', CONSTRAINT = 'rsvp_held_seats', TABLE = 'events_rsvp';
        END IF;
        IF taken + held > seats THEN
            RAISE EXCEPTION 'event % has % seats, all taken', NEW.event_id, seats
                USING ERRCODE = 'check_violation', CONSTRAINT = 'rsvp_no_more_than_seats', TABLE = 'events_rsvp';
        END IF;
        RETURN NEW;
    END $$;

    DROP TRIGGER rsvp_no_more_than_seats ON events_rsvp;
    CREATE TRIGGER rsvp_no_more_than_seats
        BEFORE INSERT OR UPDATE OF status, event_id, held_until ON events_rsvp
        FOR EACH ROW WHEN (NEW.status = 'going' OR NEW.held_until IS NOT NULL)
        EXECUTE FUNCTION events_no_more_than_seats();
"""


class Migration(migrations.Migration):
    """A seat may be held for somebody whose mail is on its way, and then nobody else gets it; never more than a fifth.

    A hold that has ended counts no more, whether or not anybody has written that down. As before, nobody loses a seat
    when the capacity is lowered.
    """

    dependencies = [("events", "0010_pages_by_key")]

    operations = [
        migrations.AddField("rsvp", "held_until", models.DateTimeField(editable=False, null=True)),
        migrations.AddIndex(
            "rsvp",
            models.Index(
                fields=["event", "held_until"],
                name="rsvp_held",
                condition=models.Q(("held_until__isnull", False)),
            ),
        ),
        migrations.RunSQL(MAKE, before.REMOVE + before.MAKE),
    ]
