"""The pages of a board in a browser: every phase accessible for guest and leader, and an evening without JavaScript."""

from datetime import timedelta

import pytest

from facilitation.models import Board, Participant, Round, Topic
from microactions.models import Microaction
from tests.browser.accessibility import findings
from tests.factories import (
    make_board,
    make_event,
    make_organiser,
    make_retro_item,
    make_round,
    make_takeaway,
    make_topic,
)

pytestmark = pytest.mark.django_db(transaction=True)

PHONE = {"width": 390, "height": 844}


def join(page, name):
    page.get_by_label("What should we call you?").fill(name)
    submit(page, page.locator(".join__form button"))


def submit(page, button):
    with page.expect_navigation():
        button.first.click()


def a_full_board(**fields):
    """A board with something in every list, and a language of its own."""
    board = make_board(event=make_event(title="Lean Coffee", language="en"), language="en", **fields)
    topic = make_topic(board=board, text="How do we test the form?", detail="On paper first.")
    make_topic(board=board, text="Test it at the library", merged_into=topic)
    make_topic(board=board, text="Meetings without a purpose", dots=2)
    make_topic(board=board, text="The new coffee machine", state=Topic.State.DONE)
    for _ in range(3):
        make_round(topic=topic, result="continue", up=3)
    make_takeaway(topic=topic)
    make_retro_item(board=board)
    return board, topic


@pytest.mark.parametrize("phase", [phase for phase in Board.Phase.values if phase != "closed"])
def test_each_phase_is_accessible_and_fits(site, open_page, phase):
    board, topic = a_full_board(phase=phase, show_at_once=True, one_device=True, room_new=2)
    if phase == "talk":
        make_round(topic=topic, ends_in=timedelta(0))
    address, found = f"{site}/en/board/{board.code}/", []
    for name, member in (("Ola", make_organiser()), ("Kari", None)):
        page = open_page(address, member=member, **PHONE)
        join(page, name)
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        found += [f"{name} {line}" for line in findings(page)]
    assert found == []


def step(page):
    """Press the one thing that is next."""
    submit(page, page.locator(".lead-panel__next button"))


def write(page, field, text):
    """Fill in a field by the end of its id and send its form."""
    box = page.locator(f"[id$={field}]").first
    box.fill(text)
    submit(page, box.locator("xpath=ancestor::form").locator("button[type=submit]"))


def test_an_evening_without_javascript(site, open_page):
    event = make_event(title="Lean Coffee", language="en", starts_in=timedelta(hours=1))
    ola = open_page(f"{site}/en/events/{event.slug}/", script=False, member=make_organiser(), **PHONE)
    submit(ola, ola.get_by_role("button", name="Open a board"))
    join(ola, "Ola")
    kari = open_page(f"{site}/b/{event.board.code}", script=False, **PHONE)
    kari.goto(f"{site}/en/board/{event.board.code}/")
    join(kari, "Kari")
    write(kari, "note_text", "How do we test the form?")
    step(ola)
    step(ola)
    step(ola)
    kari.reload()
    submit(kari, kari.get_by_role("button", name="One dot more"))
    step(ola)
    step(ola)
    kari.reload()
    write(kari, "_text", "Show it on paper")
    step(ola)
    kari.reload()
    submit(kari, kari.get_by_role("button", name="Up: continue"))
    step(ola)
    assert Round.objects.order_by("number").first().result == "continue"
    jump(ola, "Microaction")
    kari.reload()
    write(kari, "pledge_what", "Show the form to three people")
    assert Microaction.objects.get().token in kari.content()
    step(ola)
    kari.reload()
    write(kari, "retro-plus_text", "Good coffee")
    step(ola)
    kari.reload()
    assert kari.get_by_text("Good coffee").is_visible() and kari.get_by_text("Show it on paper").is_visible()
    assert (Board.objects.get().phase, Participant.objects.count()) == ("closed", 2)


def jump(page, phase):
    page.get_by_text("Jump to another step").click()
    page.get_by_label("Step", exact=True).select_option(phase)
    submit(page, page.get_by_role("button", name="Go to the step"))
