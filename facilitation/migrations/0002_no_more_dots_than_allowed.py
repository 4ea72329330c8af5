from django.db import migrations

MAKE = """
    CREATE FUNCTION facilitation_dot_within_limit() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE
        limit_each integer;
        sealed timestamptz;
    BEGIN
        SELECT b.dots_each, b.sealed_at INTO limit_each, sealed
            FROM facilitation_board b JOIN facilitation_participant p ON p.board_id = b.id
            WHERE p.id = NEW.participant_id;
        IF sealed IS NOT NULL OR NEW.slot > limit_each THEN
            RAISE EXCEPTION 'participant % has % dots, and no slot %', NEW.participant_id, limit_each, NEW.slot
                USING ERRCODE = 'check_violation', CONSTRAINT = 'dot_within_limit', TABLE = 'facilitation_dot';
        END IF;
        IF NOT EXISTS (
            SELECT 1 FROM facilitation_topic t JOIN facilitation_participant p ON p.board_id = t.board_id
            WHERE t.id = NEW.topic_id AND p.id = NEW.participant_id
        ) THEN
            RAISE EXCEPTION 'a dot of participant % on a topic of another board', NEW.participant_id
                USING ERRCODE = 'check_violation', CONSTRAINT = 'dot_on_own_board', TABLE = 'facilitation_dot';
        END IF;
        RETURN NEW;
    END $$;

    CREATE TRIGGER dot_within_limit
        BEFORE INSERT OR UPDATE ON facilitation_dot
        FOR EACH ROW EXECUTE FUNCTION facilitation_dot_within_limit();
"""

REMOVE = """
    DROP TRIGGER dot_within_limit ON facilitation_dot;
    DROP FUNCTION facilitation_dot_within_limit();
"""


class Migration(migrations.Migration):
    """A dot has one of its person's slots, none above the board's limit, none after the dots were sealed.

    With the unique slot this holds the limit by itself, however many are placed at once: no counting, no race.
    """

    dependencies = [("facilitation", "0001_first_tables")]

    operations = [migrations.RunSQL(MAKE, REMOVE)]
