"""The events' public pages: upcoming, past, one event, and its calendar files."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from chapter import languages
from chapter.models import Chapter
from chapter.paging import page_of
from chapter.panels import panels_for

from . import calendar_links, calendars, listings, seasons
from .models import Event
from .rsvp_views import rsvp_box
from .structured_data import event_json_ld

PER_PAGE = 20


@require_safe
def events(request):
    upcoming = Event.objects.upcoming()
    filters = listings.EventFilter(request.GET, events=upcoming)
    page = page_of(filters.narrow(upcoming).for_cards(), request, per_page=PER_PAGE)
    season, next_season = seasons.current_and_next()
    context = {"page": page, "filters": filters, "drafts": _drafts(request), **_subscribe()}
    context |= {"season": season, "next_season": next_season}
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
    context = {
        "event": event,
        "chapter": chapter,
        "rsvp_box": rsvp_box(event, request, rsvp_form),
        "panels": panels_for("event", event, request),
        "beside": panels_for("event beside", event, request),
        "opening": panels_for("event opening", event, request),
        "add_links": calendar_links.add_links(event),
        "structured_data": event_json_ld(event, chapter),
        "page_languages": _page_languages(event),
    }
    return render(request, "events/event.html", context, status=status)


@require_safe
def event_ics(request, slug):
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("venue"), slug=slug)
    content = calendars.event_ics(event, language=languages.current())
    return _calendar_file(request, content, name=f"{event.slug}.ics", changed_at=event.changed_at)


@require_safe
def events_feed(request):
    content, changed_at = calendars.feed_ics(language=languages.current())
    return _calendar_file(request, content, name="events.ics", changed_at=changed_at)


def _calendar_file(request, content, *, name, changed_at):
    """The file, or 304 for a calendar that has these very bytes, or nothing newer."""
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["ETag"] = calendars.etag(content)
    modified = int(changed_at.timestamp()) if changed_at else None
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    return get_conditional_response(request, response["ETag"], modified, response)


def _page_languages(event):
    """The languages that the event's texts are written in: the others show one of these."""
    rows = event.wordings.current().values_list("language", flat=True)
    written = set(rows)
    return [code for code in languages.CODES if code in written]


def _drafts(request):
    """For organisers only: what is not announced yet."""
    if not getattr(request.user, "is_organiser", False):
        return None
    return Event.objects.filter(state=Event.State.DRAFT).order_by("starts_at", "id").for_cards()


def _subscribe():
    return {"feed_url": calendar_links.feed_url(), "subscribe_links": calendar_links.subscribe_links()}
