"""Sitemaps: the public pages, each in the languages it is written in, with its last change."""

from functools import cached_property

from django.conf import settings
from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Page as PageOf
from django.core.paginator import Paginator
from django.db.models import Max, Min, Q
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import translation

from blog.models import Post
from chapter.languages import CODES, with_default
from chapter.models import Page, PageWording
from events.models import Event, Photo, Series, SisterEvent
from microactions.models import CHANGED_AT, Microaction
from principles.models import Principle, PrincipleWording


class _Section(Sitemap):
    """A sitemap whose addresses begin with SITE_URL, never with the request's host."""

    protocol = settings.SITE_URL.partition("://")[0]
    limit = 5000

    def get_domain(self, site=None):
        return settings.SITE_HOST

    def get_urls(self, page=1, site=None, protocol=None):
        urls = super().get_urls(page, site, protocol)
        for url in urls:
            pairs = with_default(self.in_languages(url["item"]))
            url["alternates"] = [{"lang_code": code, "location": address} for code, address in pairs]
        return urls

    def in_languages(self, item):
        """(code, absolute address) of the page in each of its languages."""
        return []


class _Long:
    """A section of rows by the thousand: a page of it is a range of keys, and its index reads none of them."""

    limit = 500

    @cached_property
    def paginator(self):
        return _RangesOfKeys(self)

    def entries(self, page):
        """What `get_urls` asks about each: the rows of a page, once for each of their languages."""
        begin = self.paginator.first + (page - 1) * self.limit
        self.rows = list(self.items().filter(pk__gte=begin, pk__lt=begin + self.limit))
        if not self.i18n:
            return self.rows
        return [(row, code) for row in self.rows for code in self.get_languages_for_item(row)]


class _RangesOfKeys(Paginator):
    """The Paginator that Django's sitemaps ask."""

    def __init__(self, section):
        super().__init__((), section.limit)
        self.section = section

        ends = section.items().model.objects.aggregate(first=Min("pk"), last=Max("pk"))
        self.first, self.last = ends["first"] or 1, ends["last"] or 1

    @property
    def num_pages(self):
        return (self.last - self.first) // self.per_page + 1

    def page(self, number):
        number = self.validate_number(number)
        return PageOf(self.section.entries(number), number, self)


class _InLanguages(_Section):
    """Pages whose languages have addresses of their own; an item is listed once for each."""

    i18n = True

    def get_languages_for_item(self, item):
        return [code for code in CODES if code in item.languages]

    def lastmod(self, item):
        return item.changed

    def get_latest_lastmod(self):
        return self.items().order_by().aggregate(last=Max("changed"))["last"]

    def in_languages(self, item):
        row, _code = item
        codes = self.get_languages_for_item(row)
        return [(code, f"{settings.SITE_URL}{self._location(item, code)}") for code in codes]


def _written(rows, *also):
    """Rows with the `languages` of their current wordings and the last change of text, or of the columns in `also`."""
    current = Q(wordings__is_current=True)
    text = Max("wordings__created_at", filter=current)
    return rows.annotate(
        languages=ArrayAgg("wordings__language", filter=current, distinct=True, default=[]),
        changed=Greatest(text, *also) if also else text,
    )


class FrontPages(_Section):
    i18n = True

    def items(self):
        return list(self.changes)

    @cached_property
    def changes(self):
        """{name: last change of what the page lists, or None for an empty list}."""
        events, posts = _last(Event.objects.announced(), "changed_at"), _last(Post.objects.published(), "changed_at")
        notes, words = _last(_microactions(), "changed"), _last(PageWording.objects.filter(page="home"))
        return {
            "home": max(filter(None, [events, posts, notes, words]), default=None),
            "events": events,
            "events_past": events,
            **({"elsewhere": None} if SisterEvent.objects.coming().exists() else {}),
            "series_list": events,
            "principles": _last(PrincipleWording.objects.all()),
            "wall": notes,
            "idea_bank": None,
            "blog": posts,
        }

    def location(self, name):
        return reverse(name)

    def lastmod(self, name):
        return self.changes[name]

    def get_latest_lastmod(self):
        return max(filter(None, self.changes.values()), default=None)

    def in_languages(self, item):
        return [(code, f"{settings.SITE_URL}{self._location(item, code)}") for code in CODES]


def _last(rows, column="created_at"):
    return rows.order_by().aggregate(last=Max(column))["last"]


class Pages(_InLanguages):
    def items(self):
        return _written(Page.objects.exclude(key="home")).order_by("key")


class Principles(_InLanguages):
    def items(self):
        return _written(Principle.objects.all()).order_by("number")


class Events(_Long, _InLanguages):
    def items(self):
        return _written(Event.objects.announced(), "changed_at").order_by("pk").only("slug", "changed_at")

    def get_latest_lastmod(self):
        return _last(Event.objects.announced(), "changed_at")


def _microactions():
    return Microaction.objects.public().annotate(changed=CHANGED_AT)


class AllSeries(_InLanguages):
    def items(self):
        seen = _written(Series.objects.visible_to(None), "changed_at")
        return seen.order_by("pk").only("slug", "changed_at")


class Galleries(_InLanguages):
    def items(self):
        shown = Q(photos__in=Photo.objects.shown())
        return (
            Event.objects.announced()
            .filter(shown)
            .annotate(changed=Max("photos__created_at"))
            .order_by("pk")
            .only("slug")
        )

    def get_languages_for_item(self, item):
        return CODES

    def location(self, event):
        return reverse("event_photos", args=[event.slug])


class Microactions(_Long, _Section):
    def items(self):
        return _microactions().order_by("pk").only("pk", "language")

    def location(self, microaction):
        return _in_its_language(microaction)

    def lastmod(self, microaction):
        return microaction.changed

    def get_latest_lastmod(self):
        return _last(_microactions(), "changed")


class Posts(_Long, _Section):
    def items(self):
        return Post.objects.published().order_by("pk").only("slug", "language", "changed_at", "translation_of")

    def location(self, post):
        return _in_its_language(post)

    def lastmod(self, post):
        return post.changed_at

    def get_latest_lastmod(self):
        return _last(Post.objects.published(), "changed_at")

    def in_languages(self, post):
        return self.families.get(post.translation_of_id or post.pk, [])

    @cached_property
    def families(self):
        """{pk of the original: [(language, address)]} of this page's posts in several languages."""
        originals, found = {post.translation_of_id or post.pk for post in self.rows}, {}
        translated = list(self.items().filter(translation_of__in=originals))
        first = self.items().filter(pk__in={post.translation_of_id for post in translated})
        for post in sorted([*first, *translated], key=lambda post: post.pk):
            family = found.setdefault(post.translation_of_id or post.pk, [])
            family.append((post.language, post.get_canonical_url()))
        return found


def _in_its_language(row):
    with translation.override(row.language):
        return row.get_absolute_url()


SECTIONS = {
    "front": FrontPages,
    "pages": Pages,
    "principles": Principles,
    "events": Events,
    "photos": Galleries,
    "series": AllSeries,
    "microactions": Microactions,
    "posts": Posts,
}
