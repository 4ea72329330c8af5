"""Text: Markdown to HTML."""

from . import markdown
from .markdown import comment_html
from .slugs import plain_slug

__all__ = ["comment_html", "markdown", "plain_slug"]
