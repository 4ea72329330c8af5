"""Titles as parts of addresses."""

from django.utils.text import slugify

# Letters that slugify would drop, or that lose more than a dot when they lose their dots.
NORDIC = str.maketrans(
    {"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "Æ": "ae", "Ø": "o", "Å": "a", "ð": "d", "þ": "th"}
)


def plain_slug(title, *, length=80):
    """The title in a-z, 0-9 and hyphens, at most `length` long; empty where it has no Latin letters."""
    return slugify(title.translate(NORDIC))[:length].strip("-_")
