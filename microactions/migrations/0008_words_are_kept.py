from django.db import migrations

from chapter.search import keep_words


class Migration(migrations.Migration):
    """The words of each row are kept beside it, so that a search reads them and does not make them anew."""

    dependencies = [("microactions", "0007_plain_words")]

    operations = keep_words("microaction", "microactions_microaction", "what", "result", "microaction_search")
