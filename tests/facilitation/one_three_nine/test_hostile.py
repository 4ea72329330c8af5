"""Every verb of a 1-3-9 with hostile forms, from whoever leads and from a guest: never a 5xx, nothing of it stored."""

from uuid import uuid4

import pytest

from facilitation.models import Participant
from facilitation.one_three_nine.kind import ACTS
from tests.everywhere.hostile import spoilt
from tests.everywhere.stored import trial
from tests.everywhere.test_hostile import FORM, trouble_with
from tests.facilitation.one_three_nine.hall import ALONE, GALLERY, GROUPS, go_on, make_hall, write
from tests.facilitation.table.table import Person, organiser_and_guest
from tests.factories import make_board, make_member

pytestmark = pytest.mark.django_db
STEPS = {ALONE: ["line", "workplace"], GALLERY: ["heart", "poster", "line-hide"]}


def _at(step):
    leader, guest = organiser_and_guest()
    leader.board.leader = Participant.objects.get(nickname="Ola")
    now = make_hall(people=2, board=leader.board, mixes=True)
    line = write(now, Participant.objects.get(nickname="Kari"), "Kaffe")
    while now.step != step:
        now = go_on(now)
        if now.step == GROUPS:
            line = write(now, Participant.objects.get(nickname="Kari"), "Te")
    return leader, guest, now, line


@pytest.mark.parametrize("verb", sorted(ACTS))
def test_hostile_forms_in_a_hall(verb):
    step = next((step for step, verbs in STEPS.items() if verb in verbs), GROUPS)
    leader, guest, now, line = _at(step)
    filled = {"activity": now.pk, "step": now.step, "number": now.number, "line": line.pk, "version": line.version}
    filled |= {"client_id": uuid4(), "text": "Kaffe", "name": "NAV", "whereabouts": "her", "group": ""}
    filled |= {"minutes": 3, "fewer": 1, "liked": "1", "hidden": "1"}
    fields = {name: value for name, value in filled.items() if name in ACTS[verb].form(board=leader.board).fields}
    found = []
    for number, body in enumerate(spoilt(fields)):
        with trial() as outcome:
            answer = (leader, guest)[number % 2].client.post(leader.address("do", verb), body, content_type=FORM)
        if trouble_with(answer) or answer.status_code == 403 or outcome.has_controls:
            found.append((body[:200], answer.status_code))
    assert found == []


def test_hostile_forms_that_open_one():
    leader = Person(make_board(), member=make_member(is_organiser=True)).join("Ola")
    fields = {"client_id": uuid4(), "question": "Hva?", "sizes": "1-3-9", "minutes": "3-8", "questions": "a\nb"}
    found = []
    for body in spoilt(fields | {"mixes": "on"}):
        with trial() as outcome:
            address = leader.address("activities", "open", "1-3-9")
            answer = leader.client.post(address, body, content_type=FORM)
        if trouble_with(answer) or outcome.has_controls:
            found.append((body[:200], answer.status_code))
    assert found == []
