"""The way to a board, from its event's page and from a microaction that was written at it."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from chapter.models import acts_as_organiser
from chapter.panels import panel
from chapter.prepared import prepared
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
    walls = [(activity, one_three_nine.gallery.posters(activity)) for activity in _walls(event=event.pk)]
    walls = [(activity, posters) for activity, posters in walls if posters]
    return {"walls": walls} if walls else None


@prepared
def _walls(event):
    closed = Activity.objects.filter(board__event=event, kind=Activity.Kind.ONE_THREE_NINE).exclude(closed_at=None)
    return closed.select_related("board")


@panel("event beside", template="facilitation/sessions/_on_event.html", order=6)
def sessions_of_event(event, request):
    """For everybody who sees a published event, as long as its sessions are open."""
    if not event.is_published:
        return None
    activity = next(iter(_open_sessions(event=event.pk)), None)
    if activity is None or activity.board.is_closed:
        return None
    takes_pitches = activity.step == sessions.steps.PITCH
    return {"address": reverse("board_sessions", args=[activity.board.code]), "takes_pitches": takes_pitches}


@prepared
def _open_sessions(event):
    rows = Activity.objects.filter(board__event=event, kind=Activity.Kind.SESSIONS, closed_at=None)
    return rows.select_related("board").order_by("-opened_at", "-id")


@panel("microaction", template="facilitation/paper_card/_on_microaction.html")
def board_of_microaction(microaction, request):
    # On the page of its person, who has the token.
    board = Board.objects.filter(pledges__microaction=microaction).first()
    return {"board": board, "token": microaction.token} if board else None
