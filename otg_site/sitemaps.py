"""What search engines are told of: the public pages, each in the languages it has."""

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import translation

from blog.models import Post
from chapter.models import Page
from events.models import Event, Series
from microactions.models import Microaction
from principles.models import Principle


class _Section(Sitemap):
    """Addresses begin with SITE_URL, never with the host that somebody asked for."""

    protocol = settings.SITE_URL.partition("://")[0]
    limit = 5000

    def get_domain(self, site=None):
        return settings.SITE_HOST


class FrontPages(_Section):
    i18n = True

    def items(self):
        return ["home", "events", "events_past", "series_list", "principles", "wall", "idea_bank", "blog"]

    def location(self, item):
        return reverse(item)


class Pages(_Section):
    i18n = True

    def items(self):
        return Page.objects.exclude(key="home").order_by("key")


class Principles(_Section):
    i18n = True

    def items(self):
        return Principle.objects.order_by("number")


class Events(_Section):
    i18n = True

    def items(self):
        return Event.objects.announced().order_by("pk").only("slug", "changed_at")

    def lastmod(self, event):
        return event.changed_at


class AllSeries(_Section):
    i18n = True

    def items(self):
        return Series.objects.visible_to(None).order_by("pk").only("slug", "changed_at")

    def lastmod(self, series):
        return series.changed_at


class Microactions(_Section):
    def items(self):
        return Microaction.objects.public().order_by("pk").only("pk", "language")

    def location(self, microaction):
        return _in_its_language(microaction)


class Posts(_Section):
    def items(self):
        return Post.objects.published().order_by("pk").only("slug", "language", "changed_at")

    def location(self, post):
        return _in_its_language(post)

    def lastmod(self, post):
        return post.changed_at


def _in_its_language(row):
    with translation.override(row.language):
        return row.get_absolute_url()


SECTIONS = {
    "front": FrontPages,
    "pages": Pages,
    "principles": Principles,
    "events": Events,
    "series": AllSeries,
    "microactions": Microactions,
    "posts": Posts,
}
