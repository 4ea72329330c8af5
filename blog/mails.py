"""The mails of blog/, and what it tells followers."""

from .comments import letters as comments  # noqa: F401
from .monthly import news as monthly_news  # noqa: F401
from .posts import news as post_news  # noqa: F401
from .summaries import letters as summaries  # noqa: F401
