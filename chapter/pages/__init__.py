"""The chapter’s pages, and the organisers’ pages about the chapter."""

from .texts import SHIPPED_SOURCE, adopt_shipped, with_wordings

__all__ = ["SHIPPED_SOURCE", "adopt_shipped", "with_wordings"]
