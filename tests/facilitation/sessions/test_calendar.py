"""Sessions as calendar entries: the same UID for good, a higher number after each change, the event's clock."""

from datetime import timedelta

import icalendar
import pytest
from django.test import Client

from facilitation.sessions import grid, pitching
from tests.factories import (
    make_event,
    make_led_board,
    make_session,
    make_session_room,
    make_session_slot,
    make_sessions,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    board = make_led_board(event=make_event(time_zone="Europe/Helsinki"))
    activity = make_sessions(board=board, step="day")
    room, slot = make_session_room(activity), make_session_slot(activity)
    words = {"title": "Klart språk; og, mer", "what_for": "Finne ut.\nPrøve.", "host_name": "Kari"}
    return make_session(activity=activity, room=room, slot=slot, **words)


def read(session, name="sessions.ics"):
    answer = Client().get(f"/nb/board/{session.activity.board.code}/{name}")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return icalendar.Calendar.from_ical(answer.content)


def test_one_session_says_what_where_when_and_by_whom(session):
    (entry,) = read(session, f"sessions/{session.pk}.ics").walk("VEVENT")
    assert (str(entry["summary"]), str(entry["uid"])) == ("Klart språk; og, mer", str(session.uid))
    assert str(entry["location"]).startswith("Loftet")
    assert "Finne ut.\nPrøve." in str(entry["description"]) and "Kari" in str(entry["description"])
    assert entry.decoded("dtstart") == session.slot.starts_at.replace(microsecond=0)
    assert entry["dtstart"].params["TZID"] == "Europe/Helsinki"


def test_the_day_has_those_with_a_place_and_their_zone(session):
    make_session(activity=session.activity, title="Uten plass")
    calendar = read(session)
    assert [str(entry["summary"]) for entry in calendar.walk("VEVENT")] == [session.title]
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Helsinki"]


def test_the_same_rows_are_the_same_bytes(session):
    address = f"/nb/board/{session.activity.board.code}/sessions.ics"
    first, second = (Client().get(address) for _ in range(2))
    assert first.content == second.content
    assert Client().get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("change", ["words", "place", "room", "time"])
def test_each_change_is_a_higher_number_under_the_same_uid(session, change):
    (before,) = read(session).walk("VEVENT")
    leader = {"by": session.activity.board.leader, "member": None}
    if change == "words":
        pitching.edit(session, title="Nytt", **leader)
    elif change == "place":
        grid.place(session, room=make_session_room(session.activity, "Salen"), slot=session.slot, version=0, **leader)
    elif change == "room":
        grid.rename_room(session.room, name="Salen", **leader)
    else:
        later = session.slot.ends_at + timedelta(hours=1)
        grid.move_slot(session.slot, starts_at=session.slot.ends_at, ends_at=later, **leader)
    (after,) = read(session).walk("VEVENT")
    assert after["uid"] == before["uid"]
    assert after["sequence"] > before["sequence"]
    assert after.decoded("last-modified") >= before.decoded("last-modified")


def test_a_session_without_a_place_any_more_is_not_in_a_calendar(session):
    grid.remove_room(session.room, by=session.activity.board.leader, member=None)
    assert read(session).walk("VEVENT") == []
