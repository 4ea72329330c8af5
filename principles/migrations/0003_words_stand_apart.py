from django.db import migrations

from chapter.search import keep_words_apart


class Migration(migrations.Migration):
    """Two words with a slash, a hyphen or a full stop between them are found as two."""

    dependencies = [("principles", "0002_words_are_kept")]

    operations = keep_words_apart("principles_principlewording", "title", "body_text")
