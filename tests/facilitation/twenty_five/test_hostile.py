"""Every verb of 25/10 with hostile forms, from whoever leads and from a guest, in every step: never a 5xx, nothing stored."""

from uuid import uuid4

import pytest
from django.db.models import F

from facilitation.models import Activity, Card, Participant
from facilitation.twenty_five.kind import ACTS
from tests.everywhere.hostile import spoilt
from tests.everywhere.stored import trial
from tests.everywhere.test_hostile import FORM, trouble_with
from tests.facilitation.table.table import organiser_and_guest
from tests.facilitation.twenty_five.hall import Hall

pytestmark = pytest.mark.django_db
STEPS = {"write": [], "round": ["round"], "wall": ["wall"], "result": ["wall", "reveal", "reveal", "result"]}


def a_table(step):
    """A leader and a guest with browsers at a 25/10 in this step, and a form that names all of it."""
    leader, guest = organiser_and_guest(one_device=True)
    hall = Hall(people=4)
    hall.activity.cards.update(paper_total=None if step == "round" else 9)
    for to in STEPS[step]:
        hall.go(to)
    # The people of the hall are at the board of the leader.
    Participant.objects.filter(board=hall.board).update(board=leader.board, number=F("number") + 100)
    Activity.objects.update(board=leader.board)
    return leader, guest, hall


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("verb", sorted(ACTS))
def test_hostile_forms_of_cards(verb, step):
    leader, guest, _ = a_table(step)
    cards, activity = list(Card.objects.all()), Activity.objects.get()
    deal = activity.deals.first()
    fields = {
        **{"activity": activity.pk, "client_id": uuid4(), "text": "Kaffe", "total": 20, "score": 4},
        **{"card": cards[0].pk, "into": cards[1].pk, "deal": deal.pk if deal else 1},
        **{"step": activity.step, "number": activity.number, "to": "reveal"},
    }
    named = {name: value for name, value in fields.items() if name in ACTS[verb].form.base_fields}
    found = []
    for number, body in enumerate(spoilt(named)):
        with trial() as outcome:
            answer = (leader, guest)[number % 2].client.post(leader.address("do", verb), body, content_type=FORM)
        if trouble_with(answer) or answer.status_code == 403 or outcome.has_controls:
            found.append((body[:200], answer.status_code))
    assert found == []


@pytest.mark.parametrize("number", ["9" * 30, "-1", "1.5", "x", "", "9223372036854775808"])
@pytest.mark.parametrize("verb", ["card-group", "score", "card-topic"])
def test_numbers_that_no_row_has_are_refused(verb, number):
    leader, _guest, _hall = a_table("result")
    answer = leader.do(verb, card=number, into=number, deal=number, score=3)
    assert answer.status_code == 422
