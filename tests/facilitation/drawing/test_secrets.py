"""What nobody at a board may learn of another: who placed which dot, a note that hangs face down, the way to a microaction."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from facilitation.board_lock import TooLate
from facilitation.drawing import shared
from facilitation.models import Board, BoardPledge, Dot, Participant, Topic
from facilitation.table import dots, joining
from tests.facilitation.table.table import Person, organiser_and_guest
from tests.factories import make_board, make_board_pledge, make_dots, make_led_board, make_participant, make_topic

pytestmark = pytest.mark.django_db
NEXT_WEEK = timezone.localdate() + timedelta(days=7)


def sums(board):
    return {topic.text: topic.dots for topic in Topic.objects.filter(board=board).with_dots()}


def test_taking_somebody_off_after_the_sums_were_shown_does_not_tell_what_they_wanted():
    board = make_led_board(phase="talk")
    topic, gone = make_topic(board=board, text="Kaffe"), make_participant(board=board)
    make_dots(topic, gone, 2)
    joining.remove(board, by=board.leader, participant=gone)
    assert (sums(board), Dot.objects.count()) == ({"Kaffe": 2}, 0)


def test_going_back_to_the_dots_does_not_make_the_sums_a_secret_again():
    leader, guest = organiser_and_guest(phase="dots")
    topic = make_topic(board=leader.board, text="Kaffe")
    guest.do("dots", topic=topic.pk, count=2)
    leader.go("talk")
    leader.go("dots")
    leader.do("remove", participant=Participant.objects.get(nickname="Kari").pk)
    assert sums(leader.board) == {"Kaffe": 2}
    now = shared.snapshot(Board.objects.get())
    assert (now.dots_used, now.dots_all) == (0, 3)


def test_leaving_after_the_sums_were_shown_does_not_tell_what_one_wanted():
    _leader, guest = organiser_and_guest(phase="talk")
    topic = make_topic(board=guest.board, text="Kaffe")
    make_dots(topic, Participant.objects.get(nickname="Kari"), 2)
    guest.client.post(guest.address("leave"))
    assert (sums(guest.board), Dot.objects.count()) == ({"Kaffe": 2}, 0)


def test_a_device_that_joined_twice_takes_its_dots_along_while_nobody_knows_the_sums():
    board = make_led_board(phase="dots")
    topic, twin = make_topic(board=board, text="Kaffe"), make_participant(board=board)
    dots.place(topic, by=twin, count=2)
    joining.remove(board, by=board.leader, participant=twin)
    assert sums(board) == {"Kaffe": 0}


def test_a_note_that_hangs_face_down_is_not_read_by_merging_ones_own_into_it():
    leader, guest = organiser_and_guest()
    guest.write("Purple cows")
    leader.write("My own")
    hidden, own = Topic.objects.get(text="Purple cows"), Topic.objects.get(text="My own")
    answer = leader.do("merge", topic=own.pk, into=hidden.pk)
    assert "Purple" not in answer.content.decode() + leader.page() + leader.page("mine")


def kept_by_the_guest(**fields):
    leader, guest = organiser_and_guest(phase="microaction")
    sent = {"client_id": uuid4(), "what": "Drikke kaffe", "due_on": NEXT_WEEK, "visibility": "me", **fields}
    return leader, guest, sent, guest.do("pledge", **sent)


def test_an_address_that_is_passed_on_does_not_carry_the_way_to_a_microaction():
    leader, guest, _sent, answer = kept_by_the_guest()
    address, token = answer["Location"].partition("#")[0], BoardPledge.objects.get().microaction.token
    assert token in guest.client.get(address).content.decode()
    assert token not in leader.client.get(address).content.decode()


def test_the_name_of_somebody_elses_form_does_not_give_their_microaction():
    leader, _guest, sent, _answer = kept_by_the_guest()
    token = BoardPledge.objects.get().microaction.token
    answer = leader.client.post(leader.address("do", "pledge"), sent, headers={"X-Board": "1"})
    assert answer.status_code == 409 and token not in answer.content.decode()
    assert BoardPledge.objects.get().microaction.what == "Drikke kaffe"


def test_the_name_of_somebody_elses_note_neither_gives_nor_changes_it():
    leader, guest = organiser_and_guest()
    name = uuid4()
    guest.do("note", client_id=name, text="Purple cows")
    answer = leader.do("note", client_id=name, text="Mine")
    assert Topic.objects.get().text == "Purple cows"
    assert "Purple" not in answer.content.decode() + leader.page()


def test_a_cookie_of_one_board_is_nobody_at_another():
    leader, guest = organiser_and_guest()
    other = make_board()
    make_participant(board=other)
    thief = Client()
    thief.cookies[f"board_{other.code}"] = guest.client.cookies[f"board_{leader.board.code}"].value
    assert "/do/" not in thief.get(f"/nb/board/{other.code}/").content.decode()


def test_a_cookie_is_nobody_after_thirty_days(time_machine):
    _leader, guest = organiser_and_guest()
    assert "/do/note/" in guest.page()
    time_machine.move_to("2099-01-01")
    assert "/do/note/" not in guest.page()


def test_a_microaction_that_is_no_longer_shared_is_not_told_by_asking_again(client):
    board = make_board(phase="microaction")
    shared = make_board_pledge(board=board, what="Drikke kaffe", visibility="event").microaction
    address = f"/nb/board/{board.code}/shared/"
    first = client.get(address)
    assert "Drikke kaffe" in first.json()["html"]
    type(shared).objects.update(visibility="me")
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 200 and "Drikke kaffe" not in again.json()["html"]


def test_somebody_removed_while_they_rename_themselves_gets_an_answer():
    _leader, _guest = organiser_and_guest()
    gone = Participant.objects.get(nickname="Kari")
    Participant.objects.filter(pk=gone.pk).delete()
    with pytest.raises(TooLate):
        joining.rename(gone, nickname="Karin", name_in_summary=False)


@pytest.mark.usefixtures("early_in_the_hour")
def test_one_mailbox_is_not_filled_from_a_board():
    guest = Person(make_board(phase="microaction")).join("Kari")
    sent = {"what": "Drikke kaffe", "due_on": NEXT_WEEK, "visibility": "me", "email": "ola@example.org"}
    answers = [guest.do("pledge", client_id=uuid4(), **sent).status_code for _number in range(6)]
    assert answers == [302] * 5 + [429]
