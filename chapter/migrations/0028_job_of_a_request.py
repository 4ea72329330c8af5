from django.db import migrations

MAKE = """
    CREATE OR REPLACE FUNCTION chapter_post(_kind text, _object_id bigint, _sequence integer, _now timestamptz)
    RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
        WITH delivery AS (
            INSERT INTO chapter_delivery (kind, object_id, recipient, sequence, created_at)
            VALUES (_kind, _object_id, '', _sequence, _now) ON CONFLICT DO NOTHING RETURNING id
        )
        INSERT INTO procrastinate_jobs (queue_name, task_name, args, queueing_lock)
            SELECT 'mail', 'chapter.deliver', jsonb_build_object('delivery_id', id),
                   nullif(current_setting('site.request', true), '') || '/' || id FROM delivery;
    END $$;
"""


class Migration(migrations.Migration):
    """The job that `chapter_post` writes remembers its request (chapter/server_log/jobs.py), where the caller says one."""

    dependencies = [("chapter", "0027_kinds_of_import_file")]

    operations = [migrations.RunSQL(MAKE, migrations.RunSQL.noop)]
