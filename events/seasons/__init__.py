"""Seasons: the principle that a part of the year is about."""

from .actions import current_and_next, of_principle, on

__all__ = ["current_and_next", "of_principle", "on"]
