"""Origins: the meetup a microaction came from, and the meetup it led to."""

from .forms import MeetupForm

__all__ = ["MeetupForm"]
