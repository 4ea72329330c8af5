from django.db import migrations, models

# Until now nothing said so: what was given was most likely written as the event's own text was.
AS_THE_TEXT = """
    UPDATE events_event SET reason_language = written.language
    FROM (SELECT DISTINCT ON (event_id) event_id, language FROM events_eventwording ORDER BY event_id, id) AS written
    WHERE written.event_id = events_event.id AND state_reason <> ''
"""


class Migration(migrations.Migration):

    dependencies = [
        ('events', '0008_lists_at_any_size'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='reason_language',
            field=models.CharField(blank=True, choices=[('nb', 'Norsk'), ('sv', 'Svenska'), ('en', 'English')], editable=False, max_length=2),
        ),
        migrations.RunSQL(AS_THE_TEXT, migrations.RunSQL.noop),
    ]
