"""The table from joining to the closed board: what is filled in, what is next, and what stands where."""

from datetime import timedelta

import pytest
from django.test import Client

from facilitation.models import Board
from tests.facilitation.table.table import Person, organiser_and_guest
from tests.factories import make_board, make_leader, make_member, make_round, make_topic

pytestmark = pytest.mark.django_db


# Joining


def name_field(board, member=None):
    page = Person(board, member=member).page()
    return page.partition('name="nickname"')[2].partition(">")[0]


def test_member_who_joins_has_the_first_name_filled_in():
    assert 'value="Ola"' in name_field(make_board(), make_member(name="Ola Normann"))


@pytest.mark.parametrize("name", ["", "x" * 80])
def test_name_that_is_missing_or_too_long_is_not_filled_in(name):
    member = make_member(name="Somebody")
    type(member).objects.filter(pk=member.pk).update(name=name)
    member.refresh_from_db()
    assert "value=" not in name_field(make_board(), member)


def test_visitor_has_no_name_filled_in():
    assert "value=" not in name_field(make_board())


# The next step


def bar(person):
    return person.page().partition('<div class="lead-bar')[2]


def goes_to(phase, page):
    return f'name="to_phase" value="{phase}"' in page


def test_bar_offers_the_next_step_while_topics_are_queued():
    leader, _guest = organiser_and_guest(phase="talk")
    make_topic(board=leader.board)
    assert "/do/start/" in bar(leader) and goes_to("microaction", bar(leader))


def test_bar_offers_no_step_away_from_a_topic_on_the_table():
    leader, _guest = organiser_and_guest(phase="talk")
    make_round(topic=make_topic(board=leader.board))
    make_topic(board=leader.board)
    assert not goes_to("microaction", bar(leader))


def test_step_that_is_next_anyway_is_offered_once():
    leader, _guest = organiser_and_guest(phase="talk")
    assert bar(leader).count("<form") == 1 and goes_to("microaction", bar(leader))


# The verdict


def verdict(board):
    return Client().get(f"/en/board/{board.code}/shared/").json()["html"]


@pytest.mark.parametrize(
    ("nickname", "told"), [("Ola", "Ola decided: “Kaffe” is done"), ("", "The person leading decided")]
)
def test_verdict_names_whoever_decided_if_they_have_a_name(nickname, told):
    board = make_board(phase="talk")
    leader = make_leader(board=board, nickname=nickname)
    topic = make_topic(board=board, text="Kaffe", state="done")
    make_round(topic=topic, result="move_on", overruled=True, decided_by=leader)
    assert told in verdict(board)


def test_verdict_of_the_thumbs_names_nobody():
    board = make_board(phase="talk")
    make_leader(board=board, nickname="Ola")
    make_round(topic=make_topic(board=board, state="done"), result="move_on", down=2)
    assert "Ola decided" not in verdict(board)


# The closed board


def test_closed_board_lists_what_was_talked_about_before_the_rest():
    board = make_board(phase="closed")
    make_topic(board=board, text="Never reached", dots=5)
    make_round(
        topic=make_topic(board=board, text="Talked about", state="done"), result="move_on", ends_in=timedelta(0)
    )
    page = Person(board).page()
    assert 0 < page.index("Talked about") < page.index("Never reached")
    assert Board.objects.get().is_closed
