import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from chapter.addresses import mailbox_sql

MAKE = f"""
    CREATE OR REPLACE FUNCTION events_rsvp_of_newcomer(
        _event bigint, _member bigint, _mailbox text, _language text, _token text, _now timestamptz
    ) RETURNS SETOF events_rsvp LANGUAGE plpgsql
    -- Planned once a connection, by indexes: the tables may be empty then, and not a minute later.
    SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
    DECLARE
        readers bigint[] := _member || ARRAY(
            SELECT user_id FROM account_emailaddress WHERE verified AND {mailbox_sql('email')} = _mailbox);
        addresses text[] := ARRAY(SELECT email FROM account_emailaddress WHERE verified AND user_id = _member);
        seats integer;
        taken integer;
        somebody_waits boolean;
        rsvp events_rsvp;
    BEGIN
        SELECT capacity INTO seats FROM events_event WHERE id = _event AND state = 'published'
            AND starts_at - cut_off_hours * interval '1 hour' > _now FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            RETURN;
        END IF;
        -- A statement of its own, which sees what was committed while this one waited.
        SELECT (SELECT count(*) FROM events_rsvp WHERE event_id = _event AND status = 'going')
               + (SELECT count(*) FROM events_rsvp WHERE event_id = _event AND held_until > statement_timestamp()),
               -- Who is first in line, rather than whether somebody is: so the index of the line answers.
               (SELECT id FROM events_rsvp WHERE event_id = _event AND status = 'waitlisted'
                ORDER BY queued_at, id LIMIT 1) IS NOT NULL
            INTO taken, somebody_waits
            -- Nobody who is on the list already. By "+ 0" the few rows of a person are looked through for the event, and
            -- not all rows of the event for the person. The last asks in the words of `rsvp_one_per_mailbox`.
            WHERE NOT EXISTS (SELECT FROM events_rsvp WHERE event_id + 0 = _event AND member_id = ANY (readers))
            AND NOT EXISTS (SELECT FROM events_rsvp WHERE event_id + 0 = _event AND email = ANY (addresses))
            AND NOT EXISTS (
                SELECT FROM events_rsvp WHERE event_id = _event AND {mailbox_sql('email')} = _mailbox
                AND status IN ('pending', 'going', 'waitlisted') AND NOT email = '');
        IF NOT FOUND OR (somebody_waits AND (seats IS NULL OR taken < seats)) THEN
            RETURN;
        END IF;
        INSERT INTO events_rsvp (event_id, member_id, name, email, language, token, status, queued_at, attendance,
                                 wants_reminders, round, created_at, changed_at)
            VALUES (_event, _member, '', '', _language, _token,
                    CASE WHEN seats IS NULL OR taken < seats THEN 'going' ELSE 'waitlisted' END,
                    -- By the clock, since a statement's time is that at which it began to wait for the event.
                    clock_timestamp(), '', true, 1, _now, _now)
            RETURNING * INTO rsvp;
        PERFORM chapter_post('rsvp_' || rsvp.status, rsvp.id, rsvp.round, _now);
        RETURN NEXT rsvp;
    END $$;
"""


class Migration(migrations.Migration):
    """An RSVP costs the same however many have signed up: whether a member is on the list is asked of their own rows.

    And no index of all RSVPs begins with the event but `rsvp_queue`, so that seats are counted by it also while PostgreSQL
    knows nothing of a table that is new.
    """

    contract = "the release before is refused the same rows as by the constraint that this one replaces"

    dependencies = [
        ("events", "0023_what_a_feed_leaves_open"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint("rsvp", "rsvp_one_per_member"),
        migrations.AddConstraint(
            "rsvp", models.UniqueConstraint(fields=("member", "event"), name="rsvp_one_per_member")
        ),
        migrations.AlterField(
            "rsvp",
            "member",
            models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="rsvps",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunSQL(MAKE, migrations.RunSQL.noop),
    ]
