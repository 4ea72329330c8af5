"""The tables of blog/."""

from .byline import Byline
from .comment import Comment
from .post import Post

__all__ = ["Byline", "Comment", "Post"]
