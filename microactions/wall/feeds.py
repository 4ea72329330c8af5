"""The wall as an Atom feed: the last public pledges and results, in the words and language of their people."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.html import linebreaks
from django.utils.translation import gettext as _

from chapter.fields import clean_text
from chapter.models import Chapter
from chapter.web import SoundAtomFeed

from ..models import Microaction

ENTRIES = 30


class AtomOfManyLanguages(SoundAtomFeed):
    def item_attributes(self, item):
        return {**super().item_attributes(item), "xml:lang": item["language"]}


class WallFeed(Feed):
    """An entry's id is the same in all three languages' feeds, and does not change with its result."""

    feed_type = AtomOfManyLanguages

    def title(self):
        return _("Microactions at %(chapter)s") % {"chapter": Chapter.load().name}

    def subtitle(self):
        return _("Small steps in the public sector, and what they led to.")

    def link(self):
        return settings.SITE_URL + reverse("wall")

    def feed_url(self):
        return settings.SITE_URL + reverse("wall_feed")

    def items(self):
        return Microaction.objects.public().latest()[:ENTRIES]

    def entries(self, language):
        """What tells one state of the feed from another; all languages have the same."""
        return [(item.pk, item.told_at, item.what, item.plan, item.result, item.name) for item in self.items()]

    def item_title(self, item):
        return clean_text(item.what)

    def item_description(self, item):
        words = clean_text(item.result if item.has_result else item.plan)
        return linebreaks(words, autoescape=True) if words else ""

    def item_link(self, item):
        return settings.SITE_URL + item.get_absolute_url()

    def item_guid(self, item):
        host = urlsplit(settings.SITE_URL).hostname
        return f"tag:{host},{item.created_at:%Y-%m-%d}:microaction/{item.pk}"

    def author_name(self):  # of entries without a name
        return Chapter.load().name

    def item_author_name(self, item):
        return clean_text(item.name) or None

    def item_pubdate(self, item):
        return item.created_at

    def item_updateddate(self, item):
        return item.told_at

    def item_extra_kwargs(self, item):
        return {"language": item.language}
