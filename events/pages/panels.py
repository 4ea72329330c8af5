"""The principle's page: events that have it as their theme."""

from chapter.panels import panel

from ..models import Event

EACH = 3


@panel("principle", template="events/pages/_on_principle.html", order=10)
def events_of_principle(principle, request):
    about = Event.objects.filter(principles=principle)
    upcoming, past = (list(rows.for_tickets()[:EACH]) for rows in (about.upcoming(), about.past()))
    return {"upcoming": upcoming, "past": past} if upcoming or past else None
