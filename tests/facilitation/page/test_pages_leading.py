"""Leading by the page, microactions at the table, and the way in from the event."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from chapter.models import Member
from events.models import Event
from facilitation.models import Board, BoardPledge, Participant, Round, Topic
from tests.facilitation.table.table import Person, organiser_and_guest
from tests.factories import (
    make_board,
    make_dots,
    make_event,
    make_member,
    make_organiser,
    make_round,
    make_rsvp,
    make_topic,
)

pytestmark = pytest.mark.django_db


# Leading


def test_taking_over_is_seen_by_all_and_taken_back_with_one_tap():
    leader, guest = organiser_and_guest()
    guest.do("take-over", seen_leader=Board.objects.get().leader_id)
    outsider = Person(leader.board).join("Per")
    assert "<strong>Kari</strong>" in outsider.page() and "Ola" in outsider.page()
    assert "/do/reclaim/" in leader.page() and "/do/reclaim/" not in outsider.page()
    leader.do("reclaim")
    assert Board.objects.get().leader.nickname == "Ola"


def test_a_locked_role_is_for_organisers():
    leader, guest = organiser_and_guest(role_locked=True)
    assert "/do/take-over/" not in guest.page()
    refused = guest.do("take-over", seen_leader=Board.objects.get().leader_id)
    assert refused.status_code == 409 and Board.objects.get().leader.nickname == "Ola"
    assert "/do/take-over/" in Person(leader.board, member=make_organiser()).join("Eva").page()


def _dismiss(person, settings):
    Member.objects.filter(pk=person.member.pk).update(is_organiser=False)


def _take_second_factor(person, settings):
    settings.ORGANISERS_NEED_SECOND_FACTOR = True


def _sign_out(person, settings):
    del person.client.cookies[settings.SESSION_COOKIE_NAME]


@pytest.fixture(params=[_dismiss, _take_second_factor, _sign_out])
def lose(request, settings):
    """One of the ways in which somebody at a board is taken for an organiser no longer."""
    return lambda person: request.param(person, settings)


def test_who_was_an_organiser_takes_over_no_locked_board(lose):
    leader, _guest = organiser_and_guest(role_locked=True)
    eva = Person(leader.board, member=make_organiser()).join("Eva")
    lose(eva)
    assert "/do/take-over/" not in eva.page()
    assert eva.do("take-over", seen_leader=Board.objects.get().leader_id).status_code == 409
    assert Board.objects.get().leader.nickname == "Ola"


def test_who_was_an_organiser_takes_back_no_locked_board(lose):
    leader, _guest = organiser_and_guest(role_locked=True)
    eva = Person(leader.board, member=make_organiser()).join("Eva")
    eva.do("take-over", seen_leader=Board.objects.get().leader_id)
    lose(leader)
    assert "/do/reclaim/" not in leader.page()
    assert leader.do("reclaim").status_code == 409
    assert Board.objects.get().leader.nickname == "Eva"


def test_who_was_an_organiser_drafts_no_meetup(lose):
    leader, _guest = organiser_and_guest(phase="talk")
    topic = make_topic(board=leader.board)
    for _ in range(3):
        make_round(topic=topic, result="continue")
    lose(leader)
    assert "/do/own-meetup/" not in leader.page()
    assert (leader.do("own-meetup", topic=topic.pk).status_code, Event.objects.drafts().count()) == (409, 0)


def test_who_signs_in_at_a_board_is_an_organiser_there_at_once():
    _leader, guest = organiser_and_guest(role_locked=True)
    guest.client.force_login(make_organiser())
    assert "/do/take-over/" in guest.page()
    guest.do("take-over", seen_leader=Board.objects.get().leader_id)
    assert Board.objects.get().leader.nickname == "Kari"


def test_notes_are_merged_from_a_list_and_taken_apart_again():
    leader, _guest = organiser_and_guest(phase="pitch")
    one, two = make_topic(board=leader.board, text="One"), make_topic(board=leader.board, text="Two")
    leader.do("merge", topic=one.pk, into=two.pk)
    assert [variant.text for variant in two.variants.all()] == ["One"]
    assert "/do/unmerge/" in leader.page()
    leader.do("unmerge", topic=one.pk)
    assert not two.variants.exists()


def test_dots_of_the_room_are_stored_by_topic():
    leader, _guest = organiser_and_guest(phase="dots", one_device=True, room_new=2)
    one, two = make_topic(board=leader.board), make_topic(board=leader.board)
    leader.do("dots-room", **{f"dots_{one.pk}": 4, f"dots_{two.pk}": 2})
    assert list(Topic.objects.order_by("pk").values_list("room_dots", flat=True)) == [4, 2]
    assert leader.do("dots-room", **{f"dots_{one.pk}": 5, f"dots_{two.pk}": 2}).status_code == 409


def test_thumbs_of_the_room_count_with_those_of_the_phones():
    leader, guest = organiser_and_guest(phase="talk", one_device=True, room_new=3)
    round = make_round(topic=make_topic(board=leader.board), ends_in=timedelta(0))
    guest.do("thumb", round=round.pk, way="down")
    leader.do("count", round=round.pk, up=2, side=1, down=0)
    assert Round.objects.filter(pk=round.pk).values_list("up", "side", "down", "result").get() == (
        2,
        1,
        1,
        "continue",
    )


def test_more_thumbs_than_people_are_refused_and_stay_in_their_fields():
    leader, _guest = organiser_and_guest(phase="talk", one_device=True, room_new=1)
    round = make_round(topic=make_topic(board=leader.board), ends_in=timedelta(0))
    refused = leader.do("count", round=round.pk, up=7)
    assert refused.status_code == 422 and 'value="7"' in refused.content.decode()
    assert not Round.objects.get().is_settled


def test_three_extensions_offer_a_meetup_of_its_own_to_an_organiser():
    leader, guest = organiser_and_guest(phase="talk")
    topic = make_topic(board=leader.board)
    assert "/do/own-meetup/" not in leader.page()
    for _ in range(3):
        make_round(topic=topic, result="continue")
    make_round(topic=topic)
    assert "/do/own-meetup/" in leader.page() and "/do/own-meetup/" not in guest.page()
    leader.do("own-meetup", topic=topic.pk)
    assert f"/events/{Topic.objects.get().own_event.slug}/edit/" in leader.page()


# Microactions


def _pledge(person, **fields):
    due = timezone.localdate() + timedelta(days=7)
    return person.do("pledge", client_id=uuid4(), what="Ask three", due_on=due, visibility="me", **fields)


def test_a_microaction_is_its_persons_own():
    leader, guest = organiser_and_guest(phase="microaction")
    _pledge(guest)
    token = BoardPledge.objects.get().microaction.token
    assert token in guest.page()
    for page in (leader.page(), leader.page("shared"), leader.page("screen"), Person(leader.board).join().page()):
        assert token not in page and "Ask three" not in page


def test_the_link_of_somebody_elses_microaction_is_shown_once_to_whoever_typed_it():
    leader, _guest = organiser_and_guest(phase="microaction", one_device=True)
    shown = _pledge(leader, for_room="on")["Location"]
    token = BoardPledge.objects.get().microaction.token
    assert token in leader.client.get(shown).content.decode()
    assert token not in leader.page()


def test_a_microaction_without_a_day_is_asked_for_one():
    _leader, guest = organiser_and_guest(phase="microaction")
    refused = guest.do("pledge", client_id=uuid4(), what="Ask three", due_on="", visibility="me")
    assert refused.status_code == 422 and "Ask three</textarea>" in refused.content.decode()


# From the event's page


def _event_page(event, member=None):
    client = Client()
    if member:
        client.force_login(member)
    return client.get(f"/nb/events/{event.slug}/").content.decode()


def test_those_who_are_going_see_the_way_in_around_the_time_of_the_event():
    soon, later = (make_event(starts_in=timedelta(hours=hours)) for hours in (1, 9))
    member = make_member()
    for event in (soon, later):
        make_board(event=event)
        make_rsvp(event=event, member=member)
    assert f"/board/{soon.board.code}/" in _event_page(soon, member)
    assert "/board/" not in _event_page(later, member)
    assert "/board/" not in _event_page(soon, make_member()) + _event_page(soon)


def test_only_organisers_open_boards(client):
    event = make_event()
    client.force_login(make_member())
    response = client.post(f"/nb/board/open/{event.slug}/", headers={"origin": "http://testserver"})
    assert response.status_code == 403 and not Board.objects.exists()


def test_dots_are_buttons_that_send_the_whole_number():
    leader, guest = organiser_and_guest(phase="dots")
    topic = make_topic(board=leader.board)
    make_dots(topic, Participant.objects.get(nickname="Kari"), 2)
    page = guest.page()
    assert 'name="count" value="1"' in page and 'name="count" value="3"' in page


def test_a_page_that_only_watches_looks_again_by_itself_and_one_to_write_on_does_not():
    leader, guest = organiser_and_guest()
    assert "http-equiv" not in guest.page()
    guest.do("ready", ready="1")
    assert "http-equiv" in guest.page() and "http-equiv" not in guest.page(still=1)
    leader.go("dots")
    assert "http-equiv" in guest.page()
