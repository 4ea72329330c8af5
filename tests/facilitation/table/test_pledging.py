"""Microactions from a board: a member's, a guest's, or of somebody whose address nobody knows."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from chapter.models import Delivery
from facilitation.board_lock import Closed
from facilitation.models import Board, BoardPledge
from facilitation.table import pledging
from facilitation.table.leading import NotLeading
from microactions.models import Microaction
from tests.factories import make_board, make_event, make_leader, make_member, make_participant
from tests.threads import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make_board(phase="microaction")


@pytest.fixture
def ada(board):
    return make_participant(board=board)


def pledge(board, *, by, what="Have coffee next door", **fields):
    day = timezone.localdate() + timedelta(days=7)
    usual = {"client_id": uuid4(), "language": "nb", "in_summary": False, "due_on": day}
    return pledging.pledge(board, by=by, what=what, **{**usual, **fields})


def test_without_an_address_it_is_open_private_and_nobodys(board, ada):
    made = pledge(board, by=ada).microaction
    assert (made.member, made.email, made.status, made.visibility) == (None, "", "open", "me")
    assert Delivery.objects.count() == 0


def test_member_owns_it_and_the_board_knows_where_it_came_from(board, ada):
    member = make_member()
    made = pledge(board, by=ada, member=member, in_summary=True)
    assert (made.microaction.member, made.microaction.event) == (member, board.event)
    assert (made.participant, made.in_summary) == (ada, True)


def test_guest_gets_the_mail_to_confirm_it(board, ada):
    made = pledge(board, by=ada, email="ada@example.org").microaction
    assert (made.email, made.status) == ("ada@example.org", "pending")
    assert [delivery.kind for delivery in Delivery.objects.all()] == ["pledge_confirm"]


def test_it_is_always_from_the_event_of_the_board(board, ada):
    assert pledge(board, by=ada, event=make_event()).microaction.event == board.event


def test_what_the_form_says_is_stored(board, ada):
    made = pledge(board, by=ada, cue="I open my laptop", visibility="event").microaction
    assert (made.cue, made.visibility) == ("I open my laptop", "event")


def test_pledge_sent_twice_is_one_microaction_and_one_notice(board, ada):
    first = pledge(board, by=ada)
    version = Board.objects.get().version
    again = pledge(board, by=ada, client_id=first.client_id, what="Something else")
    assert (again, Microaction.objects.count(), Board.objects.get().version) == (first, 1, version)


@pytest.mark.django_db(transaction=True)
def test_pledge_sent_many_times_at_once_is_one_microaction_and_one_mail(board, ada):
    def send(client_id):
        return pledge(board, by=ada, client_id=client_id, email="ada@example.org")

    results = at_once(send, *[uuid4()] * 8)
    assert set(results) == {BoardPledge.objects.get()}
    assert (Microaction.objects.count(), Delivery.objects.count()) == (1, 1)


def test_for_the_room_only_by_whoever_leads_and_it_is_never_theirs(board, ada):
    member = make_member(is_organiser=True)
    made = pledge(board, by=make_leader(board=board), member=member, for_room=True)
    assert (made.participant, made.microaction.member) == (None, None)
    with pytest.raises(NotLeading):
        pledge(board, by=ada, for_room=True)


def test_day_that_is_over_stores_nothing(board, ada):
    with pytest.raises(ValidationError):
        pledge(board, by=ada, due_on=timezone.localdate() - timedelta(days=2))
    assert (Microaction.objects.count(), Board.objects.get().version) == (0, board.version)


def test_closed_board_takes_no_pledge():
    board = make_board(phase="closed")
    with pytest.raises(Closed):
        pledge(board, by=make_participant(board=board))
