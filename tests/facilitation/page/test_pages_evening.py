"""A whole evening by plain forms: from the first note to the closed board."""

from datetime import timedelta

import pytest
from django.utils import timezone

from facilitation.models import Board, Round, Topic
from microactions.models import Microaction
from tests.facilitation.table.table import Person, organiser_and_guest
from tests.factories import make_event, make_organiser

pytestmark = pytest.mark.django_db


def test_an_evening_from_the_first_note_to_the_closed_board():
    leader, guest = organiser_and_guest()
    board = leader.board
    assert guest.write("Møter uten mål").status_code == 302
    leader.write("Kaffe")
    first = board.topics.in_pitch_order()[0]
    for phase in ("pitch", "dots"):
        leader.go(phase)
        assert guest.client.get(guest.address()).status_code == 200
        assert leader.client.get(leader.address()).status_code == 200
    guest.do("dots", topic=first.pk, count=2)
    leader.do("dots", topic=first.pk, count=1)
    leader.go("talk")
    leader.do("start", topic=first.pk, seen_talking="")
    guest.do("takeaway", client_id="0" * 32, topic=first.pk, text="Spør tre")
    round = Round.objects.get()
    leader.do("ask-now", round=round.pk)
    guest.do("thumb", round=round.pk, way="up")
    leader.do("count", round=round.pk)
    assert "Spør tre" in guest.page()
    leader.do("finish", topic=first.pk)
    leader.go("microaction")
    due = timezone.localdate() + timedelta(days=7)
    made = guest.do("pledge", client_id="1" * 32, what="Spørre tre", due_on=due, visibility="me")
    assert Microaction.objects.get().token in guest.client.get(made["Location"]).content.decode()
    leader.go("retro")
    guest.do("retro", client_id="2" * 32, kind="plus", text="God kaffe")
    assert "God kaffe" in leader.page()
    leader.go("closed")
    assert Board.objects.get().is_closed
    for who in (leader, guest, Person(board)):
        assert "God kaffe" in who.page()
    assert Topic.objects.get(pk=first.pk).sealed_dots == 3


def test_an_organiser_opens_the_board_with_one_button(client):
    event = make_event()
    client.force_login(make_organiser())
    client.post(f"/nb/board/open/{event.slug}/", headers={"origin": "http://testserver"})
    page = client.get(f"/nb/events/{event.slug}/").content.decode()
    for part in ("", "screen/", "card/?blank=4"):
        assert f'href="/nb/board/{event.board.code}/{part}"' in page
