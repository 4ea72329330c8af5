"""What is drawn of a board: for all, for one participant, for the leader."""

from . import own, shared

__all__ = ["own", "shared"]
