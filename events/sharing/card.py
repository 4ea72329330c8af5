"""The share card of an event, the picture of a shared link: its ticket, date first."""

from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from chapter.languages import current
from chapter.share_cards import MARGIN, WIDTH
from chapter.share_cards import sheet as cards
from chapter.text import dates

TOP, TICKET_HEIGHT, STUB = 64, 430, 264
TICKET_WIDTH = WIDTH - 2 * MARGIN
TEXT = MARGIN + STUB + 44
TEXT_WIDTH = WIDTH - MARGIN - 40 - TEXT


class EventFacts(NamedTuple):
    """All that is drawn, and nothing else, since the address of the card is a digest of it."""

    language: str
    chapter: str
    host: str
    title: str
    weekday: str
    day: str
    month: str
    time: str
    place: str
    state: str
    label: str
    principles: tuple[int, ...]


def card_facts(event, chapter) -> EventFacts:
    """Of an event from `for_tickets()`, without a query."""
    start, text = event.local_start, event.wording
    return EventFacts(
        language=current(),
        chapter=chapter.name,
        host=settings.SITE_HOST,
        title=text.title if text else "",
        weekday=date_format(start, "l"),
        day=date_format(start, "j"),
        month=date_format(start, "F Y"),
        time=_time(event),
        place=_place(event),
        state=event.state,
        label=_label(event),
        principles=tuple(principle.number for principle in event.themes),
    )


def share_card(event, chapter) -> dict[str, str]:
    """{address, alt} of the card; it has a new address whenever it has changed."""
    facts = card_facts(event, chapter)
    address = f"{settings.SITE_URL}{reverse('event_card', args=[event.slug])}?v={cards.version(facts)}"
    said = [
        facts.label if event.is_cancelled or event.is_postponed else "",
        facts.title,
        dates.long_date(event.local_start) if event.is_whole_days else dates.long_moment(event.local_start),
    ]
    return {"address": address, "alt": " · ".join(filter(None, [*said, facts.place]))}


def _time(event):
    start, end = event.local_start, event.local_end
    if event.is_whole_days:
        return _days(event)
    if start.date() == end.date():
        return f"{dates.at_clock(start)}–{dates.clock(end)}"
    return f"{dates.at_clock(start)} – {dates.long_moment(end)}"


def _days(event):
    if event.last_day == event.local_start.date():
        return _("all day")
    return _("until %(day)s") % {"day": dates.long_date(event.last_day)}


def _place(event):
    venue = event.venue
    names = [venue.name, venue.city if venue.city not in venue.name else ""] if venue else []
    return ", ".join(filter(None, [*names, _("Online") if event.is_online else ""]))


def _label(event):
    if event.is_cancelled:
        return _("Cancelled")
    return _("Postponed") if event.is_postponed else str(event.get_kind_display())


def draw(facts) -> bytes:
    sheet = cards.Sheet()
    _ticket(sheet, facts)
    _date(sheet, facts)
    _words(sheet, facts)
    if facts.state != "cancelled":
        _themes(sheet, facts.principles[:3])
    sheet.signature(facts.chapter, facts.host)
    return sheet.png()


def _themes(sheet, numbers):
    for place, number in enumerate(reversed(numbers)):
        sheet.note(WIDTH - MARGIN - 62 - place * 78, TOP + 60, 72, number, tilt=(-5, 4, -3)[place])


def _colours(facts):
    if facts.state == "cancelled" or not facts.principles:
        return cards.INK, cards.PAPER, cards.INK
    return cards.PRINCIPLES[facts.principles[0]]


def _ticket(sheet, facts):
    _strong, paper, _ink = _colours(facts)
    sheet.shadow(MARGIN, TOP, TICKET_WIDTH, TICKET_HEIGHT, radius=14)
    sheet.box(MARGIN, TOP, TICKET_WIDTH, TICKET_HEIGHT, cards.PAPER, radius=14)
    sheet.box(MARGIN, TOP, STUB, TICKET_HEIGHT, paper, radius=14)
    sheet.box(MARGIN + STUB - 14, TOP, 14, TICKET_HEIGHT, paper)
    edge, bottom = MARGIN + STUB, TOP + TICKET_HEIGHT
    for y in range(TOP + 40, bottom - 30, 22):
        sheet.line([(edge, y), (edge, y + 8)], cards.LINE_SOFT, 4)
    sheet.bite(edge, TOP, 22, cards.GROUND, below=True)
    sheet.bite(edge, bottom, 22, cards.GROUND, below=False)


def _date(sheet, facts):
    _strong, _paper, ink = _colours(facts)
    middle, width = MARGIN + STUB / 2, STUB - 40
    style = {"weight": "Bold", "fill": ink, "anchor": "ms"}
    sheet.line_of(middle, TOP + 112, facts.weekday, width=width, size=38, smallest=24, **style)
    sheet.text(middle, TOP + 272, facts.day, size=200, weight="Black", fill=ink, anchor="ms")
    sheet.line_of(middle, TOP + 340, facts.month, width=width, size=36, smallest=22, **style)
    if facts.state in ("cancelled", "postponed"):
        sheet.line([(middle - 104, TOP + 262), (middle + 104, TOP + 150)], cards.BAD, 9)


def _words(sheet, facts):
    fill, ink = {
        "cancelled": (cards.BAD, cards.PAPER),
        "postponed": (cards.WARN, cards.PAPER),
    }.get(facts.state, (cards.GROUND, cards.INK))
    sheet.label(TEXT, TOP + 38, facts.label, fill=fill, ink=ink)
    bottom = TOP + TICKET_HEIGHT
    off = {"fill": cards.INK_SOFT, "strike": cards.BAD} if facts.state == "cancelled" else {}
    box = {"width": TEXT_WIDTH, "height": bottom - TOP - 236, "sizes": range(88, 43, -2)}
    sheet.block(TEXT, TOP + 106, cards.readable(facts.title, facts.chapter, facts.host), **box, **off)
    sheet.line_of(TEXT, bottom - 84, facts.time, width=TEXT_WIDTH, size=36, smallest=24, weight="Bold")
    sheet.line_of(TEXT, bottom - 38, facts.place, width=TEXT_WIDTH, size=34, smallest=26, fill=cards.INK_SOFT)
