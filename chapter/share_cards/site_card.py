"""The share card of pages without one of their own: the chapter's name, its tagline, and a wall of notes."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse

from .. import pages
from ..languages import current
from ..models import Chapter
from .sheet import INK_SOFT, MARGIN, Sheet, version
from .text import readable

# Number, middle and tilt of each note on the wall.
WALL = (
    (1, 812, 150, 6),
    (2, 968, 122, -4),
    (3, 1104, 196, 5),
    (4, 876, 306, -6),
    (5, 1030, 294, 3),
    (6, 938, 450, -3),
    (7, 1096, 436, 7),
)
TEXT_WIDTH = 620


class SiteFacts(NamedTuple):
    language: str
    chapter: str
    host: str
    tagline: str


def _facts(chapter, tagline):
    return SiteFacts(language=current(), chapter=chapter.name, host=settings.SITE_HOST, tagline=tagline)


def card_facts() -> SiteFacts:
    """What the card says in the page's language; three queries."""
    page = pages.with_wordings("home").first()
    return _facts(Chapter.load(), page.best[0].title if page and page.best else "")


def address(chapter) -> str:
    """Without a query, since it is on every page: its version knows the name alone, so the picture is cached for an hour."""
    return f"{settings.SITE_URL}{reverse('site_card')}?v={version(_facts(chapter, ''))}"


def draw(facts: SiteFacts) -> bytes:
    sheet = Sheet()
    for number, x, y, tilt in WALL:
        sheet.note(x, y, 132, number, tilt=tilt)
    box = {"width": TEXT_WIDTH, "height": 250}
    end = sheet.block(MARGIN, 92, readable(facts.chapter, facts.host), sizes=range(104, 47, -2), **box)
    sheet.ribbon(MARGIN, end + 18, 180, 12)
    if facts.tagline:
        style = {"weight": "Semibold", "fill": INK_SOFT, "sizes": range(44, 29, -2)}
        sheet.block(MARGIN, end + 58, facts.tagline, width=TEXT_WIDTH, height=470 - end - 40, **style)
    sheet.signature(facts.host)
    return sheet.png()
