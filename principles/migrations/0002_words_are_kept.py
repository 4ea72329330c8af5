from django.db import migrations

from chapter.search import keep_words


class Migration(migrations.Migration):
    """The words of each row are kept beside it, so that a search reads them and does not make them anew."""

    dependencies = [("principles", "0001_first_tables")]

    operations = keep_words("principlewording", "principles_principlewording", "title", "body_text", "principle_wording_search")
