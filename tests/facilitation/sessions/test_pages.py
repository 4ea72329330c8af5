"""The pages of sessions without the script: pitching, dots, laying the grid, one's own plan, notes, what was agreed."""

import re
from datetime import timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from events.models import Event
from facilitation.drawing import shared
from facilitation.models import Board, Participant, Session, SessionDot, SessionNote, SessionStar
from tests.facilitation.table.table import Person, organiser_and_guest
from tests.factories import make_event, make_session, make_session_room, make_session_slot, make_sessions

pytestmark = pytest.mark.django_db


def at(step, **fields):
    """Somebody who leads and is an organiser, a guest, and the sessions, which the room sees."""
    leader, guest = organiser_and_guest(**fields)
    leader.board.refresh_from_db()
    return leader, guest, make_sessions(board=leader.board, step=step)


def pitch(person, activity, title="Klart språk", **fields):
    return person.do("session-pitch", activity=activity.pk, client_id=uuid4(), title=title, **fields)


def text(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize("step", ["pitch", "dots", "plan", "day", "closed"])
@pytest.mark.parametrize("where", ["board", "beside", "screen", "session"])
def test_every_page_is_drawn_at_every_step(step, where):
    leader, guest, activity = at(step)
    make_session(activity=activity, title="Uten plass")
    room, slot = make_session_room(activity), make_session_slot(activity)
    session = make_session(
        activity=activity, title="Med plass", room=room, slot=slot, what_for="Mer", host_name="Per"
    )
    parts = {"board": (), "beside": ("sessions",), "screen": ("screen",), "session": ("sessions", str(session.pk))}
    for person in (leader, guest):
        answer = person.client.get(person.address(*parts[where]))
        assert answer.status_code == 200
        assert "Med plass" in answer.content.decode()


def test_opening_sessions_from_the_page_of_activities():
    leader, guest = organiser_and_guest()
    leader.client.post(
        leader.address("activities", "open", "sessions"), {"client_id": uuid4(), "question": "Hva nå?"}
    )
    activity = Board.objects.get().activity
    assert (activity.kind, activity.step) == ("sessions", "pitch")
    pitch(guest, activity)
    assert "Klart språk" in leader.page()


def test_a_name_is_shown_only_if_it_was_typed():
    _leader, guest, activity = at("pitch")
    pitch(guest, activity, "Uten navn")
    pitch(guest, activity, "Med navn", host_name="Kari E")
    page = text(Client().get(f"/nb/board/{guest.board.code}/shared/").json()["html"])
    assert "Kari E" in page and "Kari " not in page.replace("Kari E", "")


def test_a_session_without_a_title_comes_back_with_the_rest():
    _leader, guest, activity = at("pitch")
    answer = pitch(guest, activity, "", what_for="Det er dette")
    assert answer.status_code == 422
    assert "Det er dette" in answer.content.decode()


def test_dots_are_placed_by_a_button_and_the_sums_are_hidden_until_they_are_counted():
    leader, guest, activity = at("dots")
    session = make_session(activity=activity)
    guest.do("session-dot", session=session.pk, on="1")
    assert SessionDot.objects.get().participant.nickname == "Kari"
    assert "pips__no" not in text(leader.page("screen"))
    leader.do("session-go", activity=activity.pk, step="dots", number=0, to="plan")
    now = shared.snapshot(Board.objects.select_related(*shared.PARTS).get())
    assert [one.dots for one in now.waiting] == [1]


def test_the_whole_way_from_rooms_to_a_plan_of_ones_own():
    leader, guest, activity = at("plan")
    session = make_session(activity=activity)
    leader.do("session-rooms", activity=activity.pk, names="Loftet\nKjelleren")
    leader.do("session-slot", activity=activity.pk, starts="10:00", ends="10:45")
    room, slot = activity.rooms.get(name="Kjelleren"), activity.slots.get()
    leader.do("session-place", session=session.pk, version=0, room=room.pk, slot=slot.pk)
    guest.do("session-star", session=session.pk, on="1")
    assert "10.00–10.45, Kjelleren" in text(guest.page())
    guest.do("session-star", session=session.pk, on="0")
    assert SessionStar.objects.count() == 0


def test_times_are_on_the_events_clock():
    leader, _guest, activity = at("plan")
    type(leader.board.event).objects.update(time_zone="Europe/Helsinki")
    leader.do("session-slot", activity=activity.pk, starts="10:00", ends="10:45")
    local = activity.slots.get().starts_at.astimezone(ZoneInfo("Europe/Helsinki"))
    assert (local.hour, local.date()) == (10, Event.objects.get().local_start.date())
    assert "10.00–10.45" in text(leader.page())


def test_a_taken_cell_is_refused_beside_where_it_was_chosen():
    leader, _guest, activity = at("plan")
    room, slot = make_session_room(activity), make_session_slot(activity)
    make_session(activity=activity, title="Den første", room=room, slot=slot)
    second = make_session(activity=activity, title="Den andre")
    answer = leader.do("session-place", session=second.pk, version=0, room=room.pk, slot=slot.pk)
    page = answer.content.decode()
    form = page[page.index("«Den andre»") :]
    assert answer.status_code == 422
    assert "«Den første»" in text(form[: form.index("</form>")])


def test_a_room_without_a_time_is_refused():
    leader, _guest, activity = at("plan")
    room, session = make_session_room(activity), make_session(activity=activity)
    make_session_slot(activity)
    assert leader.do("session-place", session=session.pk, version=0, room=room.pk, slot="").status_code == 422


def test_sessions_of_one_person_at_the_same_time_are_pointed_out_to_hosts_alone():
    leader, guest, activity = at("plan")
    kari = Participant.objects.get(nickname="Kari")
    slot = make_session_slot(activity)
    for title in ("Det ene", "Det andre"):
        make_session(activity=activity, title=title, pitcher=kari, slot=slot, room=make_session_room(activity, title))
    assert 'notice--warning"><p>' in leader.page("sessions")
    assert 'notice--warning"><p>' not in guest.page("sessions")


def test_two_starred_sessions_at_the_same_time_are_pointed_out():
    _leader, guest, activity = at("day")
    slot = make_session_slot(activity)
    one, other = (
        make_session(activity=activity, title=t, slot=slot, room=make_session_room(activity, t)) for t in "AB"
    )
    for session in (one, other):
        guest.do("session-star", session=session.pk, on="1")
    assert guest.page().count("queue__clash") == 2


def test_now_and_next_follow_the_clock():
    leader, _guest, activity = at("day")
    start = leader.board.event.starts_at
    for hours, title in enumerate(["Først", "Så", "Sist"]):
        slot = make_session_slot(activity, timedelta(hours=hours))
        make_session(activity=activity, title=title, slot=slot, room=make_session_room(activity, title))
    for minutes, on, coming in [(10, ["Først"], ["Så"]), (50, [], ["Så"]), (130, ["Sist"], []), (200, [], [])]:
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            now = shared.snapshot(Board.objects.select_related(*shared.PARTS).get())
            shown = [[s.title for _slot, rows in found for s in rows] for found in (now.on_now, now.on_next)]
        assert shown == [on, coming]


def test_it_is_drawn_again_when_a_time_begins_or_ends():
    leader, _guest, activity = at("day")
    make_session_slot(activity)
    with time_machine.travel(leader.board.event.starts_at + timedelta(minutes=44), tick=False):
        now = shared.snapshot(Board.objects.select_related(*shared.PARTS).get())
        assert round(now.look_again) == 60


# While the room does something else


def test_the_grid_is_there_and_live_while_the_room_does_something_else():
    leader, guest, activity = at("plan")
    session = make_session(activity=activity)
    leader.do("show")
    assert "Klart språk" not in guest.page() and session.title not in guest.page()
    assert session.title in guest.page("sessions")
    part = Client().get(f"/nb/board/{guest.board.code}/shared/?view=sessions").json()
    assert session.title in part["html"]
    answer = guest.client.post(
        guest.address("do", "session-star") + "?at=sessions", {"session": session.pk, "on": "1"}
    )
    assert answer["Location"] == guest.address("sessions")


def test_forms_beside_lead_back_to_where_they_were():
    leader, guest, activity = at("plan")
    make_session(activity=activity)
    leader.do("show")
    actions = set(re.findall(r'action="([^"]*/do/session[^"]*)"', guest.page("sessions")))
    assert actions and all(action.endswith("?at=sessions") for action in actions)


def test_whoever_comes_by_the_link_to_the_sessions_joins_and_comes_back_to_them():
    leader, _guest, _activity = at("pitch")
    visitor = Person(leader.board)
    page = visitor.page("sessions")
    assert f"{visitor.address('join')}?at=sessions" in page
    answer = visitor.client.post(visitor.address("join") + "?at=sessions", {"nickname": "Siv"})
    assert answer["Location"] == visitor.address("sessions")


def test_a_board_without_sessions_has_no_page_for_them():
    _leader, guest = organiser_and_guest()
    answer = guest.client.get(guest.address("sessions"))
    assert (answer.status_code, answer["Location"]) == (302, guest.address())
    assert guest.client.get(guest.address("sessions.ics").rstrip("/")).status_code == 404


# One session


def test_notes_of_a_session_are_read_by_all_and_hidden_by_hosts():
    leader, guest, activity = at("day")
    session = make_session(activity=activity)
    guest.do("session-note", session=session.pk, client_id=uuid4(), text="Spør dem det gjelder")
    assert "Spør dem det gjelder" in leader.page("sessions", str(session.pk))
    leader.do("session-note-hide", note=SessionNote.objects.get().pk)
    assert "Spør dem det gjelder" not in guest.page("sessions", str(session.pk))


def test_what_was_agreed_builds_on_what_is_there():
    leader, guest, activity = at("day")
    session = make_session(activity=activity)
    address = guest.address("sessions", str(session.pk), "agreed")
    assert guest.client.post(address, {"agreed": "I mai", "version": "0"}).status_code == 302
    answer = leader.client.post(address, {"agreed": "I juni", "version": "0"})
    page = answer.content.decode()
    assert (answer.status_code, Session.objects.get().agreed) == (422, "I mai")
    assert "I mai" in page and "I juni" in page and 'name="version" value="1"' in page
    leader.client.post(address, {"agreed": "I mai og juni", "version": "1"})
    assert Session.objects.get().agreed == "I mai og juni"


def test_a_session_of_another_board_is_not_found():
    _leader, guest, _activity = at("day")
    other = make_session()
    assert guest.client.get(guest.address("sessions", str(other.pk))).status_code == 404
    assert guest.do("session-star", session=other.pk, on="1").status_code == 422


def test_without_the_script_hosts_are_not_interrupted_and_others_see_the_page_again():
    leader, guest, _activity = at("plan")
    assert 'http-equiv="refresh"' in guest.page()
    assert 'http-equiv="refresh"' not in leader.page()


def test_nobody_reads_in_the_shared_part_who_pitched_wrote_starred_or_dotted():
    leader, guest, activity = at("dots")
    pitch(guest, activity, "Uten navn")
    session = Session.objects.get()
    guest.do("session-dot", session=session.pk, on="1")
    guest.do("session-star", session=session.pk, on="1")
    guest.do("session-note", session=session.pk, client_id=uuid4(), text="En linje")
    for step in ("dots", "plan", "day"):
        type(activity).objects.update(step=step)
        pages = [leader.page("sessions"), leader.page("sessions", str(session.pk)), leader.page("screen")]
        found = [page.replace(" ".join(re.findall(r"<option.*?</option>", page)), "") for page in pages]
        lists = [re.sub(r'(?s)id="fold-people".*?</details>', "", page) for page in found]
        assert not any("Kari" in page for page in lists)


# The way there from the event's page, before the day


def panel_of(event, client=None):
    return "sessions-h" in (client or Client()).get(event.get_absolute_url()).content.decode()


def test_everybody_finds_open_sessions_on_the_events_page():
    leader, _guest, activity = at("pitch")
    event = leader.board.event
    assert panel_of(event)
    type(activity).objects.update(step="closed", closed_at=event.starts_at)
    assert not panel_of(event)


def test_a_draft_shows_no_way_to_its_sessions():
    leader, _guest, _activity = at("pitch")
    Event.objects.update(state="draft")
    assert not panel_of(leader.board.event, leader.client)


def test_other_events_show_nothing_of_them():
    at("pitch")
    other = make_event(title="Noe annet")
    assert not panel_of(other)


def test_who_pitches_weeks_before_is_known_until_two_days_after_the_event():
    leader, guest, _activity = at("pitch")
    event = leader.board.event
    until = event.ends_at + timedelta(days=2) - timezone.now()
    assert guest.client.cookies[f"board_{guest.board.code}"]["max-age"] >= until.total_seconds() - 60
    for days, is_known in [(-1, True), (1, True), (3, False)]:
        with time_machine.travel(event.ends_at + timedelta(days=days), tick=False):
            assert ("mine-h" in guest.page("sessions")) == is_known


def test_who_leads_the_board_is_not_asked_to_ask_themselves_on_the_page_of_a_session():
    leader, guest, activity = at("day")
    session = make_session(activity=activity)
    assert "fold-leave" in guest.page("sessions", str(session.pk))
    assert "fold-leave" not in leader.page("sessions", str(session.pk))


def test_the_page_of_a_session_is_titled_by_it():
    _leader, guest, activity = at("day")
    session = make_session(activity=activity, title="Brev som folk forstår")
    assert "<title>Brev som folk forstår: " in guest.page("sessions", str(session.pk))
