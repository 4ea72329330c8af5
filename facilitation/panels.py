"""The way to a board, from its event's page and from a microaction that was written at it."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from chapter.models import acts_as_organiser
from chapter.panels import panel
from chapter.prepared import once_a_page, prepared
from events import rsvps

from . import one_three_nine, sessions
from .models import Activity, Board, board_of

# Before the start, when those who are going see the way to the board.
DOORS_OPEN = timedelta(hours=2)


@panel("event beside", template="facilitation/page/_on_event.html", order=5)
def board_of_event(event, request):
    """For organisers always; for those who are going around the time of the event, and once the board is closed."""
    if not event.is_published:
        return None
    if acts_as_organiser(request.user):
        return {"event": event, "board": board_of(event), "may_open": True}
    rsvp = rsvps.rsvp_of(request, event)
    board = board_of(event) if rsvp and rsvp.is_going else None
    is_around_now = event.starts_at - DOORS_OPEN <= timezone.now() < event.ends_at
    return {"event": event, "board": board} if board and (board.is_closed or is_around_now) else None


@panel("event", template="facilitation/one_three_nine/_on_event.html", order=12)
def posters_of_event(event, request):
    closed = [one for one in _activities(event.pk) if one.kind == Activity.Kind.ONE_THREE_NINE and one.is_closed]
    walls = [(activity, one_three_nine.gallery.posters(activity)) for activity in closed]
    walls = [(activity, posters) for activity, posters in walls if posters]
    return {"walls": walls} if walls else None


@panel("event beside", template="facilitation/sessions/_on_event.html", order=6)
def sessions_of_event(event, request):
    """For everybody who sees a published event, as long as its sessions are open."""
    if not event.is_published:
        return None
    found = [one for one in _activities(event.pk) if one.kind == Activity.Kind.SESSIONS and not one.is_closed]
    if not found or found[-1].board.is_closed:
        return None
    activity = found[-1]
    takes_pitches = activity.step == sessions.steps.PITCH
    return {"address": reverse("board_sessions", args=[activity.board.code]), "takes_pitches": takes_pitches}


@once_a_page
def _activities(event_id):
    return _of_event(event=event_id)


@prepared
def _of_event(event):
    return Activity.objects.filter(board__at_event=event).select_related("board").order_by("opened_at", "id")


@panel("microaction", template="facilitation/paper_card/_on_microaction.html")
def board_of_microaction(microaction, request):
    # On the page of its person, who has the token.
    board = Board.objects.filter(pledges__microaction=microaction).first()
    return {"board": board, "token": microaction.token} if board else None
