"""The tables of blog/."""

from .byline import Byline
from .comment import Comment
from .monthly_letter import MonthlyLetter
from .post import Post

__all__ = ["Byline", "Comment", "MonthlyLetter", "Post"]
