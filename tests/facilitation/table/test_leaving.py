"""Leaving a board: the person and their dots go, their notes stay and are nobody's."""

import pytest

from facilitation.models import Board, Dot, Participant, Topic
from tests.facilitation.table.table import Person, organiser_and_guest
from tests.factories import make_board_pledge, make_dots, make_topic

pytestmark = pytest.mark.django_db


def leave(person):
    return person.client.post(person.address("leave"))


def test_whoever_leaves_is_nobody_at_the_board_any_more():
    _leader, guest = organiser_and_guest()
    left = leave(guest)
    assert left["Location"] == f"/nb/events/{guest.board.event.slug}/"
    assert [person.nickname for person in Participant.objects.all()] == ["Ola"]
    assert guest.client.cookies[f"board_{guest.board.code}"].value == ""
    assert 'class="join__form"' in guest.page()


def test_notes_stay_unsigned_and_dots_go():
    _leader, guest = organiser_and_guest(phase="dots", show_at_once=True)
    guest.write("Forms nobody reads", show_nickname="on")
    kari = Participant.objects.get(nickname="Kari")
    make_dots(make_topic(board=guest.board), kari, 2)
    leave(guest)
    note = Topic.objects.get(text="Forms nobody reads")
    assert (note.author, note.signature, note.state) == (None, "", "waiting")
    assert not Dot.objects.exists()


def test_microaction_stays_with_its_person():
    _leader, guest = organiser_and_guest(phase="microaction")
    pledge = make_board_pledge(board=guest.board, participant=Participant.objects.get(nickname="Kari"))
    leave(guest)
    pledge.refresh_from_db()
    assert (pledge.participant, pledge.microaction.status) == (None, "open")


@pytest.mark.parametrize("phase", ["talk", "closed"])
def test_whoever_leads_hands_the_role_over_first(phase):
    leader, guest = organiser_and_guest()
    leader.go(phase)
    assert leave(leader)["Location"] == leader.address()
    assert Board.objects.get().leader.nickname == "Ola"
    assert "notice notice--warning" in leader.page() and leader.address("leave") not in leader.page()
    assert f'action="{guest.address("leave")}"' in guest.page()


def test_whoever_led_before_may_leave_and_the_role_is_not_theirs_to_take_back():
    leader, _guest = organiser_and_guest()
    leader.do("hand-over", to=Participant.objects.get(nickname="Kari").pk)
    leave(leader)
    board = Board.objects.get()
    assert (board.leader.nickname, board.led_before) == ("Kari", None)


def test_a_closed_board_can_be_left_and_still_be_read():
    leader, guest = organiser_and_guest()
    leader.write("Forms nobody reads")
    leader.go("closed")
    leave(guest)
    assert Participant.objects.count() == 1
    assert "Forms nobody reads" in guest.page()


def test_leaving_tells_the_others_and_leaving_twice_changes_nothing():
    _leader, guest = organiser_and_guest()
    before = Board.objects.get().version
    leave(guest)
    leave(guest)
    leave(Person(guest.board))
    assert Board.objects.get().version == before + 1


def test_leaving_by_a_link_alone_does_nothing():
    _leader, guest = organiser_and_guest()
    assert guest.client.get(guest.address("leave")).status_code == 405
    assert Participant.objects.count() == 2
