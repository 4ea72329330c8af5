from django.db import migrations

from chapter.search import list_immediately


class Migration(migrations.Migration):
    """A search does not read words that PostgreSQL has put aside. Nobody searches the texts of a series, only its events'."""

    dependencies = [("events", "0021_one_index_less")]

    operations = [
        *list_immediately("events_eventwording"),
        migrations.RemoveIndex("serieswording", "series_wording_search"),
    ]
