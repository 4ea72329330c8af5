"""The share card of a post: a sheet of paper taped to the wall, with the title in large type."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chapter.share_cards import MARGIN, WIDTH
from chapter.share_cards import sheet as share_cards
from chapter.text import dates

TOP, PAPER_HEIGHT, BAND = 68, 424, 20
PAPER_WIDTH = WIDTH - 2 * MARGIN
TEXT = MARGIN + BAND + 48
TEXT_WIDTH = WIDTH - MARGIN - 48 - TEXT
NAMES = 3


class PostFacts(NamedTuple):
    """All that is drawn; the version in the address is made from it."""

    language: str
    chapter: str
    host: str
    title: str
    day: str
    authors: str
    principles: tuple[int, ...]


def card_facts(post, chapter) -> PostFacts:
    """What the card says, in the post's language. No query on a post from `for_tickets()`."""
    with translation.override(post.language):
        return PostFacts(
            language=post.language,
            chapter=chapter.name,
            host=settings.SITE_HOST,
            title=post.title,
            day=_day(post),
            authors=_authors(post),
            principles=tuple(principle.number for principle in post.themes),
        )


def card(post, chapter) -> dict[str, str]:
    """Address and description of a published post's card; the address changes with what is drawn."""
    facts = card_facts(post, chapter)
    with translation.override(post.language):
        address = f"{settings.SITE_URL}{reverse('post_card', args=[post.slug])}?v={share_cards.version(facts)}"
    return {"address": address, "alt": f"{facts.title} · {facts.day}"}


def _day(post):
    return f"{_('Blog')} · {dates.short_date(timezone.localtime(post.published_at))}"


def _authors(post):
    names = [line.name for line in post.bylines.all()]
    # More would not fit beside the principles.
    return ", ".join(names[:NAMES]) + (" …" if len(names) > NAMES else "")


def draw(facts) -> bytes:
    sheet = share_cards.Sheet()
    strong = share_cards.PRINCIPLES[facts.principles[0]][0] if facts.principles else share_cards.INK
    sheet.shadow(MARGIN, TOP, PAPER_WIDTH, PAPER_HEIGHT, radius=4)
    sheet.box(MARGIN, TOP, PAPER_WIDTH, PAPER_HEIGHT, share_cards.PAPER, radius=4)
    sheet.box(MARGIN, TOP, BAND, PAPER_HEIGHT, strong)
    sheet.tape(WIDTH / 2, TOP, 190, 44, tilt=-2)
    sheet.line_of(TEXT, TOP + 78, facts.day, width=TEXT_WIDTH, size=32, weight="Bold", fill=strong)
    box = {"width": TEXT_WIDTH, "height": PAPER_HEIGHT - 196, "sizes": range(92, 47, -2)}
    sheet.block(TEXT, TOP + 102, share_cards.readable(facts.title, facts.chapter, facts.host), **box)
    shown = facts.principles[:4]
    width = TEXT_WIDTH - 84 * len(shown)
    sheet.line_of(
        TEXT, TOP + PAPER_HEIGHT - 38, facts.authors, width=width, size=34, smallest=26, fill=share_cards.INK_SOFT
    )
    for place, number in enumerate(reversed(shown)):
        x = WIDTH - MARGIN - 66 - place * 80
        sheet.note(x, TOP + PAPER_HEIGHT - 56, 72, number, tilt=(-5, 4, -3, 6)[place])
    sheet.signature(facts.chapter, facts.host)
    return sheet.png()
