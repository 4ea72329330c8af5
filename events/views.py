"""The events' public pages: upcoming, past, and one event. Calendar files are in `calendar_views.py`."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from chapter import languages
from chapter.models import Chapter
from chapter.paging import page_of
from chapter.panels import panels_for

from . import calendar_links, door, event_card, listings, seasons
from .hosting import runs
from .models import Event, SisterEvent
from .rsvp_views import rsvp_box
from .structured_data import event_json_ld

PER_PAGE = 20
ELSEWHERE = 3


@require_safe
def events(request):
    upcoming = Event.objects.upcoming()
    filters = listings.EventFilter(request.GET, events=upcoming)
    page = page_of(filters.narrow(upcoming).for_cards(), request, per_page=PER_PAGE)
    season, next_season = seasons.current_and_next()
    context = {"page": page, "filters": filters, "drafts": _drafts(request), **_subscribe(filters)}
    context |= {"season": season, "next_season": next_season}
    context["elsewhere"] = SisterEvent.objects.coming()[:ELSEWHERE]
    return render(request, "events/upcoming.html", context)


@require_safe
def events_past(request):
    past = Event.objects.past()
    years = listings.years(past)
    year = listings.chosen_year(request, years)
    rows = listings.with_year(past).filter(year=year) if year else past
    page = page_of(rows.for_cards(), request, per_page=PER_PAGE)
    return render(request, "events/past.html", {"page": page, "years": years, "year": year})


@require_safe
def event(request, slug):
    return event_page(request, get_object_or_404(Event.objects.visible_to(request.user), slug=slug))


def event_page(request, event, *, rsvp_form=None, status=200):
    """The page of an event that the reader may see, read anew; with the RSVP form that was just sent, if any."""
    event = Event.objects.for_cards().prefetch_related("hosts").get(pk=event.pk)
    chapter = Chapter.load()
    card = event_card.card(event, chapter)
    context = {
        "event": event,
        "chapter": chapter,
        "rsvp_box": rsvp_box(event, request, rsvp_form),
        "panels": panels_for("event", event, request),
        "beside": panels_for("event beside", event, request),
        "opening": panels_for("event opening", event, request),
        "add_links": calendar_links.add_links(event),
        "card": card,
        "structured_data": event_json_ld(event, chapter, card),
        "page_languages": _page_languages(event),
        "runs_event": runs(request.user, event),
        "door_is_open": door.is_open(event),
    }
    return render(request, "events/event.html", context, status=status)


def _page_languages(event):
    """The languages that the event's texts are written in: the others show one of these."""
    rows = event.wordings.current().values_list("language", flat=True)
    written = set(rows)
    return [code for code in languages.CODES if code in written]


def _drafts(request):
    """What is not announced yet: all of it for organisers, for a host their own."""
    if not request.user.is_authenticated:
        return None
    return Event.objects.drafts().run_by(request.user).for_cards()


def _subscribe(filters):
    """The feed of what the reader looks at: all events, or those of the chosen kind and place."""
    feed = calendar_links.feed_url(**filters.chosen)
    return {"feed_url": feed, "subscribe_links": calendar_links.subscribe_links(feed)}
