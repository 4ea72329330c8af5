from django.db import migrations

from chapter.search import keep_words_apart


class Migration(migrations.Migration):
    """Two words with a slash, a hyphen or a full stop between them are found as two."""

    dependencies = [("chapter", "0022_what_a_backup_is_told")]

    operations = keep_words_apart("chapter_pagewording", "title", "body_text")
