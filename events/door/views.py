"""The door list: a page that works by itself, and the answers to its script, which works on a bad line."""

from uuid import uuid4

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from chapter.web import form_methods, posted

from ..access import host_required
from . import attendance, door_list
from .forms import CloseForm, TakeBackForm, TickForm, WalkInForm

# What a refusal is called to the script: it then gives the tick up and says why.
REFUSALS = {
    attendance.DoorClosed: "closed",
    attendance.NotOnList: "gone",
    attendance.Overtaken: "overtaken",
    attendance.RoomFull: "full",
}


@host_required
@require_safe
def event_door(request, event):
    """Names to tick, on the day; before and after, when that is."""
    context = {"event": event, "opens_at": attendance.opens_at(event), "is_open": attendance.is_open(event)}
    if attendance.is_open(event):
        context |= door_list.door_list(event)
        context["form"] = WalkInForm(initial={"client_id": uuid4()}, auto_id="door-%s")
    return render(request, "events/door/door.html", context)


@host_required
@require_safe
def door_state(request, event):
    """Where everybody stands now, for the script; 304 while nothing has changed."""
    return _state(request, event)


def _state(request, event, *, status=200, **more):
    now = door_list.state(event)
    response = JsonResponse({**now, **more}, status=status)
    if request.method == "POST":
        return response
    response["ETag"] = door_list.etag(now)
    return get_conditional_response(request, response["ETag"], None, response)


@host_required
@require_POST
def door_tick(request, event):
    """A person came, or is not noted: absolute, so that a phone may send it again."""
    form = TickForm(request.POST)
    if not form.is_valid():
        return _answer(request, event, why="unreadable")
    return _done(
        request, event, f"p{form.rsvp_id}", lambda: attendance.tick(event=event, by=request.user, **form.verb)
    )


@host_required
@require_POST
def door_walk_in(request, event):
    """Somebody walked in; or, with `undo`, did not after all."""
    form, undo = WalkInForm(request.POST), TakeBackForm(request.POST)
    if undo.is_valid():
        client_id = undo.cleaned_data["undo"]
        return _done(
            request,
            event,
            "walk-ins",
            lambda: attendance.take_back(event=event, client_id=client_id, by=request.user),
        )
    if not form.is_valid():
        return _answer(request, event, why="unreadable")
    return _done(
        request, event, "walk-ins", lambda: attendance.walk_in(event=event, by=request.user, **form.cleaned_data)
    )


def _done(request, event, anchor, verb):
    try:
        verb()
    except tuple(REFUSALS) as refusal:
        return _answer(request, event, why=REFUSALS[type(refusal)])
    return _answer(request, event, anchor=anchor)


def _answer(request, event, *, why="", anchor=""):
    """To the script how things stand, with the reason of a refusal; to a browser the page, at the same row."""
    if request.headers.get("Accept") == "application/json":
        if why:
            return _state(request, event, status=409, why=why, error=_refusal(why))
        return _state(request, event)
    if why:
        messages.error(request, _refusal(why))
    address = reverse("event_door", args=[event.slug])
    return redirect(f"{address}#{anchor}" if anchor else address)


def _refusal(why):
    return {
        "closed": _("Not saved: the door list is closed."),
        "gone": _("Not saved: this person is not on the list any more. If they are here, add them as a walk-in."),
        "overtaken": _("Not saved: another host has tapped on this person since. What they said is shown."),
        "full": _("Not saved: there are more walk-ins than a room can hold."),
        "unreadable": _("Not saved: we could not read that. Reload the page and try again."),
    }[why]


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
            return messages.success(request, _("Taken back: nothing is noted of those who are not ticked."))
        count = attendance.close(event_id=event.pk, by=request.user)
    except attendance.DoorClosed:
        return messages.error(request, _refusal("closed"))
    said = ngettext(
        "%(count)d person is noted as not having come.", "%(count)d people are noted as not having come.", count
    )
    return messages.success(request, said % {"count": count})
