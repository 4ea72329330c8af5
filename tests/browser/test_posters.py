"""Posters as a browser prints them: one A4 sheet, nothing cut off, a code on it."""

import pytest

from chapter.wordings import adopt_wording
from principles.models import Principle
from principles.reading import LINE, POSTER_SIZES, _share_of_text
from tests.browser.accessibility import findings
from tests.browser.test_cards import sheets
from tests.factories import make_event, make_venue

pytestmark = pytest.mark.django_db(transaction=True)
# What stands in the sheet stands one below the other, inside its padding.
IS_WHOLE = """() => {
  const sheet = document.querySelector(".poster__sheet");
  const inner = sheet.getBoundingClientRect();
  const edge = inner.bottom - parseFloat(getComputedStyle(sheet).paddingBottom) + 1;
  const boxes = [...sheet.children].map((node) => node.getBoundingClientRect());
  const text = sheet.querySelector(".poster__text");
  const code = sheet.querySelector(".poster__qr svg").getBoundingClientRect();
  return {
    inside: boxes.every((box) => box.bottom <= edge && box.right <= inner.right + 1),
    apart: boxes.every((box, n) => n === 0 || box.top >= boxes[n - 1].bottom - 1),
    text: !text || text.scrollHeight <= text.clientHeight + 1,
    code: code.width > 60,
  };
}"""
WHOLE = {"inside": True, "apart": True, "text": True, "code": True}
SENTENCES = (
    "Ingen får en tjeneste riktig på papiret. Lag en liten utgave, vis den til noen, se hva de gjør, og forandre den. "
    "Før dere begynner, blir dere enige om hva dere vil finne ut, hvor lenge dere prøver, og hva som får dere til å stoppe. "
)
WORDS = "Digitaliseringsunconferansearrangementspåmelding i praksis, og så litt til. "


def filled(weight, *, title):
    """As much text as a size is for, in paragraphs of about 250 letters."""
    weight, lines = int(weight * _share_of_text(title)), []
    while weight > LINE + 20:
        length = min(250, weight - LINE)
        lines.append((SENTENCES * 2)[:length].strip())
        weight -= length + LINE
    return "\n\n".join(lines)


def printed(page, address):
    page.goto(address)
    page.set_viewport_size({"width": 794, "height": 1123})
    page.emulate_media(media="print")
    return page.evaluate(IS_WHOLE)


@pytest.mark.parametrize("title", ["Eksperimenter", "Ønsk nye teknologiske muligheter hjertelig velkommen hit"])
def test_text_of_every_size_fits_its_sheet(site, open_page, title):
    page, wrong = open_page(f"{site}/nb/principles/"), {}
    for most, size in POSTER_SIZES:
        principle = Principle.objects.get(number=7)
        adopt_wording(principle, language="nb", title=title, body=filled(most, title=title))
        found = printed(page, f"{site}/nb/principles/7/poster/")
        assert sheets(page) == [(210, 297)]
        if found != WHOLE:
            wrong[size] = found
    assert wrong == {}


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_every_principle_as_it_ships_fits_and_fills_its_sheet(site, open_page, language):
    page = open_page(f"{site}/{language}/principles/")
    for path in ("", *(f"{number}/" for number in range(1, 8))):
        assert printed(page, f"{site}/{language}/principles/{path}poster/") == WHOLE
        assert sheets(page) == [(210, 297)]
        if path:
            bottom = "document.querySelector('.poster__text').lastElementChild.getBoundingClientRect().bottom"
            assert page.evaluate(f"{bottom} / innerHeight") > 0.7


@pytest.mark.parametrize("length", [10, 26, 27, 56, 57, 100, 101, 200])
@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_poster_of_an_event_is_one_sheet_however_long_the_words(site, open_page, length, language):
    venue = make_venue(name=(WORDS * 4)[: min(length, 120)], address=(WORDS * 4)[:length], city="Eksempelby")
    title = (WORDS * 4)[:length].strip()
    event = make_event(slug="poster", title=title, body=WORDS * 20, venue=venue, online_url="https://x.example")
    event.principles.set([3])
    page = open_page(f"{site}/{language}/events/{event.slug}/")
    assert printed(page, f"{site}/{language}/events/{event.slug}/poster/") == WHOLE
    assert sheets(page) == [(210, 297)]


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_poster_to_follow_is_one_sheet(site, open_page, language):
    page = open_page(f"{site}/{language}/follow/poster/")
    assert list(findings(page)) == []
    assert printed(page, f"{site}/{language}/follow/poster/") == WHOLE
    assert sheets(page) == [(210, 297)]


def test_poster_of_an_event_is_accessible(site, open_page):
    event = make_event(venue=make_venue())
    assert list(findings(open_page(f"{site}/nb/events/{event.slug}/poster/"))) == []
