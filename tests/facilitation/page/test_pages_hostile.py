"""Every verb of a board with hostile forms, from whoever leads and from a guest: never a 5xx, nothing of it stored."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from facilitation.models import Board, Participant
from facilitation.page import views
from facilitation.page.acts import ACTS
from facilitation.table import pledging, retro, takeaways
from tests.everywhere.hostile import VALUES, spoilt
from tests.everywhere.stored import trial
from tests.everywhere.test_hostile import FORM, trouble_with
from tests.facilitation.table.table import organiser_and_guest
from tests.factories import make_retro_item, make_round, make_takeaway, make_topic

pytestmark = pytest.mark.django_db


def _filled(board):
    """A board with one of everything, and a form that names it all."""
    topic, other = make_topic(board=board), make_topic(board=board)
    round, ola = make_round(topic=topic), Participant.objects.get(nickname="Ola").pk
    rows = {"topic": topic.pk, "into": other.pk, "round": round.pk, "takeaway": make_takeaway(topic=topic).pk}
    rows |= {"item": make_retro_item(board=board).pk, "participant": ola, "to": ola, "client_id": uuid4()}
    rows |= {"from_phase": board.phase, "to_phase": "retro", "version": 99, "seen": "", "seen_talking": ""}
    words = {"text": "Kaffe", "detail": "Mer", "what": "Kaffe", "nickname": "Kari", "email": "kari@example.org"}
    words |= {"due_on": "2099-01-01", "moment": "nå", "cue": "x", "first_step": "y", "name": "K", "visibility": "me"}
    numbers = {"count": 1, "up": 1, "side": 0, "down": 0, "dots_each": 3, "room_new": 1, "room_returning": 0}
    choices = {"way": "up", "kind": "plus", "pace": "usual", "decision": "", "ready": "1", "sooner": "1"}
    return rows | words | numbers | choices | {f"dots_{topic.pk}": 1, "for_room": "on"}


@pytest.mark.parametrize("verb", sorted(ACTS))
def test_hostile_forms_at_a_board(verb):
    leader, guest = organiser_and_guest(phase="dots" if "dots" in verb else "talk", one_device=True, room_new=2)
    fields = {name: value for name, value in _filled(leader.board).items() if name in _names(verb, leader.board)}
    found = []
    for number, body in enumerate(spoilt(fields or {"x": ""})):
        with trial() as outcome:
            answer = (leader, guest)[number % 2].client.post(leader.address("do", verb), body, content_type=FORM)
        if trouble_with(answer) or answer.status_code == 403 or outcome.has_controls:
            found.append((body[:200], answer.status_code))
    assert found == []


@pytest.mark.usefixtures("early_in_the_hour")
def test_one_who_hammers_is_stopped_and_the_others_at_the_same_address_are_not(monkeypatch):
    monkeypatch.setattr(views, "ACTS_PER_PARTICIPANT", 2)
    leader, guest = organiser_and_guest()
    assert [guest.write("Kaffe").status_code for _number in range(3)] == [302, 302, 429]
    assert leader.write("Kaffe").status_code == 302


@pytest.mark.parametrize(
    ("module", "most", "verb"),
    [(takeaways, "MAX_TAKEAWAYS", "takeaway"), (retro, "MAX_ITEMS", "retro"), (pledging, "MAX_PLEDGES", "pledge")],
)
def test_a_script_that_goes_on_writing_does_not_fill_a_board_for_ever(module, most, verb, monkeypatch):
    monkeypatch.setattr(module, most, 2)
    leader, guest = organiser_and_guest(phase="talk")
    sent = {"topic": make_topic(board=leader.board).pk, "text": "Kaffe", "kind": "plus", "what": "Kaffe"}
    sent |= {"due_on": timezone.localdate() + timedelta(days=7), "visibility": "me"}
    answers = [guest.do(verb, client_id=uuid4(), **sent).status_code for _number in range(3)]
    assert answers == [302, 302, 409]


def _names(verb, board):
    return set(ACTS[verb].form(board=board).fields)


@pytest.mark.parametrize("value", VALUES[:8])
def test_a_hostile_cookie_is_nobody(value, client):
    leader, _guest = organiser_and_guest()
    client.cookies[f"board_{leader.board.code}"] = value
    assert client.get(leader.address()).status_code == 200


@pytest.mark.parametrize("phase", [phase for phase in Board.Phase.values if phase != "closed"])
@pytest.mark.parametrize("who", ["leader", "guest"])
def test_a_page_costs_the_same_for_one_topic_and_for_thirty(phase, who):
    leader, guest = organiser_and_guest(phase=phase, show_at_once=True)
    person, counts = (leader if who == "leader" else guest), []
    for size in (2, 28):
        for number in range(size):
            topic = make_topic(board=leader.board, text=f"Note {size} {number}", author=Participant.objects.first())
            make_topic(board=leader.board, merged_into=topic)
            make_takeaway(topic=topic)
            make_round(topic=topic, result="continue")
        person.page()
        with CaptureQueriesContext(connection) as queries:
            person.page()
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 45
