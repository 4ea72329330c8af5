"""The card on paper, the closed board, and the pledge form at the table, in a browser."""

import re

import pytest

from facilitation.models import Board, Participant
from facilitation.table import phases
from microactions.models import Microaction
from tests.browser.accessibility import findings
from tests.browser.test_board_pages import PHONE, join
from tests.factories import (
    make_board,
    make_board_pledge,
    make_event,
    make_makker,
    make_organiser,
    make_participant,
    make_post,
    make_topic,
)

pytestmark = pytest.mark.django_db(transaction=True)
# As long as a text may be, with a word that no line can hold.
LONGEST = ("Digitaliseringsunconferansearrangementspåmelding i praksis, og så " * 3)[:140]
CODE_IS_ON_THE_CARD = """() => [...document.querySelectorAll(".paper-card")].every((card) => {
  const [all, code] = [card, card.querySelector(".paper-card__qr svg")].map((node) => node.getBoundingClientRect());
  return code.width > 30 && code.bottom <= all.bottom && code.right <= all.right;
})"""


def a_board(phase="microaction"):
    return make_board(event=make_event(title="Lean Coffee", language="en"), language="en", phase=phase)


def seated(open_page, site, board, name="Kari", **options):
    page = open_page(f"{site}/en/board/{board.code}/", **{**PHONE, **options})
    join(page, name)
    return page


def sheets(page):
    """(width, height) in millimetres of each page as it is printed."""
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    boxes = re.findall(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", printed)
    return [tuple(round(float(side) * 25.4 / 72) for side in box) for box in boxes]


@pytest.mark.parametrize("text", ["Ask three colleagues", LONGEST])
def test_card_is_one_sheet_with_its_code_however_long_the_texts(site, open_page, text):
    board = a_board()
    page = seated(open_page, site, board)
    me = Participant.objects.get()
    make_topic(board=board, text=text, author=me)
    words = dict.fromkeys(("what", "cue", "first_step"), text)
    made = make_board_pledge(board=board, participant=me, member=None, email="", **words)
    make_makker(microaction=made.microaction, member=None, name=text[:80])
    page.goto(f"{site}/en/board/{board.code}/card/")
    assert sheets(page) == [(105, 148)]
    assert list(findings(page)) == []
    page.emulate_media(media="print")
    assert page.evaluate(CODE_IS_ON_THE_CARD)


def test_four_blank_cards_are_one_a4_sheet(site, open_page):
    page = open_page(f"{site}/en/board/{a_board().code}/card/?blank=4", member=make_organiser())
    assert sheets(page) == [(210, 297)]
    assert list(findings(page)) == []


def test_closed_board_with_its_panels_is_accessible(site, open_page):
    board, found = a_board(), []
    make_participant(board=board)
    pages = [seated(open_page, site, board, "Ola", member=make_organiser()), seated(open_page, site, board)]
    board.refresh_from_db()
    phases.go(board, by=board.leader, from_phase="microaction", to_phase="closed", version=board.version)
    for has_summary in (False, True):
        if has_summary:
            make_post(summary_of=board.event)
        for page in pages:
            page.goto(f"{site}/en/board/{board.code}/")
            page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
            found += list(findings(page))
    assert found == []


def test_hint_comes_in_a_form_that_arrived_later_and_stays_when_it_is_drawn_anew(site, open_page):
    board = a_board("talk")
    page = seated(open_page, site, board)
    assert page.locator("#pledge_what").count() == 0
    Board.objects.update(phase="microaction", version=board.version + 9)
    page.wait_for_selector("#pledge_what")
    page.locator("#pledge_what").fill("Contribute to openness")
    page.wait_for_selector("#pledge_what_hint:not(:empty)")
    page.evaluate("""async () => {
        const mine = await (await fetch(document.querySelector("[data-board]").dataset.mine)).text();
        Board.replace(document.querySelector("[data-board-mine]"), mine);
    }""")
    assert "“Contribute to” is a bit vague" in page.locator("#pledge_what_hint").inner_text()


def test_idea_is_used_once_and_takes_the_place_of_nothing_that_was_typed(site, open_page):
    board = a_board()
    page = seated(open_page, site, board)
    what = page.locator("#pledge_what")
    what.fill("My own words")
    page.get_by_role("link", name="Start from one of these").click()
    page.locator(".ideas__item a").first.click()
    idea = what.input_value()
    assert idea.startswith("Post the link")
    page.goto(f"{site}/en/board/{board.code}/")
    assert what.input_value() == "My own words"
    page.go_back()
    page.locator(".check-in button[type=submit]").click()
    page.wait_for_selector("#kept")
    assert Microaction.objects.get().what == idea
    assert what.input_value() == "My own words"
    mine = page.locator("[data-board]").get_attribute("data-mine")
    assert mine.partition("?")[0] == f"/en/board/{board.code}/mine/"
