from django.db import migrations

MAKE = """
    CREATE FUNCTION chapter_post(_kind text, _object_id bigint, _sequence integer, _now timestamptz)
    RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        delivery bigint;
    BEGIN
        INSERT INTO chapter_delivery (kind, object_id, recipient, sequence, created_at)
            VALUES (_kind, _object_id, '', _sequence, _now) ON CONFLICT DO NOTHING RETURNING id INTO delivery;
        IF FOUND THEN
            PERFORM procrastinate_defer_jobs_v1(ARRAY[ROW(
                'mail', 'chapter.deliver', 0, NULL, NULL, jsonb_build_object('delivery_id', delivery), NULL
            )::procrastinate_job_to_defer_v1]);
        END IF;
    END $$;
"""


class Migration(migrations.Migration):
    """`chapter.mail.post` for what is decided inside PostgreSQL, while others wait for a lock."""

    dependencies = [("chapter", "0013_plain_words"), ("procrastinate", "0041_post_retry_failed_job")]

    operations = [
        migrations.RunSQL(MAKE, "DROP FUNCTION chapter_post(text, bigint, integer, timestamptz)"),
    ]
