"""Access needs: what an attendee needs, told to the hosts alone and deleted soon after."""

from .actions import NotAsked, deleted_on, is_asked, of_event, offers, stop_asking, tell, withdraw

__all__ = ["NotAsked", "deleted_on", "is_asked", "of_event", "offers", "stop_asking", "tell", "withdraw"]
