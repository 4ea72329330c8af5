"""My page: what I have signed up for."""

from chapter.panels import panel
from chapter.wordings import best_wordings

from .models import Event, EventWording, Rsvp


@panel("me", template="events/_my_rsvps.html", order=10)
def my_rsvps(member, request):
    """The member's answers to what is to come, nearest first; shown empty too, with the way to the events."""
    upcoming = Event.objects.upcoming().select_related("venue").prefetch_related(best_wordings(EventWording))
    rows = {rsvp.event_id: rsvp for rsvp in Rsvp.objects.holding().filter(member=member, event__in=upcoming)}
    return {"rows": [(event, rows[event.pk]) for event in upcoming.filter(pk__in=rows)]}
