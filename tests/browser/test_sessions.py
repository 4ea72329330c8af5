"""Sessions in a browser: each step accessible for guest and host, by keyboard, without the script, and live."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from facilitation.models import Board, Participant, Session, SessionStar
from facilitation.sessions import grid
from tests.browser.accessibility import findings
from tests.browser.test_board_pages import PHONE, join, submit
from tests.browser.test_board_screen import CUT_OFF, SIZES, WORDS
from tests.factories import (
    make_board,
    make_event,
    make_organiser,
    make_session,
    make_session_room,
    make_session_slot,
    make_sessions,
)

pytestmark = pytest.mark.django_db(transaction=True)


def a_full_day(step, **fields):
    """Sessions of which some have a place, and two of one person are at the same time."""
    event = make_event(title="Unconference", language="en", starts_in=timedelta(minutes=-10), hours=7)
    board = make_board(event=event, language="en", **fields)
    activity = make_sessions(board=board, step=step, question="What do we do on Monday?")
    rooms = [make_session_room(activity, name) for name in ("Attic", "Cellar")]
    slots = [make_session_slot(activity, timedelta(hours=hour)) for hour in range(2)]
    for number, slot in enumerate([slots[0], slots[0], slots[1], None]):
        place = {"room": rooms[number % 2], "slot": slot} if slot else {}
        words = {"title": f"Session {number}", "what_for": "To find out.", "host_name": "Siv"}
        make_session(activity=activity, room_dots=number, **words, **place)
    make_session(activity=activity, title="Gone", is_withdrawn=True)
    return board, activity


def seat(open_page, address, name, member=None, **more):
    page = open_page(address, member=member, **PHONE, **more)
    join(page, name)
    return page


@pytest.mark.parametrize("step", ["pitch", "dots", "plan", "day"])
def test_each_step_is_accessible_and_fits(site, open_page, step):
    board, activity = a_full_day(step, one_device=True, room_new=2)
    session, found = activity.sessions.first(), []
    session.notes.create(text="Ask those it is for.", client_id="00000000-0000-0000-0000-000000000001")
    for name, member in (("Ola", make_organiser()), ("Kari", None)):
        page = seat(open_page, f"{site}/en/board/{board.code}/", name, member)
        for address in ("", f"sessions/{session.pk}/", f"sessions/{session.pk}/agreed/"):
            page.goto(f"{site}/en/board/{board.code}/{address}")
            page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
            found += [f"{name} {address} {line}" for line in findings(page)]
    assert found == []


@pytest.mark.parametrize("step", ["pitch", "plan", "day"])
@pytest.mark.parametrize("size", SIZES, ids=str)
def test_nothing_is_cut_off_on_the_big_screen(site, open_page, step, size):
    board, activity = a_full_day(step)
    rooms = [make_session_room(activity, f"Room {number}") for number in range(8)]
    for number, words in enumerate(WORDS):
        make_session(activity=activity, title=words[:120], room=rooms[number], slot=activity.slots.first())
    page = open_page(f"{site}/en/board/{board.code}/screen/", width=size[0], height=size[1])
    page.evaluate("document.fonts.ready")
    assert page.evaluate(CUT_OFF) == []


def test_a_move_reaches_a_plan_while_the_room_does_something_else(site, open_page):
    board, activity = a_full_day("day")
    Board.objects.update(activity=None)
    page = open_page(f"{site}/en/board/{board.code}/sessions/", **PHONE)
    join(page, "Kari")
    assert page.url.endswith("/sessions/")
    session, kari = activity.sessions.get(title="Session 0"), Participant.objects.get()
    SessionStar.objects.create(session=session, participant=kari)
    page.reload()
    expect(page.locator("#mine")).to_contain_text("Attic")
    Board.objects.update(leader=kari)
    room, slot = make_session_room(activity, "Garden"), activity.slots.last()
    grid.place(session, by=kari, member=None, room=room, slot=slot, version=0)
    expect(page.locator("#shared")).to_contain_text("Garden")
    expect(page.locator("#mine")).to_contain_text("Garden")


def test_the_grid_is_laid_by_keyboard(site, open_page):
    board, activity = a_full_day("plan")
    page = seat(open_page, f"{site}/en/board/{board.code}/", "Ola", make_organiser())
    Board.objects.update(leader=Participant.objects.get())
    page.reload()
    waiting = activity.sessions.get(title="Session 3")
    form = page.get_by_role("form", name="Room and time of “Session 3”")
    form.get_by_label("Time").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    # The first cell is taken: it is said there, and what was chosen stays.
    expect(form).to_contain_text("“Session 0”")
    form.get_by_label("Time").select_option(index=2)
    form.get_by_label("Room").select_option(index=2)
    form.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("form", name="Room and time of “Session 3”").locator(".errorlist")).to_have_count(0)
    waiting.refresh_from_db()
    assert (waiting.room.name, waiting.slot) == ("Cellar", activity.slots.last())


def test_a_day_without_javascript(site, open_page):
    board, _activity = a_full_day("pitch")
    ola = seat(open_page, f"{site}/en/board/{board.code}/", "Ola", make_organiser(), script=False)
    Board.objects.update(leader=Participant.objects.get())
    kari = seat(open_page, f"{site}/en/board/{board.code}/sessions/", "Kari", script=False)
    kari.get_by_label("What is the session about?").fill("Plain language")
    submit(kari, kari.get_by_role("button", name="Offer the session"))
    ola.reload()
    submit(ola, ola.locator(".lead-panel__next button"))
    kari.reload()
    submit(kari, kari.get_by_role("button", name=re.compile("My dot.*Plain language")))
    submit(ola, ola.locator(".lead-panel__next button"))
    form = ola.get_by_role("form", name="Room and time of “Plain language”")
    form.get_by_label("Time").select_option(index=2)
    form.get_by_label("Room").select_option(index=2)
    submit(ola, form.get_by_role("button", name="Save"))
    submit(ola, ola.locator(".lead-panel__next button"))
    kari.reload()
    kari.get_by_text("Star sessions").click() if not kari.locator("#fold-stars[open]").count() else None
    submit(kari, kari.get_by_role("button", name=re.compile("In my plan.*Plain language")).first)
    assert "Cellar" in kari.locator("#mine").inner_text()
    kari.locator("#mine").get_by_role("link", name="Plain language").first.click()
    kari.get_by_label("A line for the notes").fill("Ask those it is for")
    submit(kari, kari.get_by_role("button", name="Add the line"))
    assert kari.url.endswith(f"/sessions/{Session.objects.get(title='Plain language').pk}/")
    assert "Ask those it is for" in kari.locator("#shared").inner_text()


def test_words_on_their_way_stay_when_the_grid_changes(site, open_page):
    board, activity = a_full_day("plan")
    page = seat(open_page, f"{site}/en/board/{board.code}/", "Kari")
    page.get_by_text("Offer a session").first.click()
    page.get_by_label("What is the session about?").fill("Half a thou")
    kari = Participant.objects.get()
    Board.objects.update(leader=kari)
    grid.add_rooms(activity, by=kari, member=None, names=["Garden"])
    make_session(activity=activity, title="A new one")
    grid.add_rooms(activity, by=kari, member=None, names=["Roof"])
    expect(page.locator("#shared")).to_contain_text("A new one")
    assert page.get_by_label("What is the session about?").input_value() == "Half a thou"
