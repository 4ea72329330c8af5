"""The public pages: upcoming and past events, and one event with its RSVP form."""

from .views import event_page

__all__ = ["event_page"]
