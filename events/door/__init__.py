"""The door: ticking off who came, walk-ins, and the figures afterwards."""

from .attendance import close, figures, is_open, reopen, take_back, tick, walk_in

__all__ = ["close", "figures", "is_open", "reopen", "take_back", "tick", "walk_in"]
