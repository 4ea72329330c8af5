"""My page: the member's RSVPs. The organisers' desk: waitlists."""

from django.db.models import Exists, OuterRef, Prefetch, Q

from chapter.panels import panel
from chapter.prepared import now, prepared
from chapter.wordings import best_wordings

from ..models import Event, EventWording, Rsvp
from . import coming

DESK_ROWS = 10


@panel("me", template="events/rsvps/_on_me.html", order=10)
def my_rsvps(member, request):
    return {
        "rows": [(rsvp.event, rsvp, coming.may_choose(rsvp.event, rsvp)) for rsvp in _still_held(member=member.pk)]
    }


@prepared
def _still_held(member):
    # A postponed event stays, also when its old date has passed: the RSVP stands, and can be cancelled.
    still = Q(event__ends_at__gt=now()) | Q(event__state=Event.State.POSTPONED)
    rows = Rsvp.objects.holding().filter(still, member=member).exclude(event__state=Event.State.DRAFT)
    rows = rows.select_related("event").order_by("event__starts_at", "event_id")
    return rows.prefetch_related(Prefetch("event__best_wordings", to_attr="best"))


@panel("desk people", template="events/rsvps/_on_desk.html", order=110)
def waitlists(subject, request):
    """Upcoming events where people wait for a seat that an organiser could add."""
    events = _waited_for()
    return {"events": events} if events else None


@prepared
def _waited_for():
    waits = Exists(Rsvp.objects.waitlisted().filter(event=OuterRef("pk")))
    coming = Event.objects.filter(waits, state=Event.State.PUBLISHED, ends_at__gt=now())
    # In an order that an index has, so that the others are not asked.
    rows = coming.with_seats().order_by("ends_at", "id")
    return rows.prefetch_related(best_wordings(EventWording))[:DESK_ROWS]
