from django.db import migrations


class Migration(migrations.Migration):
    """Counts of the last minutes may be lost in a crash; without a log, writing them costs almost nothing."""

    dependencies = [("chapter", "0001_first_tables")]

    operations = [
        migrations.RunSQL("ALTER TABLE chapter_ratehit SET UNLOGGED", "ALTER TABLE chapter_ratehit SET LOGGED"),
    ]
