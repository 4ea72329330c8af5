"""Remarks in reports that are stored, and shown in the language of the page."""

from django.utils import translation

from ..fields import clean_line
from .making import Remark


def line_of(text, *, longest: int) -> str:
    """On one line of at most so many characters."""
    return text.mapped(lambda one: _cut(one, longest)) if isinstance(text, Remark) else _cut(str(text), longest)


def _cut(text, longest):
    text = clean_line(text)
    return text if len(text) <= longest else f"{text[:longest]} …"


def stored(text: str) -> dict | str:
    return text.versions if isinstance(text, Remark) else text


def shown(found: dict | str) -> str:
    """What was stored, in the language of the page."""
    return found.get(translation.get_language(), found["en"]) if isinstance(found, dict) else found
