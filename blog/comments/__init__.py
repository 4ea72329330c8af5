"""Comments on posts, and their moderation."""

from .actions import write, write_as_guest
from .forms import form_for

__all__ = ["form_for", "write", "write_as_guest"]
