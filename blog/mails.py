"""The mails of blog/."""

from .comments import letters as comments  # noqa: F401
from .summaries import letters as summaries  # noqa: F401
