"""Buddies at a board: all who want one are paired in one go, with or without an address."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import override_settings
from django.utils import timezone

from chapter.models import Delivery
from facilitation.drawing import shared
from facilitation.models import Board
from facilitation.table import phases, pledging
from facilitation.table.leading import NotLeading
from microactions.models import Makker
from tests.facilitation.table.table import Person, organiser_and_guest
from tests.factories import make_board_pledge, make_led_board, make_member, make_participant
from tests.threads import at_once

pytestmark = pytest.mark.django_db
NEXT_WEEK = timezone.localdate() + timedelta(days=7)


@pytest.fixture
def board():
    return make_led_board(phase="microaction")


def wish(board, nickname="", **fields):
    person = make_participant(board=board, nickname=nickname)
    return make_board_pledge(
        board=board,
        participant=person,
        **{"wants_makker": True, "due_on": NEXT_WEEK, "member": None, "visibility": "me", **fields},
    ).microaction


def buddy_of(microaction):
    return Makker.objects.get(microaction=microaction)


def test_two_without_an_address_are_each_others_buddies_by_the_names_they_have_here(board):
    kari, ali = wish(board, "Kari"), wish(board, "Ali")
    pledging.pair_everyone(board, by=board.leader)
    assert (buddy_of(kari).person_name, buddy_of(ali).person_name) == ("Ali", "Kari")
    assert {row.visibility for row in (kari, ali) if row.refresh_from_db() is None} == {"makker"}
    assert Delivery.objects.count() == 0


def test_who_gave_no_name_is_called_as_the_board_calls_them(board):
    kari, guest = wish(board, "Kari"), wish(board)
    pledging.pair_everyone(board, by=board.leader)
    assert buddy_of(kari).person_name == guest.at_board.participant.display_name != ""


def test_a_hall_is_paired_and_one_of_an_odd_number_waits(board):
    wishes = [wish(board, f"Person {number}") for number in range(41)]
    pledging.pair_everyone(board, by=board.leader)
    pairs = dict(Makker.objects.values_list("microaction", "paired_with"))
    assert len(pairs) == 40 and all(pairs[other] == mine for mine, other in pairs.items())
    assert pledging.wanting(board).get() in wishes
    late = wish(board, "Late")
    pledging.pair_everyone(board, by=board.leader)
    assert (pledging.wanting(board).count(), buddy_of(late).is_accepted) == (0, True)


def test_a_member_is_told_by_mail_too(board):
    wish(board, member=make_member())
    wish(board, "Kari")
    pledging.pair_everyone(board, by=board.leader)
    assert Delivery.objects.filter(kind="makker_found").count() == 1


def test_who_wants_none_or_has_let_it_go_is_left_alone(board):
    wish(board, "Kari")
    wish(board, "No", wants_makker=False)
    wish(board, "Gone", status="let_go")
    pledging.pair_everyone(board, by=board.leader)
    assert Makker.objects.count() == 0


def test_nobody_becomes_their_own_buddy(board):
    member = make_member()
    wish(board, member=member), wish(board, member=member)
    pledging.pair_everyone(board, by=board.leader)
    assert Makker.objects.count() == 0


def test_only_the_leader_pairs(board):
    wish(board), wish(board)
    with pytest.raises(NotLeading):
        pledging.pair_everyone(board, by=make_participant(board=board))


def test_closing_pairs_who_is_left(board):
    wish(board, "Kari"), wish(board, "Ali")
    phases.go(board, by=board.leader, from_phase="microaction", to_phase="closed", version=board.version)
    assert Makker.objects.accepted().count() == 2


@pytest.mark.django_db(transaction=True)
def test_pressed_many_times_at_once_nobody_gets_two(board):
    for number in range(10):
        wish(board, f"Person {number}")
    at_once(lambda _: pledging.pair_everyone(Board.objects.get(), by=board.leader), *range(6))
    assert Makker.objects.accepted().count() == 10


def test_each_phone_fetches_its_buddy(board):
    wish(board, "Kari"), wish(board, "Ali")
    before = shared.snapshot(Board.objects.get()).stamp
    pledging.pair_everyone(board, by=board.leader)
    assert shared.snapshot(Board.objects.get()).stamp != before


@override_settings(LANGUAGE_CODE="nb")
def test_without_an_address_the_phone_shows_who_it_is():
    leader, kari = organiser_and_guest(phase="microaction")
    ali = Person(leader.board).join("Ali")
    for person in (kari, ali):
        answer = person.do(
            "pledge", client_id=uuid4(), what="Walk",
            due_on=NEXT_WEEK, visibility="me", wants_makker="on",
        )  # fmt: skip
        assert answer.status_code == 302
    assert "<strong>Ali</strong>" not in kari.page()
    leader.do("pair")
    assert "<strong>Ali</strong>" in kari.page() and "<strong>Kari</strong>" in ali.page()


def test_a_hall_sends_the_newest_and_says_how_many_more(board):
    for number in range(shared.MOST_PLEDGES + 5):
        make_board_pledge(board=board, what=f"Step {number}", visibility="event")
    now = shared.snapshot(Board.objects.get())
    assert (len(now.pledges), now.more_pledges, now.pledge_count) == (60, 5, 65)
    assert now.pledges[-1].what == "Step 64"
