"""The chapter’s pages, and the organisers’ pages about the chapter."""

from .contact import is_nobodys
from .texts import SHIPPED_SOURCE, adopt_shipped, with_wordings

__all__ = ["SHIPPED_SOURCE", "adopt_shipped", "is_nobodys", "with_wordings"]
