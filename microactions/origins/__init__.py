"""Origins: the meetup a microaction came from, and the meetup it led to."""

from .actions import link_origin, tell_meetup, unlink_origin
from .forms import MeetupForm

__all__ = ["MeetupForm", "link_origin", "tell_meetup", "unlink_origin"]
