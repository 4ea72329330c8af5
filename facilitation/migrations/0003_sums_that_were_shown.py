from django.db import migrations, models


class Migration(migrations.Migration):
    """Once sums of dots were shown, those of somebody who goes away stay in them."""

    dependencies = [("facilitation", "0002_no_more_dots_than_allowed")]

    operations = [
        migrations.AddField("board", "totals_were_shown", models.BooleanField(default=False, editable=False)),
    ]
