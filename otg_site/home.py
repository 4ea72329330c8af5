"""What the front page shows."""

from blog.models import Post
from chapter import pages
from events.models import Event
from microactions.models import Microaction

UPCOMING = 4
NOTES = 3
POSTS = 3


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
