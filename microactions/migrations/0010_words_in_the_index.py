from django.db import migrations

from chapter.search import list_immediately


class Migration(migrations.Migration):
    """A search does not read words that PostgreSQL has put aside."""

    dependencies = [("microactions", "0009_words_stand_apart")]

    operations = list_immediately("microactions_microaction")
