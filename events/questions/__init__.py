"""Questions about an event: asked by members and by guests who are in, answered and let through by its hosts."""

from .actions import tell_of_waiting

__all__ = ["tell_of_waiting"]
