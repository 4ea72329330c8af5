"""On the organisers' desk: events that need a date, and drafts."""

from django.utils import timezone

from chapter.panels import panel
from chapter.wordings import best_wordings

from ..models import Event, EventWording

DESK_ROWS = 10


@panel("desk", template="events/planning/_on_desk.html", order=4)
def without_date(subject, request):
    """Postponed events whose old date has gone by; one query while there are none."""
    rows = Event.objects.filter(state=Event.State.POSTPONED, ends_at__lte=timezone.now()).order_by("starts_at", "id")
    rows = list(rows.prefetch_related(best_wordings(EventWording))[:DESK_ROWS])
    return {"events": rows} if rows else None


@panel("desk", template="events/planning/_drafts_on_desk.html", order=140)
def drafts(subject, request):
    events = Event.objects.drafts().for_tickets()[:DESK_ROWS]
    return {"events": events} if events else None
