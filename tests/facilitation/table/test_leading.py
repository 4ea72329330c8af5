"""Who leads: taken over openly, taken back with one tap, never by itself."""

import pytest

from facilitation.board_lock import TooLate
from facilitation.models import Board, Round
from facilitation.table import boards, joining, leading, talk
from tests.factories import make_board, make_led_board, make_organiser, make_participant, make_round, make_topic
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def _leads(board):
    return Board.objects.get(pk=board.pk).leader


def test_first_organiser_to_join_leads_and_the_next_does_not():
    board = make_board()
    guest = joining.join(board)
    first, second = (joining.join(board, is_organiser=True) for _ in range(2))
    assert (_leads(board), guest.number, second.number) == (first, 1, 3)


def test_anybody_takes_over_while_the_role_is_not_locked_and_gives_it_back():
    board = make_led_board()
    ola, kari = board.leader, make_participant(board=board)
    leading.take_over(board, by=kari, seen_leader=ola.pk)
    assert (_leads(board), Board.objects.get().led_before) == (kari, ola)
    leading.give_back(board, by=kari)
    assert (_leads(board), Board.objects.get().led_before) == (ola, None)


def test_who_led_before_takes_it_back_with_one_tap_also_when_it_was_locked_meanwhile():
    board = make_led_board()
    ola, kari = board.leader, make_participant(board=board)
    leading.take_over(board, by=kari, seen_leader=ola.pk)
    boards.change_settings(board, by=kari, role_locked=True)
    leading.reclaim(board, by=ola)
    assert _leads(board) == ola


def test_locked_role_is_for_organisers_only():
    board = make_led_board(role_locked=True)
    seen = board.leader_id
    with pytest.raises(leading.RoleLocked):
        leading.take_over(board, by=make_participant(board=board), seen_leader=seen)
    organiser = make_participant(board=board)
    leading.take_over(board, by=organiser, seen_leader=seen, member=make_organiser())
    assert _leads(board) == organiser


def test_second_of_two_takers_is_told_who_leads():
    board = make_led_board()
    seen, first, second = board.leader_id, make_participant(board=board), make_participant(board=board)
    leading.take_over(board, by=first, seen_leader=seen)
    with pytest.raises(leading.AlreadyLed) as error:
        leading.take_over(board, by=second, seen_leader=seen)
    assert (error.value.leader, _leads(board)) == (first, first)


@pytest.mark.django_db(transaction=True)
def test_two_who_take_over_at_once_get_one_leader():
    board = make_led_board()
    seen, takers = board.leader_id, [make_participant(board=board) for _ in range(6)]
    told = at_once(lambda one: leading.take_over(board, by=one, seen_leader=seen), *takers)
    losers = [result for result in told if isinstance(result, leading.AlreadyLed)]
    assert (len(losers), {loser.leader for loser in losers}) == (5, {_leads(board)})


def test_when_the_facilitators_phone_dies_another_takes_over_and_the_clock_goes_on():
    board = make_led_board(phase=Board.Phase.TALK)
    round = make_round(topic=make_topic(board=board))
    other = make_participant(board=board)
    leading.take_over(board, by=other, seen_leader=board.leader_id)
    after = Round.objects.get()
    assert (after.ends_at, after.paused_seconds, after.is_running) == (round.ends_at, None, True)
    assert talk.ask_now(after, by=other).is_voting


def test_role_is_handed_only_to_somebody_of_this_board_and_by_who_leads():
    board, other = make_led_board(), make_board()
    guest, stranger = make_participant(board=board), make_participant(board=other)
    with pytest.raises(leading.NotLeading):
        leading.hand_over(board, by=guest, to=guest)
    with pytest.raises(TooLate):
        leading.hand_over(board, by=board.leader, to=stranger)
    assert _leads(board) == board.leader
    leading.hand_over(board, by=board.leader, to=guest)
    assert _leads(board) == guest


def test_strangers_cannot_reclaim_give_back_or_dismiss():
    board = make_led_board()
    guest = make_participant(board=board)
    for verb in (leading.reclaim, leading.give_back, leading.dismiss_notice):
        with pytest.raises(leading.NotLeading):
            verb(board, by=guest)


def test_dismissed_notice_leaves_nothing_to_take_back():
    board = make_led_board()
    ola, kari = board.leader, make_participant(board=board)
    leading.hand_over(board, by=ola, to=kari)
    leading.dismiss_notice(board, by=kari)
    with pytest.raises(leading.NotLeading):
        leading.reclaim(board, by=ola)


def test_somebody_who_was_removed_a_moment_ago_cannot_lead():
    board = make_led_board()
    gone, seen = make_participant(board=board), board.leader_id
    joining.remove(board, by=board.leader, participant=gone)
    with pytest.raises(TooLate):
        leading.take_over(board, by=gone, seen_leader=seen)
    with pytest.raises(TooLate):
        leading.hand_over(board, by=board.leader, to=gone)
