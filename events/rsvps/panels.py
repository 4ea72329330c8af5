"""My page: the member's RSVPs. The organisers' desk: waitlists."""

from django.db.models import Exists, OuterRef, Q

from chapter.panels import panel
from chapter.prepared import IsOneOf, now, prepared
from chapter.wordings import best_wordings

from ..models import Event, EventWording, Rsvp
from . import coming

DESK_ROWS = 10


@panel("me", template="events/rsvps/_on_me.html", order=10)
def my_rsvps(member, request):
    # A postponed event stays, also when its old date has passed: the RSVP stands, and can be cancelled.
    rows = {rsvp.event_id: rsvp for rsvp in _still_held(member=member.pk)}
    events = _announced(events=list(rows)) if rows else ()
    return {"rows": [(event, rows[event.pk], coming.choice(event, rows[event.pk])) for event in events]}


@prepared
def _still_held(member):
    still = Q(event__ends_at__gt=now()) | Q(event__state=Event.State.POSTPONED)
    return Rsvp.objects.holding().filter(still, member=member)


@prepared
def _announced(events):
    rows = Event.objects.announced().filter(IsOneOf("pk", events)).order_by("starts_at", "id")
    return rows.select_related("venue").prefetch_related(best_wordings(EventWording))


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
