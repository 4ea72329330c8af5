"""Text: Markdown to HTML."""

from . import markdown
from .markdown import comment_html
from .slugs import free_slug, plain_slug, save_under_free_slug

__all__ = ["comment_html", "free_slug", "markdown", "plain_slug", "save_under_free_slug"]
