"""Series: events that repeat, made ahead in a rolling window."""

from . import rules, window
from .actions import top_up

__all__ = ["rules", "top_up", "window"]
