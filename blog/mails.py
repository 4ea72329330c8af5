"""The mails of blog/."""

from .summaries import letters  # noqa: F401
