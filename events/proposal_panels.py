"""Where proposals, seasons and what people need show on other pages."""

from chapter.panels import panel

from . import access_needs, seasons
from .models import AccessNeed, Proposal

DESK_ROWS = 10


@panel("desk", template="events/_desk_proposals.html", order=10)
def proposals_waiting(subject, request):
    """Offers that nobody has answered, oldest first; one query."""
    rows = list(Proposal.objects.open()[:DESK_ROWS])
    return {"proposals": rows} if rows else None


@panel("event", template="events/_propose_invite.html", order=90)
def invitation_to_propose(event, request):
    return None if event.is_draft else {}


@panel("principle", template="events/_season_on_principle.html", order=5)
def seasons_of_principle(principle, request):
    found = seasons.of_principle(principle)
    return {"seasons": found} if found else None


@panel("event opening", template="events/_access_needs_for_hosts.html", order=5)
def access_needs_for_hosts(event, request):
    """For this event's hosts alone: how many have told what they need, and the way to read it."""
    if not event.asks_access_needs or request.user not in event.hosts.all():
        return None
    return {"number": access_needs.of_event(event).count()}


@panel("event beside", template="events/_access_need_link.html", order=5)
def way_to_tell(event, request):
    """For a member who comes: the page where they tell the hosts what they need. Guests have it on their own page."""
    if not (event.asks_access_needs and request.user.is_authenticated):
        return None
    rsvp = event.rsvps.holding().filter(member=request.user).first()
    if rsvp is None or not access_needs.is_asked(event):
        return None
    return {"rsvp": rsvp, "has_told": AccessNeed.objects.filter(rsvp=rsvp).exists()}
