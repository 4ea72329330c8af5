"""The events that a principle was or will be the theme of, on the principle's page."""

from chapter.panels import panel

from ..models import Event

EACH = 3


@panel("principle", template="events/pages/_on_principle.html", order=10)
def events_of_principle(principle, request):
    """The next three and the latest three; None where there are none. Ten queries at most."""
    about = Event.objects.filter(principles=principle)
    upcoming, past = (list(rows.for_tickets()[:EACH]) for rows in (about.upcoming(), about.past()))
    return {"upcoming": upcoming, "past": past} if upcoming or past else None
