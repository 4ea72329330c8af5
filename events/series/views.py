"""The public pages of series: all of them, one of them, and its calendar feed."""

from django.conf import settings
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from chapter import languages
from chapter.models import acts_as_organiser
from chapter.page_cache import cached_page
from chapter.panels import panels_for
from chapter.wordings import best_wordings, languages_of

from .. import calendars
from ..calendars import calendar_file
from ..models import Series, SeriesWording
from .window import window

# The others are on the page of past events.
PAST_SHOWN = 12
# How far an organiser sees, to leave a date out in time.
NOT_MADE_SHOWN = 6


@cached_page()
@require_safe
def series_list(request):
    found = Series.objects.visible_to(request.user).for_tickets()
    running = [series for series in found if series.is_running]
    ended = [series for series in found if not series.is_running]
    return render(request, "events/series/list.html", {"running": running, "ended": ended})


@cached_page()
@require_safe
def series(request, slug):
    found = get_object_or_404(Series.objects.visible_to(request.user).for_tickets(), slug=slug)
    feed = settings.SITE_URL + reverse("series_feed", args=[found.slug])
    context = {
        "series": found,
        "upcoming": found.events.upcoming().for_tickets(),
        "past": found.events.past().for_tickets()[:PAST_SHOWN],
        "feed_url": feed,
        "subscribe_links": calendars.subscribe_links(feed),
        "page_languages": languages_of(found),
        "panels": panels_for("series", found, request),
        **_for_organisers(request, found),
    }
    return render(request, "events/series/series.html", context)


def _for_organisers(request, found):
    if not acts_as_organiser(request.user):
        return {}
    rows = window(found, ahead=found.ahead + NOT_MADE_SHOWN)
    return {
        "drafts": found.events.drafts().for_tickets(),
        "left_out": [row for row in rows if row.is_skipped],
        "not_made": [row for row in rows if row.is_new][:NOT_MADE_SHOWN] if found.is_running else [],
        "edited": sum(1 for row in rows if row.event and row.event.is_edited),
    }


@cached_page()
@require_safe
def series_feed(request, slug):
    rows = Series.objects.visible_to(request.user).prefetch_related(best_wordings(SeriesWording))
    found = get_object_or_404(rows, slug=slug)
    name = found.wording.title if found.wording else ""
    content = calendars.feed_ics(language=languages.current(), events=found.events.all(), name=name)
    return calendar_file(request, content, name=f"{found.slug}.ics")
