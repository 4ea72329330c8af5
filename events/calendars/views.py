"""Calendar files: one event, the chapter's feed or a selection of it, and a member's own secret feed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chapter import languages
from chapter.models import Chapter
from chapter.page_cache import cached_page
from chapter.web import ratelimits

from ..listings import EventFilter, towns_announced
from ..models import Event
from . import ics, personal_feed

ROTATIONS_PER_HOUR = 20


@cached_page()
@require_safe
def event_ics(request, slug):
    event = get_object_or_404(Event.objects.visible_to(request.user).select_related("venue"), slug=slug)
    content = ics.event_ics(event, language=languages.current())
    return calendar_file(request, content, name=f"{event.slug}.ics")


@cached_page("kind", "place")
@require_safe
def events_feed(request):
    events = Event.objects.all()
    filters = EventFilter(request.GET, towns=towns_announced()) if request.GET else None
    chosen = {}
    if filters and filters.chosen:
        name = " – ".join([Chapter.load().name, *filters.labels])
        chosen = {"events": filters.narrow(events), "name": name}
    content = ics.feed_ics(language=languages.current(), **chosen)
    return calendar_file(request, content, name="events.ics")


@require_safe
def personal(request, token):
    feed = personal_feed.find(token)
    if feed is None:
        raise Http404
    content = personal_feed.ics(feed, reminds=request.GET.get("remind") == "1")
    response = calendar_file(request, content, name="my-events.ics")
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_POST
@login_required
def feed_rotate(request):
    ratelimits.limit_key(f"member:{request.user.pk}", "feed", times=ROTATIONS_PER_HOUR, seconds=ratelimits.HOUR)
    is_new = personal_feed.rotate(request.user)
    messages.success(
        request,
        _("Your calendar now has an address.")
        if is_new
        else _("You have a new address. The old one no longer works."),
    )
    return redirect("me")


def calendar_file(request, content, *, name):
    # No Last-Modified: an event that leaves a feed leaves no newer time behind, and a calendar that asks by time
    # would keep it.
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["ETag"] = ics.etag(content)
    return get_conditional_response(request, response["ETag"], None, response)
