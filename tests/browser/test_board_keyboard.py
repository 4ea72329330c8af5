"""A board by the keyboard alone: somebody at the table, and whoever leads it."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from facilitation.models import Board, Participant, Takeaway, Thumb, Topic
from facilitation.table import dots
from tests.browser.test_board_pages import PHONE
from tests.browser.test_tasks import tab_to
from tests.factories import make_board, make_event, make_organiser, make_round, make_topic

pytestmark = pytest.mark.django_db(transaction=True)


def sit_down(open_page, site, board, name, **who):
    """Join with Tab, letters and Enter."""
    page = open_page(f"{site}/en/board/{board.code}/", **who, **PHONE)
    tab_to(page, "What should we call you?")
    page.keyboard.type(name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    return page


def new_board(**fields):
    return make_board(event=make_event(title="Lean Coffee", language="en"), language="en", **fields)


def test_a_note_a_dot_a_thumb_and_a_takeaway_by_keyboard(site, open_page):
    board = new_board()
    page = sit_down(open_page, site, board, "Kari")
    tab_to(page, "What do you want to talk about?")
    page.keyboard.type("How do we test the form?")
    page.keyboard.press("Enter")
    expect(page.get_by_text("How do we test the form?").first).to_be_visible()
    tab_to(page, "I’m ready")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 of 1 is ready")).to_be_visible()

    Board.objects.update(phase="dots")
    page.reload()
    tab_to(page, "One dot more")
    page.keyboard.press("Enter")
    expect(page.get_by_text("2 of 3").first).to_be_visible()
    assert list(dots.mine(Participant.objects.get()).values()) == [1]

    make_round(topic=Topic.objects.get(), ends_in=timedelta(0))
    Board.objects.update(phase="talk")
    page.reload()
    tab_to(page, "Up: continue")
    page.keyboard.press("Enter")
    expect(page.locator("[aria-pressed=true]")).to_be_visible()
    tab_to(page, "What should we remember?")
    page.keyboard.type("Show it on paper")
    page.keyboard.press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="Show it on paper").first).to_be_visible()
    assert (Thumb.objects.get().way, Takeaway.objects.get().text) == ("up", "Show it on paper")


def test_whoever_leads_goes_on_by_keyboard_and_the_focus_stays_on_the_next_step(site, open_page):
    board = new_board()
    make_topic(board=board)
    page = sit_down(open_page, site, board, "Ola", member=make_organiser())
    for button, phase in (
        ("Turn the notes over", "pitch"),
        ("Begin with the first note", "pitch"),
        ("On to the dots", "dots"),
    ):
        tab_to(page, button)
        page.keyboard.press("Enter")
        expect(page.locator(".lead-panel__next").get_by_role("button", name=button)).to_have_count(0)
        assert Board.objects.get().phase == phase
