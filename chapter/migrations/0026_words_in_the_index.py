from django.db import migrations

from chapter.search import list_immediately


class Migration(migrations.Migration):
    """A search does not read words that PostgreSQL has put aside."""

    dependencies = [("chapter", "0025_mail_and_job_at_once")]

    operations = list_immediately("chapter_pagewording")
