"""Writing a card: one each, never twice, never lost."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from facilitation.board_lock import TooLate
from facilitation.models import Card
from facilitation.table import joining
from facilitation.table.leading import NotLeading
from facilitation.twenty_five import actions
from tests.facilitation.twenty_five.hall import Hall
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def texts(hall):
    return sorted(hall.activity.cards.values_list("text", flat=True))


def test_a_second_card_of_a_person_is_the_first_one_changed():
    hall = Hall(people=2, writers=0)
    hall.write(hall.people[1], "First")
    hall.write(hall.people[1], "Second")
    assert texts(hall) == ["Second"]


def test_the_leader_writes_for_people_without_a_phone():
    hall = Hall(people=1)
    hall.write(hall.leader, "Of the room", for_room=True)
    hall.write(hall.leader, "Of the room, too", for_room=True)
    assert texts(hall) == ["Card 0", "Of the room", "Of the room, too"]
    assert list(hall.activity.cards.exclude(author=None).values_list("text", flat=True)) == ["Card 0"]


def test_a_card_for_the_room_that_is_sent_twice_is_stored_once():
    hall, name = Hall(people=1, writers=0), uuid4()
    for _ in range(2):
        hall.write(hall.leader, "Of the room", for_room=True, client_id=name)
    assert texts(hall) == ["Of the room"]


def test_others_do_not_write_for_the_room():
    hall = Hall(people=2, writers=0)
    with pytest.raises(NotLeading):
        hall.write(hall.people[1], "Of the room", for_room=True)


def test_the_name_of_somebody_elses_card_neither_gives_nor_changes_it():
    hall, name = Hall(people=2, writers=0), uuid4()
    hall.write(hall.people[0], "Mine", client_id=name)
    assert hall.write(hall.people[1], "Theirs", client_id=name) is None
    assert texts(hall) == ["Mine"]


def test_a_card_is_taken_down_by_its_author_alone():
    hall = Hall(people=2)
    actions.withdraw(hall.activity, by=hall.people[1])
    assert texts(hall) == ["Card 0"]


def test_no_card_is_written_once_the_scoring_has_begun():
    hall = Hall().go("round")
    with pytest.raises(actions.WritingOver):
        hall.write(hall.leader, "Too late")
    with pytest.raises(actions.WritingOver):
        actions.withdraw(hall.activity, by=hall.leader)


def test_somebody_who_was_removed_writes_nothing():
    hall = Hall(people=2, writers=0)
    gone = hall.people[1]
    joining.remove(hall.board, by=hall.leader, participant=gone)
    with pytest.raises(TooLate):
        hall.write(gone, "A card")


def test_the_card_of_somebody_who_leaves_stays_without_an_author():
    hall = Hall(people=2)
    joining.leave(hall.board, by=hall.people[1])
    assert sorted(hall.activity.cards.values_list("text", "author")) == [("Card 0", hall.leader.pk), ("Card 1", None)]


def test_the_database_refuses_a_second_card_of_a_person():
    hall = Hall(people=1)
    with pytest.raises(IntegrityError, match="card_one_each"), transaction.atomic():
        Card.objects.create(activity=hall.activity, author=hall.leader, client_id=uuid4(), text="Another")


@pytest.mark.django_db(transaction=True)
def test_two_taps_at_the_same_time_make_one_card():
    hall, name = Hall(people=1, writers=0), uuid4()
    made = at_once(lambda text: hall.write(hall.leader, text, client_id=name), "A card", "A card")
    assert [card.text for card in made] == ["A card", "A card"] and texts(hall) == ["A card"]


@pytest.mark.django_db(transaction=True)
def test_whoever_writes_while_they_leave_is_answered():
    hall = Hall(people=2, writers=0)
    leaver = hall.people[1]
    work = [lambda: hall.write(leaver, "A card"), lambda: joining.leave(hall.board, by=leaver)]
    written, _ = at_once(lambda do: do(), *work)
    assert isinstance(written, TooLate) or hall.activity.cards.get().author is None
