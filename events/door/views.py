"""The door list, which works without a script, the answers to its script, and the organisers' figures."""

from functools import partial
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from chapter.models import Chapter
from chapter.page_cache import once_a_minute
from chapter.panels import panels_for
from chapter.web import form_methods, key_page_of, organiser_required, posted
from chapter.wordings import best_wordings

from ..access import host_required
from ..models import EventWording
from . import attendance, door_list, year
from .forms import CloseForm, TakeBackForm, TickForm, WalkInForm

FIGURES_PER_PAGE = 50


@host_required
@require_safe
def event_door(request, event):
    context = {"event": event, "opens_at": attendance.opens_at(event), "is_open": attendance.is_open(event)}
    if attendance.is_open(event):
        context |= door_list.door_list(event)
        # The key of the next walk-in: a form that is sent twice adds one person.
        context["form"] = WalkInForm(initial={"client_id": uuid4()}, auto_id="door-%s")
    return render(request, "events/door/door.html", context)


@host_required
@require_safe
def door_state(request, event):
    return _state(request, event)


def _state(request, event, *, status=200, **more):
    now = door_list.state(event)
    response = JsonResponse({**now, **more}, status=status)
    # Conditional answers are for GET: the answer to a tick always carries the whole state.
    if request.method == "POST":
        return response
    response["ETag"] = door_list.etag(now)
    return get_conditional_response(request, response["ETag"], None, response)


@host_required
@require_POST
def door_tick(request, event):
    form = TickForm(request.POST)
    if not form.is_valid():
        return _unreadable(request, event)
    tick = partial(attendance.tick, event=event, by=request.user, **form.arguments)
    return _do(request, event, tick, anchor=f"p{form.rsvp_id}")


@host_required
@require_POST
def door_walk_in(request, event):
    form, undo = WalkInForm(request.POST), TakeBackForm(request.POST)
    if undo.is_valid():
        verb = partial(attendance.take_back, client_id=undo.cleaned_data["undo"])
    elif form.is_valid():
        verb = partial(attendance.walk_in, **form.cleaned_data)
    else:
        return _unreadable(request, event)
    return _do(request, event, partial(verb, event=event, by=request.user), anchor="walk-ins")


def _do(request, event, verb, *, anchor):
    try:
        verb()
    except attendance.DoorRefused as refusal:
        return _refuse(request, event, refusal.code, str(refusal))
    if _is_script(request):
        return _state(request, event)
    return redirect(f"{reverse('event_door', args=[event.slug])}#{anchor}")


def _unreadable(request, event):
    return _refuse(
        request, event, "unreadable", _("Not saved: we couldn’t read that. Reload the page and try again.")
    )


def _refuse(request, event, code, sentence):
    if _is_script(request):
        return _state(request, event, status=409, why=code, error=sentence)
    messages.error(request, sentence)
    return redirect("event_door", event.slug)


def _is_script(request):
    return request.headers.get("Accept") == "application/json"


@host_required
@form_methods
def door_close(request, event):
    """Ask, then note that everyone else did not come; `action=undo` takes it back."""
    form = CloseForm(posted(request), initial={"action": CloseForm.CLOSE})
    if form.is_bound and form.is_valid():
        _close(request, event, undo=form.cleaned_data["action"] == CloseForm.UNDO)
        return redirect("event_door", event.slug)
    context = {"event": event, "form": form, "left": attendance.untouched(event).count()}
    can_close = attendance.is_open(event) and event.has_started
    return render(request, "events/door/close.html", {**context, "can_close": can_close})


def _close(request, event, *, undo):
    try:
        if undo:
            attendance.reopen(event_id=event.pk, by=request.user)
            return messages.success(request, _("Undone. People who aren’t ticked are no longer marked as absent."))
        count = attendance.close(event_id=event.pk, by=request.user)
    except attendance.DoorClosed as refusal:
        return messages.error(request, str(refusal))
    said = ngettext("%(count)d person is marked as absent.", "%(count)d people are marked as absent.", count)
    return messages.success(request, said % {"count": count})


# Organisers: numbers, never names


@require_safe
@organiser_required
def event_figures(request):
    rows = attendance.last_year().prefetch_related(best_wordings(EventWording))
    page = key_page_of(rows, request, per_page=FIGURES_PER_PAGE, by=("starts_at", "id"))
    for event in page:
        event.room = event.ticked + event.walk_in_count
    zone = ZoneInfo(Chapter.load().time_zone)
    figures = once_a_minute(request, f"attendance-of-a-year:{zone}", lambda: year.add_up(zone))
    context = {
        "page": page,
        "averages": figures.averages,
        "months": figures.months,
        "chart": year.chart(figures.months),
        "chart_kinds": [_("Signed up"), _("Attended")],
        "panels": panels_for("figures", None, request),
    }
    return render(request, "events/door/figures.html", context)
