"""Access needs on the event's page: for its hosts, and for a member who comes."""

from django.db.models import Exists, OuterRef

from chapter.panels import panel
from chapter.prepared import prepared

from ..models import AccessNeed, Rsvp
from . import actions


@panel("event opening", template="events/access_needs/_on_event_opening.html", order=5)
def access_needs_for_hosts(event, request):
    # Hosts alone; an organiser who does not host sees nothing.
    if not event.asks_access_needs or request.user not in event.hosts.all() or request.user.lacks_second_factor:
        return None
    number = _told.count(event=event.pk)
    # Nobody can have told anything yet of a draft.
    return {"number": number} if number or not event.is_draft else None


@panel("event beside", template="events/access_needs/_on_event_beside.html", order=5)
def way_to_tell(event, request):
    # Guests have the link on their own page.
    if not (event.asks_access_needs and request.user.is_authenticated):
        return None
    rsvp = next(iter(_own(event=event.pk, member=request.user.pk)), None)
    if rsvp is None or not actions.is_asked(event):
        return None
    return {"rsvp": rsvp, "has_told": rsvp.has_told}


@prepared
def _told(event):
    return actions.of_event(event)


@prepared
def _own(event, member):
    own = Rsvp.objects.holding().filter(event=event, member=member).order_by("id")
    return own.annotate(has_told=Exists(AccessNeed.objects.filter(rsvp=OuterRef("pk"))))[:1]
