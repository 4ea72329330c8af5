"""Ready answers for readers whom the site does not know, kept in each process until PostgreSQL says that they are old.

See docs/decisions/0027-pages-drawn-once.md. A view opts in with `cached_page`; a middleware does the rest.
"""

from .marking import cached_page
from .sums import once_a_minute
from .tables import tell

__all__ = ["cached_page", "once_a_minute", "tell"]
