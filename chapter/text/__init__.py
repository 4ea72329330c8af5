"""Text: Markdown to HTML, titles as addresses, dates in words, and what no text may hold."""

from . import dates, markdown
from .bare_links import with_scheme
from .markdown import comment_html
from .slugs import free_slug, plain_slug, save_under_free_slug
from .stored import clean_stored

__all__ = [
    "clean_stored",
    "comment_html",
    "dates",
    "free_slug",
    "markdown",
    "plain_slug",
    "save_under_free_slug",
    "with_scheme",
]
