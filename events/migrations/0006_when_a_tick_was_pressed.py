from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0005_proposals_seasons_apart")]

    operations = [
        migrations.AddField(
            model_name="rsvp", name="attendance_at", field=models.DateTimeField(editable=False, null=True)
        )
    ]
