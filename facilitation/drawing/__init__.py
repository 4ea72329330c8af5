"""What is drawn of a board: for all, for one participant, for the leader."""

from . import own, pages, shared

__all__ = ["own", "pages", "shared"]
