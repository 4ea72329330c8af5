"""Who did it: the site by itself, or somebody who has left since."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("chapter", "0005_photos_withdrawn_pictures")]

    operations = [
        migrations.AddField(model_name="auditentry", name="by_site", field=models.BooleanField(default=False))
    ]
