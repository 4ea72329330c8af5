"""On the organisers' desk: events that need a date, and drafts."""

from chapter.panels import panel
from chapter.prepared import now, prepared
from chapter.wordings import best_wordings

from ..models import Event, EventWording

DESK_ROWS = 10


@panel("desk now", template="events/planning/_on_desk.html", order=4)
def without_date(subject, request):
    """Postponed events whose old date has gone by; one query while there are none."""
    rows = _without_date()
    return {"events": rows} if rows else None


@prepared
def _without_date():
    rows = Event.objects.filter(state=Event.State.POSTPONED, ends_at__lte=now()).order_by("starts_at", "id")
    return rows.prefetch_related(best_wordings(EventWording))[:DESK_ROWS]


@panel("desk later", template="events/planning/_drafts_on_desk.html", order=140)
def drafts(subject, request):
    events = _drafts()
    return {"events": events} if events else None


@prepared
def _drafts():
    return Event.objects.drafts().prefetch_related(best_wordings(EventWording))[:DESK_ROWS]
