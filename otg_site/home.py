"""What the front page and the organisers' desk show."""

from django.utils.translation import gettext as _

from blog.models import Post
from chapter import pages
from chapter.panels import panels_for
from chapter.prepared import prepared
from chapter.wordings import best_wordings
from events import door
from events.models import Event, EventWording
from microactions.models import Microaction

from . import first_run

UPCOMING = 4
NOTES = 3
POSTS = 3
ON_DESK = 3


def front_page():
    """The home page's context; a fixed number of queries."""
    upcoming = list(Event.objects.upcoming().filter(state=Event.State.PUBLISHED).for_tickets()[:UPCOMING])
    return {
        "page": pages.with_wordings("home").first(),
        "next_event": upcoming[0] if upcoming else None,
        "later_events": upcoming[1:],
        "notes": Microaction.objects.public().for_notes().results_first()[:NOTES],
        "posts": Post.objects.published().for_reader().for_tickets()[:POSTS],
    }


def desk(request):
    """The desk's context: the next meetup, those after it, and what waits, by how long it can."""
    events, steps = _nearest(), first_run.steps()
    groups = (
        ("now", _("Now"), _panels("desk now", request, steps)),
        ("people", _("Someone is waiting for you"), _panels("desk people", request, steps)),
        ("later", _("When you have time"), _panels("desk later", request, steps)),
    )
    return {
        "first_steps": steps,
        "first_steps_done": sum(step.is_done for step in steps),
        "next_event": events[0] if events else None,
        "later_events": events[1:],
        "door_is_open": bool(events) and door.is_open(events[0]),
        "groups": [group for group in groups if group[2]],
    }


def _panels(place, request, first_steps):
    panels = panels_for(place, None, request)
    return [panel for panel in panels if panel.template not in first_run.SAID] if first_steps else panels


@prepared
def _nearest():
    rows = Event.objects.upcoming().filter(state=Event.State.PUBLISHED).with_seats().select_related("venue", "board")
    return rows.prefetch_related(best_wordings(EventWording))[: 1 + ON_DESK]
