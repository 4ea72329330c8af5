"""The way to a board, from its event's page and from a microaction that was written at it."""

from datetime import timedelta

from django.utils import timezone

from chapter.models import acts_as_organiser
from chapter.panels import panel

from .models import Board

# Before the start, when those who are going see the way to the board.
DOORS_OPEN = timedelta(hours=2)


@panel("event beside", template="facilitation/page/_on_event.html", order=5)
def board_of_event(event, request):
    """For organisers always; for members who are going around the time of the event, and once the board is closed."""
    if not (event.is_published and request.user.is_authenticated):
        return None
    board = getattr(event, "board", None)
    if acts_as_organiser(request.user):
        return {"event": event, "board": board, "may_open": True}
    is_around_now = event.starts_at - DOORS_OPEN <= timezone.now() < event.ends_at
    if not board or not (board.is_closed or is_around_now):
        return None
    is_going = event.rsvps.filter(member=request.user, status="going").exists()
    return {"event": event, "board": board} if is_going else None


@panel("microaction", template="facilitation/paper_card/_on_microaction.html")
def board_of_microaction(microaction, request):
    # On the page of its person, who has the token.
    board = Board.objects.filter(pledges__microaction=microaction).first()
    return {"board": board, "token": microaction.token} if board else None
