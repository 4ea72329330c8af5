"""The tables of blog/."""

from .post import Byline, Comment, Post

__all__ = ["Byline", "Comment", "Post"]
