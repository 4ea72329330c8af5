from django.db import migrations

from chapter.search import keep_words


class Migration(migrations.Migration):
    """The words of each row are kept beside it, so that a search reads them and does not make them anew."""

    dependencies = [("chapter", "0015_codes_of_digits")]

    operations = keep_words("pagewording", "chapter_pagewording", "title", "body_text", "page_wording_search")
