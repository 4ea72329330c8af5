"""Addresses as the site itself makes them."""

from django.utils.text import slugify

NORDIC = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "Æ": "ae", "Ø": "o", "Å": "a"})
MAX_WORDS = 80


def plain_slug(title):
    return slugify(title.translate(NORDIC))[:MAX_WORDS].strip("-")


def dated_slug(day, title):
    """2026-12-03-lean-coffee: titles repeat, days with titles do not."""
    return f"{day:%Y-%m-%d}-{plain_slug(title)}"
