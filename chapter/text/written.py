"""Days in words."""

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language


def written(day, pattern) -> str:
    """Django's `date_format` of a day, or of the day of a moment, in the active language; remembered."""
    return _written(date(day.year, day.month, day.day), pattern, get_language())


@lru_cache(maxsize=4096)
def _written(day, pattern, _language):
    return date_format(day, pattern)
