from django.db import migrations

from chapter.search import keep_words_apart


class Migration(migrations.Migration):
    """Two words with a slash, a hyphen or a full stop between them are found as two."""

    dependencies = [("blog", "0011_when_comments_were_written")]

    operations = keep_words_apart("blog_post", "title", "body_text")
