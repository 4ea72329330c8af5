"""The pages of a board: who sees what, and what happens when somebody presses at the wrong moment."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from facilitation.models import Board, Participant, Topic
from tests.facilitation.table.table import Person, organiser_and_guest
from tests.factories import (
    make_board,
    make_event,
    make_member,
    make_microaction,
    make_organiser,
    make_participant,
    make_round,
    make_topic,
)

pytestmark = pytest.mark.django_db


# Joining


def test_joining_takes_no_account_and_no_address():
    board = make_board()
    guest = Person(board).join("Kari", been_before="no")
    kari = board.participants.get()
    assert (kari.nickname, kari.been_before, kari.name_in_summary, kari.is_organiser) == ("Kari", False, False, False)
    assert 'id="mine"' in guest.page()


def test_joining_twice_on_one_device_is_once_and_a_second_device_is_a_second_person():
    board = make_board()
    Person(board).join("Kari").join("Kari again")
    Person(board).join("Kari")
    assert [person.nickname for person in board.participants.order_by("number")] == ["Kari", "Kari"]


def test_the_first_organiser_who_joins_leads_and_a_member_does_not():
    board = make_board()
    Person(board, member=make_member()).join("Kari")
    assert Board.objects.get().leader is None
    Person(board, member=make_organiser()).join("Ola")
    assert Board.objects.get().leader.nickname == "Ola"


def test_the_join_page_hides_the_board():
    board = make_board(show_at_once=True)
    make_topic(board=board, text="Purple cows")
    assert "Purple cows" not in Person(board).page()


def test_somebody_elses_cookie_is_nobody():
    board, other = make_board(), make_participant()
    stranger = Client()
    stranger.cookies[f"board_{board.code}"] = str(other.pk)
    assert 'id="mine"' not in stranger.get(f"/nb/board/{board.code}/").content.decode()


def test_the_short_address_leads_to_the_readers_language():
    board = make_board()
    found = Client().get(f"/b/{board.code}", headers={"accept-language": "sv"})
    assert found["Location"] == f"/sv/board/{board.code}/"


@pytest.mark.parametrize("part", [(), ("screen",), ("mine",)])
def test_no_search_engine_keeps_a_board(part):
    person = Person(make_board()).join("Kari")
    assert person.client.get(person.address(*part))["X-Robots-Tag"] == "noindex"


# Hidden until it is time


@pytest.mark.parametrize("part", [(), ("mine",), ("shared",), ("screen",)])
@pytest.mark.parametrize("who", ["leader", "other", "outsider"])
def test_a_hidden_note_is_on_nobodys_page(part, who):
    leader, guest = organiser_and_guest()
    guest.write("Purple cows", detail="Green pigs")
    people = {"leader": leader, "other": Person(leader.board).join("Per"), "outsider": Person(leader.board)}
    page = people[who].page(*part)
    assert "Purple" not in page and "Green pigs" not in page
    assert "Purple cows" in guest.page()


def test_the_sums_of_dots_are_hidden_while_they_are_placed():
    leader, guest = organiser_and_guest(phase="dots", dots_each=5)
    topic = make_topic(board=leader.board)
    guest.do("dots", topic=topic.pk, count=4)
    assert "<strong>4 of 10</strong>" in leader.client.get(leader.address().replace("/nb/", "/en/")).content.decode()
    assert '<span class="pips__no">4</span>' not in leader.page()
    leader.go("talk")
    assert '<span class="pips__no">4</span>' in leader.page()


@pytest.mark.parametrize("part", [(), ("mine",), ("shared",), ("screen",)])
def test_who_placed_which_dot_or_thumb_is_on_no_page(part):
    """Two evenings that differ only in who did it look the same to everybody else."""
    leader, guest = organiser_and_guest(phase="talk")
    third = Person(leader.board).join("Per")
    first, second = leader.board.participants.filter(nickname__in=["Kari", "Per"]).order_by("number")
    round = make_round(topic=make_topic(board=leader.board), ends_in=timedelta(0))
    seen = []
    for who, other in ((guest, third), (third, guest)):
        round.topic.board.refresh_from_db()
        who.do("thumb", round=round.pk, way="up")
        other.do("thumb", round=round.pk, way="down")
        seen.append(_without_chance(leader.page(*part)))
    assert seen[0] == seen[1] and first != second


def _without_chance(page):
    """A page without what differs from one drawing to the next."""
    page = re.sub(r'(data-version|data-now|"version"|"now")\W+\d+', "", page)
    return re.sub(
        r'value="[0-9a-f-]{36}"|name="version" value="\d+"|name="csrfmiddlewaretoken" value="\w+"', "", page
    )


def test_ones_own_thumb_is_on_ones_own_page_alone():
    leader, guest = organiser_and_guest(phase="talk")
    round = make_round(topic=make_topic(board=leader.board), ends_in=timedelta(0))
    guest.do("thumb", round=round.pk, way="down")
    assert guest.page().count('aria-pressed="true"') == 1
    assert leader.page().count('aria-pressed="true"') == 0


# The wrong moment, and bad input


def test_a_dot_after_its_phase_is_refused_with_the_board_as_it_is_now():
    leader, guest = organiser_and_guest(phase="talk")
    topic = make_topic(board=leader.board)
    late = guest.do("dots", topic=topic.pk, count=1)
    assert late.status_code == 409
    assert 'class="notice notice--warning"' in late.content.decode()
    assert Topic.objects.with_dots().get().dots == 0


def test_a_script_gets_the_refusal_with_its_own_part_drawn_anew():
    board = make_board(phase="talk")
    guest = Person(board, script=True).join("Kari")
    answer = guest.do("dots", topic=make_topic(board=board).pk, count=1)
    assert (answer.status_code, answer.json()["level"]) == (409, "late")
    assert 'id="mine"' in answer.json()["mine"] and answer.json()["message"]


def test_a_note_that_is_too_long_stays_in_its_field():
    _leader, guest = organiser_and_guest()
    refused = guest.write("å" * 141)
    assert refused.status_code == 422 and "å" * 141 in refused.content.decode()
    assert not Topic.objects.exists()


def test_what_is_written_when_the_board_has_closed_is_not_lost():
    leader, guest = organiser_and_guest()
    leader.go("closed")
    refused = guest.write("Purple cows")
    assert refused.status_code == 409 and "<q>Purple cows</q>" in refused.content.decode()


def test_a_note_sent_twice_is_one_note():
    _leader, guest = organiser_and_guest()
    key = uuid4()
    for _ in range(2):
        guest.do("note", client_id=key, text="Kaffe")
    assert Topic.objects.count() == 1


def test_two_presses_on_next_are_one_step():
    leader, _guest = organiser_and_guest()
    board = leader.board
    for _ in range(2):
        leader.do("go", from_phase="gather", to_phase="pitch", version=board.version + 9)
    assert Board.objects.get().phase == "pitch"


def test_of_two_topics_that_are_started_one_wins_and_the_other_is_named():
    leader, _guest = organiser_and_guest(phase="talk")
    first, second = make_topic(board=leader.board, text="First"), make_topic(board=leader.board, text="Second")
    leader.do("start", topic=first.pk, seen_talking="")
    told = leader.do("start", topic=second.pk, seen_talking="")
    assert told.status_code == 409 and "«First»" in told.content.decode()


@pytest.mark.parametrize("verb", ["go", "pitch", "merge", "start", "count", "settings", "remove", "hand-over"])
def test_only_whoever_leads_may(verb):
    leader, guest = organiser_and_guest(phase="talk")
    topic, other = make_topic(board=leader.board), make_topic(board=leader.board)
    round = make_round(topic=topic)
    somebody = Participant.objects.get(nickname="Ola").pk
    fields = {"topic": other.pk, "into": topic.pk, "round": round.pk, "participant": somebody, "to": somebody}
    fields |= {"from_phase": "talk", "to_phase": "closed", "version": 99, "decision": "continue"}
    fields |= {"dots_each": 5, "pace": "lunch", "seen": "", "seen_talking": topic.pk}
    before = (Board.objects.values().get(), list(Topic.objects.order_by("pk").values()))
    assert guest.do(verb, **fields).status_code == 409
    assert before == (Board.objects.values().get(), list(Topic.objects.order_by("pk").values()))


def test_rows_of_another_board_are_not_there():
    _leader, guest = organiser_and_guest(phase="dots")
    elsewhere = make_topic(board=make_board(phase="dots"))
    assert guest.do("dots", topic=elsewhere.pk, count=1).status_code == 422
    assert Topic.objects.with_dots().get(pk=elsewhere.pk).dots == 0


def test_somebody_who_was_removed_is_asked_to_join_once_more():
    leader, guest = organiser_and_guest()
    leader.do("remove", participant=Participant.objects.get(nickname="Kari").pk)
    assert guest.write("Kaffe")["Location"] == f"/nb/board/{leader.board.code}/"
    assert not Topic.objects.exists()


@pytest.mark.parametrize("part", [(), ("shared",)])
def test_a_board_opens_with_what_came_of_the_meetup_before(part):
    before = make_event(starts_in=timedelta(days=-30))
    make_microaction(event=before, status="done", result="The letter is one page now")
    make_microaction(event=before, status="done", visibility="event", result="Only for us")
    leader, guest = organiser_and_guest(event=make_event())
    assert "The letter is one page now" in guest.page(*part)
    assert "Only for us" not in guest.page(*part)
    leader.go("pitch")
    assert "The letter is one page now" not in guest.page(*part)
