from django.db import migrations

from chapter.search import keep_words_apart


class Migration(migrations.Migration):
    """Two words with a slash, a hyphen or a full stop between them are found as two."""

    dependencies = [("chapter", "0023_import_file")]

    operations = keep_words_apart("chapter_pagewording", "title", "body_text")
