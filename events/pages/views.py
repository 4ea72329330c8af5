"""The events' public pages: upcoming, past, and one event. The RSVP form is posted here, too."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chapter import languages
from chapter.models import Chapter
from chapter.page_cache import cached_page
from chapter.panels import panels_for, panels_for_each
from chapter.prepared import prepared
from chapter.web import blurs_time, key_page_of, ratelimits
from chapter.wordings import languages_of

from .. import calendars, door, rsvps, seasons
from ..access import may_run
from ..listings import EventFilter, towns_ahead
from ..models import Event, Rsvp, SisterEvent
from ..sharing import event_json_ld, share_card
from .years import chosen_year, in_year, years_of

PER_PAGE = 20
SISTER_EVENTS = 3


@cached_page("kind", "place", "page")
@require_safe
def events(request):
    filters = EventFilter(request.GET, towns=towns_ahead())
    first = None if filters.is_used else _nearest
    page = key_page_of(
        lambda: filters.narrow(Event.objects.upcoming()).for_tickets(),
        request, per_page=PER_PAGE, by=Event.UPCOMING_ORDER, descending=False, first=first,
    )  # fmt: skip
    season, next_season = seasons.current_and_next()
    context = {"page": page, "filters": filters, "drafts": _drafts(request), **_subscribe(filters)}
    context |= {"season": season, "next_season": next_season}
    context["sister_events"] = _elsewhere()
    context["panels"] = panels_for("events", None, request)
    return render(request, "events/pages/upcoming.html", context)


@prepared
def _nearest():
    return Event.objects.upcoming().for_tickets()[: PER_PAGE + 1]


@prepared
def _elsewhere():
    return SisterEvent.objects.coming()[:SISTER_EVENTS]


@cached_page("year", "page")
@require_safe
def events_past(request):
    past = Event.objects.past()
    years = years_of(past)
    year = chosen_year(request, years)
    rows = in_year(past, year) if year else past
    page = key_page_of(rows.for_looking_back(), request, per_page=PER_PAGE, by=("starts_at", "id"))
    led_to = panels_for_each("past event", page, request)
    context = {"page": page, "rows": [(event, led_to[event.pk]) for event in page], "years": years, "year": year}
    return render(request, "events/pages/past.html", context)


@cached_page()
@require_safe
def event(request, slug):
    announced = _announced(slug=slug)
    return event_page(request, announced[0] if announced else _visible_to(request.user, slug))


@prepared
def _announced(slug):
    return _for_page(Event.objects.announced().filter(slug=slug))


def _visible_to(user, slug):
    return get_object_or_404(_for_page(Event.objects.visible_to(user)), slug=slug)


def _for_page(events):
    return events.for_tickets().select_related("series").prefetch_related("prepared_hosts")


def event_page(request, event, *, rsvp_form=None, status=200):
    """The page of an event that the reader may see; `rsvp_form` is the form that was just sent, with its errors."""
    chapter = Chapter.load()
    card = share_card(event, chapter)
    context = {
        "event": event,
        "chapter": chapter,
        "rsvp_box": rsvps.rsvp_box(event, request, rsvp_form),
        "panels": panels_for("event", event, request),
        "beside": panels_for("event beside", event, request),
        "opening": panels_for("event opening", event, request),
        "add_links": calendars.add_links(event),
        "card": card,
        "structured_data": event_json_ld(event, chapter, card),
        "page_languages": languages_of(event),
        "runs_event": may_run(request.user, event),
        "door_is_open": door.is_open(event),
    }
    response = render(request, "events/pages/event.html", context, status=status)
    if context["rsvp_box"]["is_guest"]:
        # It has the guest's secret link in it.
        response["Cache-Control"] = "no-store, private"
    rsvps.forget_guest(request, response, event)
    return response


def _drafts(request):
    user = request.user
    if not user.is_authenticated or user.lacks_second_factor:
        return None
    return _all_drafts() if user.is_organiser else _drafts_of(host=user.pk)


@prepared
def _all_drafts():
    return Event.objects.drafts().for_tickets()


@prepared
def _drafts_of(host):
    return Event.objects.drafts().hosted_by(host).for_tickets()


def _subscribe(filters):
    feed = calendars.feed_url(**filters.chosen)
    links = calendars.subscribe_links(feed)
    return {"feed_url": feed, "subscribe_links": links, "feed_limits": calendars.limits_sentence()}


# The RSVP form on the page of an event


@require_POST
def rsvp_create(request, slug):
    """A guest sends a form; a member who may see the name, or nothing."""
    event = _visible_to(request.user, slug)
    ratelimits.limit(request, "rsvp", times=ratelimits.POSTS_PER_ADDRESS, seconds=ratelimits.HOUR)
    if request.user.is_authenticated:
        return _member_rsvp(request, event)
    return _guest_rsvp(request, event, rsvps.GuestRsvpForm(request.POST))


def _member_rsvp(request, event):
    try:
        rsvp = rsvps.rsvp_as_member(event_id=event.pk, member=request.user, **_asked(request))
    except rsvps.NotOpen as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You have a seat.") if rsvp.is_going else _("You are on the waitlist."))
    return redirect(event)


def _asked(request):
    form = rsvps.ShownToForm(request.POST)
    # What is no choice of ours shows nothing to anybody.
    return form.cleaned_data if form.is_valid() else {}


@blurs_time
def _guest_rsvp(request, event, form):
    if not form.is_valid():
        return event_page(request, event, rsvp_form=form)
    person = {name: form.cleaned_data[name] for name in ("name", "email", "shown_to")}
    network = ratelimits.client_address(request)
    try:
        is_held = rsvps.rsvp_as_guest(event_id=event.pk, **person, language=languages.current(), network=network)
    except rsvps.NotOpen as refusal:
        form.add_error(None, str(refusal))
        return event_page(request, event, rsvp_form=form)
    response = redirect("rsvp_sent", event.slug)
    rsvps.remember_asked(response, event, **person, is_held=is_held)
    return response


@login_required
@require_POST
def rsvp_cancel(request, slug):
    # The lookup is the access check: another member's RSVP cannot be named.
    rsvp = get_object_or_404(Rsvp.objects.filter(member=request.user), event__slug=slug)
    rsvps.cancel(rsvp_id=rsvp.pk)
    messages.success(request, _("You are no longer signed up. Thank you for letting us know."))
    return redirect(rsvp.event)
