"""My page: what I have signed up for."""

from django.db.models import Q
from django.utils import timezone

from chapter.panels import panel
from chapter.wordings import best_wordings

from ..models import Event, EventWording, Rsvp


@panel("me", template="events/rsvps/_on_me.html", order=10)
def my_rsvps(member, request):
    """The member's answers to what is to come, nearest first; shown empty too, with the way to the events.

    A postponed event stays, also when its old date has gone by: the answer stands, and can be taken back.
    """
    still = Q(event__ends_at__gt=timezone.now()) | Q(event__state=Event.State.POSTPONED)
    rows = {rsvp.event_id: rsvp for rsvp in Rsvp.objects.holding().filter(still, member=member)}
    events = Event.objects.announced().filter(pk__in=rows).order_by("starts_at", "id")
    events = events.select_related("venue").prefetch_related(best_wordings(EventWording))
    return {"rows": [(event, rows[event.pk]) for event in events]}
