"""My page: the member's RSVPs. The organisers' desk: waitlists."""

from django.db.models import Q
from django.utils import timezone

from chapter.panels import panel
from chapter.wordings import best_wordings

from ..models import Event, EventWording, Rsvp

DESK_ROWS = 10


@panel("me", template="events/rsvps/_on_me.html", order=10)
def my_rsvps(member, request):
    # A postponed event stays, also when its old date has passed: the RSVP stands, and can be cancelled.
    still = Q(event__ends_at__gt=timezone.now()) | Q(event__state=Event.State.POSTPONED)
    rows = {rsvp.event_id: rsvp for rsvp in Rsvp.objects.holding().filter(still, member=member)}
    events = Event.objects.announced().filter(pk__in=rows).order_by("starts_at", "id")
    events = events.select_related("venue").prefetch_related(best_wordings(EventWording))
    return {"rows": [(event, rows[event.pk]) for event in events]}


@panel("desk", template="events/rsvps/_on_desk.html", order=110)
def waitlists(subject, request):
    """Upcoming events where people wait for a seat that an organiser could add."""
    events = (
        Event.objects.upcoming().for_tickets().filter(state=Event.State.PUBLISHED, waiting_count__gt=0)[:DESK_ROWS]
    )
    return {"events": events} if events else None
