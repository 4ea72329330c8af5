import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    contract = "every board that the release before writes has an event, which is all that the constraint asks of it"

    dependencies = [("facilitation", "0009_sessions")]

    operations = [
        migrations.AlterField(
            "board",
            "event",
            models.OneToOneField(
                db_column="event_id",
                null=True,
                blank=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="board",
                to="events.event",
            ),
        ),
        # The column keeps its name.
        migrations.SeparateDatabaseAndState(state_operations=[migrations.RenameField("board", "event", "at_event")]),
        migrations.AddField(
            "board",
            "session",
            models.OneToOneField(
                editable=False,
                null=True,
                blank=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="board",
                to="facilitation.session",
            ),
        ),
        migrations.AddConstraint(
            "board",
            models.CheckConstraint(
                condition=models.Q(("at_event__isnull", False), ("session", None))
                | models.Q(("at_event", None), ("session__isnull", False)),
                name="board_of_event_or_session",
            ),
        ),
    ]
