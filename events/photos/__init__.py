"""Photos of an event: adding, showing, taking out."""

from .actions import add, add_all, delete, delete_all, describe, move
from .taking_out import show_again, take_out

__all__ = ["add", "add_all", "delete", "delete_all", "describe", "move", "show_again", "take_out"]
