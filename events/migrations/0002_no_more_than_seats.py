from django.db import migrations

MAKE = """
    CREATE FUNCTION events_no_more_than_seats() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        seats integer;
        taken integer;
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.status = 'going' AND OLD.event_id = NEW.event_id THEN
            RETURN NEW;
        END IF;
        IF current_setting('transaction_isolation') = 'repeatable read' THEN
            RAISE EXCEPTION 'RSVPs are written under READ COMMITTED: an older snapshot does not see who took a seat';
        END IF;
        SELECT capacity INTO seats FROM events_event WHERE id = NEW.event_id FOR NO KEY UPDATE;
        SELECT count(*) INTO taken FROM events_rsvp
            WHERE event_id = NEW.event_id AND status = 'going' AND id <> NEW.id;
        IF taken >= seats THEN
            RAISE EXCEPTION 'event % has % seats, all taken', NEW.event_id, seats
                USING ERRCODE = 'check_violation', CONSTRAINT = 'rsvp_no_more_than_seats', TABLE = 'events_rsvp';
        END IF;
        RETURN NEW;
    END $$;

    CREATE TRIGGER rsvp_no_more_than_seats
        BEFORE INSERT OR UPDATE OF status, event_id ON events_rsvp
        FOR EACH ROW WHEN (NEW.status = 'going') EXECUTE FUNCTION events_no_more_than_seats();
"""

REMOVE = """
    DROP TRIGGER rsvp_no_more_than_seats ON events_rsvp;
    DROP FUNCTION events_no_more_than_seats();
"""


class Migration(migrations.Migration):
    """No row becomes `going` beyond the event's seats, whoever writes it and however many at once.

    It locks the same row as the verbs, the event's. Rows that are going already stay so when the capacity is lowered;
    no limit (NULL) lets everyone in.
    """

    dependencies = [("events", "0001_first_tables")]

    operations = [migrations.RunSQL(MAKE, REMOVE)]
