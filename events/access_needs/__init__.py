"""Access needs: what an attendee needs, told to the hosts alone and deleted soon after."""

from .actions import is_asked, of_event, offers, stop_asking

__all__ = ["is_asked", "of_event", "offers", "stop_asking"]
