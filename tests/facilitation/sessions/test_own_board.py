"""A board of a session's own: who opens it, who leads, that the event's board is as it was, and how it ends."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from facilitation import privacy
from facilitation.board_lock import Closed
from facilitation.models import Board, board_of
from facilitation.sessions import own_board
from facilitation.table import phases, pledging
from facilitation.table.leading import NotLeading
from tests.facilitation.table.table import Person, organiser_and_guest
from tests.factories import make_board, make_event, make_member, make_participant, make_session, make_sessions

pytestmark = pytest.mark.django_db


def at_day(**fields):
    """Who leads the event's board, a guest who pitched, and the guest's session."""
    leader, guest = organiser_and_guest(**fields)
    activity = make_sessions(board=leader.board, step="day")
    pitcher = guest.board.participants.get(nickname="Kari")
    return leader, guest, make_session(activity=activity, pitcher=pitcher)


def open_as(person, session):
    return person.client.post(person.address("sessions", str(session.pk), "board"))


def at_board_of(session, person):
    other = Person(session.board, member=person.member)
    other.client = person.client
    return other


def test_whoever_pitched_opens_a_board_and_leads_it():
    _leader, guest, session = at_day()
    answer = open_as(guest, session)
    board = Board.objects.get(session=session)
    assert answer["Location"] == f"/nb/board/{board.code}/"
    assert (board.leader.nickname, board.event, board.language) == ("Kari", guest.board.event, guest.board.language)
    assert 'id="lead"' in at_board_of(session, guest).page()


def test_two_presses_open_one_board_and_its_leader_stays():
    leader, guest, session = at_day()
    open_as(guest, session)
    open_as(leader, session)
    board = Board.objects.get(session=session)
    assert [one.nickname for one in board.participants.all()] == [board.leader.nickname] == ["Kari"]


def test_others_open_none_but_hosts_do():
    _leader, guest, session = at_day()
    stranger = make_participant(board=guest.board)
    with pytest.raises(NotLeading):
        own_board.open_board(session, by=stranger, member=None)
    _board, leads = own_board.open_board(session, by=stranger, member=make_member(is_organiser=True))
    assert leads.number == 1


def test_visitors_who_have_not_joined_open_none():
    _leader, guest, session = at_day()
    answer = open_as(Person(guest.board), session)
    assert (answer.status_code, Board.objects.filter(session=session).exists()) == (302, False)


def test_a_closed_session_opens_none():
    _leader, guest, session = at_day()
    phases.close_forgotten(guest.board)
    with pytest.raises(Closed):
        own_board.open_board(type(session).objects.get(), by=session.pitcher, member=None)


def test_its_link_and_code_are_on_the_page_of_the_session():
    _leader, guest, session = at_day()
    visitor = Person(guest.board).join("Siv")
    assert "own-board" not in visitor.page("sessions", str(session.pk))
    open_as(guest, session)
    page = visitor.page("sessions", str(session.pk))
    assert session.board.get_absolute_url() in page and f"b/{session.board.code}<" in page
    assert "<svg" in page[page.index("own-board__way") :]


def test_whoever_sits_at_the_events_board_joins_with_one_tap():
    leader, guest, session = at_day()
    open_as(leader, session)
    page = at_board_of(session, guest).page()
    assert 'value="Kari"' in page and session.title in page


def test_the_events_board_is_as_it_was():
    leader, guest, session = at_day()
    before = Board.objects.get(session=None)
    open_as(guest, session)
    other = at_board_of(session, guest)
    other.write("Bare her")
    other.go("closed")
    board = Board.objects.get(session=None)
    assert (board.pk, board.phase, board.leader_id) == (before.pk, before.phase, before.leader_id)
    assert board_of(type(board.event).objects.get()) == board
    assert "Bare her" not in leader.page()
    assert board.activities.get().closed_at is None


def test_its_board_has_no_activities_of_its_own():
    _leader, guest, session = at_day()
    open_as(guest, session)
    other = at_board_of(session, guest)
    assert "/activities/" not in other.page()
    assert other.client.get(other.address("activities")).status_code == 302
    other.client.post(other.address("activities", "open", "sessions"), {"client_id": uuid4()})
    assert other.board.activities.count() == 0


def test_a_microaction_at_it_is_one_of_the_event():
    _leader, guest, session = at_day()
    board, leads = own_board.open_board(session, by=session.pitcher, member=None)
    words = {"what": "Ring noen", "language": "nb", "in_summary": True, "due_on": board.event.local_end.date()}
    pledge = pledging.pledge(board, by=leads, client_id=uuid4(), **words)
    assert pledge.microaction.event == guest.board.event


def test_a_forgotten_one_is_closed_with_its_event():
    _leader, _guest, session = at_day()
    board, _leads = own_board.open_board(session, by=session.pitcher, member=None)
    with time_machine.travel(timezone.now() + timedelta(days=60)):
        privacy.close_forgotten_boards()
    assert Board.objects.get(pk=board.pk).is_closed


def test_the_database_refuses_a_board_of_both_or_of_nothing():
    session = make_session()
    for fields in ({}, {"session": session, "at_event": make_event()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Board.objects.create(**fields)
    make_board(session=session)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_board(session=session)
