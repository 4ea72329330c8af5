"""Where proposals show on other pages."""

from chapter.panels import panel
from chapter.prepared import prepared

from ..models import Proposal

DESK_ROWS = 10


@panel("desk people", template="events/proposals/_on_desk.html", order=10)
def proposals_waiting(subject, request):
    rows = _open()
    return {"proposals": rows} if rows else None


@prepared
def _open():
    return Proposal.objects.open()[:DESK_ROWS]


@panel("event", template="events/proposals/_on_event.html", order=90)
def invitation_to_propose(event, request):
    return None if event.is_draft else {}
