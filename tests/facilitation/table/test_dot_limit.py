"""Never more dots than each has, however many are placed at once, and also round every verb."""

from functools import partial

import pytest
from django.db import IntegrityError, connection

from facilitation.models import Dot
from facilitation.table import dots
from tests.events.rsvps.crowd import all_at_once
from tests.factories import make_board, make_dots, make_participant, make_topic

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def board():
    return make_board(phase="dots", dots_each=3)


@pytest.fixture
def ada(board):
    return make_participant(board=board)


def insert(participant, topic, slot):
    columns = "facilitation_dot (participant_id, topic_id, slot)"
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {columns} VALUES (%s, %s, %s)", [participant.pk, topic.pk, slot])


def test_100_dots_at_once_on_as_many_topics(board, ada):
    rows = [make_topic(board=board) for _ in range(100)]
    results = all_at_once(partial(dots.place, topic, by=ada, count=1) for topic in rows)
    assert Dot.objects.filter(participant=ada).count() == 3
    assert sum(isinstance(result, dots.OverLimit) for result in results) == 97


def test_100_times_the_same_dots_at_once(board, ada):
    topic = make_topic(board=board)
    results = all_at_once(partial(dots.place, topic, by=ada, count=2) for _ in range(100))
    assert set(results) == {None}
    assert dots.mine(ada) == {topic.pk: 2}


def test_100_dots_at_once_in_raw_sql(board, ada):
    topic = make_topic(board=board)
    results = all_at_once(partial(insert, ada, topic, slot % 7) for slot in range(100))
    assert sorted(Dot.objects.filter(participant=ada).values_list("slot", flat=True)) == [1, 2, 3]
    assert sum(isinstance(result, IntegrityError) for result in results) == 97


def test_100_dots_at_once_by_the_models_alone(board, ada):
    topic = make_topic(board=board)
    make = partial(Dot.objects.create, participant=ada, topic=topic)
    all_at_once(partial(make, slot=slot % 5 + 1) for slot in range(100))
    assert Dot.objects.filter(participant=ada).count() == 3


def test_dot_cannot_be_moved_to_a_slot_above_the_limit(board, ada):
    make_dots(make_topic(board=board), ada)
    with pytest.raises(IntegrityError, match="has 3 dots"):
        Dot.objects.update(slot=4)


def test_database_refuses_a_dot_on_another_board(ada):
    with pytest.raises(IntegrityError, match="another board"):
        insert(ada, make_topic(), 1)


def test_database_refuses_dots_once_they_are_sealed():
    board = make_board(phase="closed")
    with pytest.raises(IntegrityError):
        insert(make_participant(board=board), make_topic(board=board), 1)
