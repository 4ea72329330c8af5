from django.db import migrations

from chapter.search import keep_words_apart


class Migration(migrations.Migration):
    """Two words with a slash, a hyphen or a full stop between them are found as two."""

    dependencies = [("events", "0019_whole_days")]

    operations = keep_words_apart("events_eventwording", "title", "body_text")
