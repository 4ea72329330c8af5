import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The big screen tells for some seconds how a round ended, and who decided where the thumbs did not."""

    dependencies = [("facilitation", "0003_sums_that_were_shown")]

    operations = [
        migrations.AddField(
            "round",
            "decided_by",
            models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="facilitation.participant",
            ),
        ),
        migrations.AddField("round", "settled_at", models.DateTimeField(editable=False, null=True)),
    ]
