from django.db import migrations

from chapter.search import keep_words


class Migration(migrations.Migration):
    """The words of each row are kept beside it, so that a search reads them and does not make them anew."""

    dependencies = [("events", "0015_newcomers_in_one_statement")]

    operations = keep_words("eventwording", "events_eventwording", "title", "body_text", "event_wording_search")
