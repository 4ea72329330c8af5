"""Microactions on other pages: an event's, a principle's, and my own."""

from chapter.panels import panel

from .cheers import person_of
from .models import Microaction

ON_EVENT = 12
ON_PRINCIPLE = 6
ON_ME = 30


@panel("event", template="microactions/_on_event.html", order=20)
def microactions_of_event(event, request):
    """What this reader may see of it, results first; before the event is over only if there are any."""
    rows = Microaction.objects.filter(event=event).at_event().visible_to(request.user)
    found = list(rows.results_first().for_cards(*person_of(request))[: ON_EVENT + 1])
    if not (found or event.is_over):
        return None
    return {"event": event, "microactions": found[:ON_EVENT], "more": len(found) > ON_EVENT}


@panel("principle", template="microactions/_on_principle.html", order=20)
def microactions_of_principle(principle, request):
    rows = Microaction.objects.public().filter(principle=principle).latest().for_cards(*person_of(request))
    found = list(rows[:ON_PRINCIPLE])
    return {"principle": principle, "microactions": found} if found else None


@panel("me", template="microactions/_on_me.html", order=20)
def microactions_of_member(member, request):
    """Mine, those that are open first."""
    return {"microactions": list(Microaction.objects.filter(member=member).open_first()[:ON_ME])}
