"""A microaction at the table in a browser: the link can be copied, and the next one is asked for by a button."""

import pytest
from playwright.sync_api import expect

from microactions.models import Microaction
from tests.factories import make_board, make_event

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def kari(site, open_page):
    board = make_board(event=make_event(language="en"), phase="microaction", language="en")
    page = open_page(f"{site}/en/board/{board.code}/", width=390, height=844)
    page.get_by_label("What should we call you?").fill("Kari")
    page.get_by_role("button", name="Join").click()
    return page


def pledge(page, what):
    page.get_by_label("What will you do?").fill(what)
    page.get_by_role("button", name="I’ll do it").click()
    expect(page.locator("#kept")).to_contain_text(what)


def test_link_is_copied(kari):
    kari.context.grant_permissions(["clipboard-read", "clipboard-write"])
    pledge(kari, "Ask three people")
    kari.locator("#kept").get_by_role("button", name="Copy").click()
    expect(kari.locator("#kept").get_by_role("status")).to_have_text("Copied")
    assert Microaction.objects.get().token in kari.evaluate("navigator.clipboard.readText()")


def test_next_one_is_asked_for_by_a_button_and_folds_away_again(kari):
    pledge(kari, "Ask three people")
    field = kari.get_by_label("What will you do?")
    expect(field).to_be_hidden()
    kari.get_by_text("Write another").click()
    pledge(kari, "Read one letter aloud")
    expect(field).to_be_hidden()
    expect(kari.locator("#mine .note")).to_have_count(2)


def test_what_was_typed_for_another_is_there_after_a_reload(kari):
    pledge(kari, "Ask three people")
    kari.get_by_text("Write another").click()
    kari.get_by_label("What will you do?").fill("Half a thought")
    kari.reload()
    expect(kari.get_by_label("What will you do?")).to_have_value("Half a thought")
