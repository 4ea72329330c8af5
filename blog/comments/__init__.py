"""Comments on posts, and their moderation."""

from .actions import write
from .forms import CommentForm

__all__ = ["CommentForm", "write"]
