"""Photos of an event: adding, showing, taking out."""

from .actions import add, delete_all, describe

__all__ = ["add", "delete_all", "describe"]
