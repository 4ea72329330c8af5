"""Where access needs show on other pages."""

from chapter.panels import panel

from ..models import AccessNeed
from . import actions


@panel("event opening", template="events/access_needs/_on_event_opening.html", order=5)
def access_needs_for_hosts(event, request):
    """For this event's hosts alone: how many have told what they need, and the way to read it."""
    if not event.asks_access_needs or request.user not in event.hosts.all():
        return None
    return {"number": actions.of_event(event).count()}


@panel("event beside", template="events/access_needs/_on_event_beside.html", order=5)
def way_to_tell(event, request):
    """For a member who comes: the page where they tell the hosts what they need. Guests have it on their own page."""
    if not (event.asks_access_needs and request.user.is_authenticated):
        return None
    rsvp = event.rsvps.holding().filter(member=request.user).first()
    if rsvp is None or not actions.is_asked(event):
        return None
    return {"rsvp": rsvp, "has_told": AccessNeed.objects.filter(rsvp=rsvp).exists()}
