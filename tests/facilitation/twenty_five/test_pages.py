"""25/10 on its pages: what each sees, without a script too, and what nobody may learn of another."""

import json
import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from facilitation import activities
from facilitation.drawing import shared
from facilitation.models import Activity, Card, Participant, Topic
from tests.facilitation.table.table import Person, organiser_and_guest
from tests.facilitation.twenty_five.hall import Hall
from tests.factories import make_participant

pytestmark = pytest.mark.django_db


class Table:
    """People with browsers at a board where 25/10 was opened by its leader's page."""

    def __init__(self, *names, **fields):
        self.leader, guest = organiser_and_guest(**fields)
        self.guests = [guest, *(Person(guest.board).join(name) for name in names)]
        opened = self.leader.client.post(
            self.leader.address("activities", "open", "25-10"),
            {"client_id": uuid4(), "question": "Which challenge?", "seconds": 60},
        )
        assert opened.status_code == 302

    @property
    def all(self):
        return [self.leader, *self.guests]

    @property
    def activity(self):
        return Activity.objects.get()

    def write(self, person, text, **fields):
        return person.do("card", activity=self.activity.pk, client_id=uuid4(), text=text, **fields)

    def write_all(self):
        for number, person in enumerate(self.all):
            self.write(person, f"Purple cow {number}")
        return self

    def go(self, to):
        now = self.activity
        return self.leader.do("cards-go", activity=now.pk, step=now.step, number=now.number, to=to)

    def play(self, score=4):
        self.go("round")
        while self.activity.step == "round":
            for person in self.all:
                if found := re.search(r'name="deal" value="(\d+)"', person.page()):
                    assert person.do("score", deal=found[1], score=score).status_code == 302
            self.go("round")
        return self


def heading(page):
    return re.search(r'<h2[^>]*id="mine-h"[^>]*>([^<]*)', page)[1]


def test_the_question_and_the_step_are_on_every_phone():
    table = Table("Per")
    for person in table.all:
        page = person.page()
        assert "Which challenge?" in page and "/do/card/" in page


def test_it_is_played_from_the_first_card_to_the_list_without_a_script():
    table = Table("Per", "Anne").write_all().play()
    for _ in range(5):
        table.go("reveal")
    assert table.activity.step == "result"
    page = table.guests[0].page()
    assert all(f"Purple cow {number}" in page for number in range(4))
    assert page.count('class="pips__no">20<') == 5  # four in the list, and their own


def test_a_card_that_is_refused_comes_back_with_its_words():
    table = Table()
    answer = table.write(table.guests[0], "x" * 201)
    assert answer.status_code == 422 and "x" * 201 in answer.content.decode()


def test_a_pressed_score_is_shown_to_its_person():
    table = Table().write_all()
    table.go("round")
    guest = table.guests[0]
    deal = re.search(r'name="deal" value="(\d+)"', guest.page())[1]
    guest.do("score", deal=deal, score=4)
    assert re.findall(r'name="score" value="(\d)" aria-pressed="true"', guest.page()) == ["4"]


def test_the_script_gets_the_pressed_form_alone():
    table = Table().write_all()
    table.go("round")
    guest = table.guests[0]
    deal = re.search(r'name="deal" value="(\d+)"', guest.page())[1]
    answer = guest.client.post(guest.address("do", "score"), {"deal": deal, "score": 4}, headers={"X-Board": "1"})
    assert answer.json().keys() == {"inner"}
    assert re.findall(r'name="score" value="(\d)" aria-pressed="true"', answer.json()["inner"]) == ["4"]


def test_a_score_after_the_round_says_so():
    table = Table("Per").write_all()
    table.go("round")
    deal = re.search(r'name="deal" value="(\d+)"', table.guests[0].page())[1]
    table.go("round")
    answer = table.guests[0].do("score", deal=deal, score=4)
    assert answer.status_code == 409


def test_whoever_has_no_card_to_score_is_told():
    table = Table()
    table.write(table.leader, "Purple cow")
    table.go("round")
    assert 'name="deal"' not in table.leader.page()
    assert 'name="deal"' in table.guests[0].page()


def test_the_leader_types_in_cards_from_the_wall():
    table = Table()
    table.go("wall")
    for total in (23, 25, 26):
        sent = {"activity": table.activity.pk, "client_id": uuid4(), "text": f"Sum {total}", "total": total}
        table.leader.do("card-wall", **sent)
    assert sorted(Card.objects.values_list("text", "paper_total")) == [("Sum 23", 23), ("Sum 25", 25)]


def test_a_card_in_the_result_leads_to_a_topic_a_microaction_and_a_meetup():
    table = Table().write_all().play()
    table.go("result")
    page = table.guests[0].page()
    card = Card.objects.get(text="Purple cow 0")
    assert f"?event={table.leader.board.event.slug}&amp;what=Purple%20cow%200" in page
    paths = set(re.findall(r'href="(/nb/[^"]*what=Purple%20cow%200)"', page))
    assert len(paths) == 2
    for path in paths:
        form = table.guests[0].client.get(path.replace("&amp;", "&")).content.decode()
        assert "Purple cow 0</textarea>" in form or 'value="Purple cow 0"' in form
    table.leader.do("card-topic", card=card.pk)
    assert Topic.objects.get().text == "Purple cow 0"


def test_the_page_of_a_closed_one_is_read_by_everybody_with_the_link(client):
    table = Table().write_all().play()
    table.leader.do("close-activity", activity=table.activity.pk)
    page = client.get(f"/nb/board/{table.leader.board.code}/activities/{table.activity.pk}/").content.decode()
    assert "Purple cow 0" in page and "Purple cow 1" in page


# Secrets


def of_others(person):
    """All that a person can fetch but their own part."""
    screen, parts = person.page("screen"), [person.page("shared"), person.page("shared", view="screen")]
    page = re.sub(r"(?s)<div data-board-mine>.*?<div data-board-shared", "", person.page())
    return "".join([page, screen, *parts, person.page("activities", str(Activity.objects.get().pk))])


@pytest.mark.parametrize("steps", [[], ["round"]])
def test_no_card_is_shown_to_all_before_the_countdown(steps):
    table = Table("Per").write_all()
    for step in steps:
        table.go(step)
    assert not any("Purple" in of_others(person) for person in table.all)


def test_a_person_reads_their_own_card_and_the_one_in_their_hands():
    table = Table("Per", "Anne").write_all()
    assert re.findall(r"Purple cow \d", table.guests[0].page("mine"))[0] == "Purple cow 1"
    table.go("round")
    assert len(set(re.findall(r"Purple cow \d", table.guests[0].page("mine"))) - {"Purple cow 1"}) == 1
    assert "Purple cow 1" not in table.guests[0].page("mine")


def test_the_countdown_tells_only_what_has_been_shown():
    table = Table("Per").write_all().play()
    table.go("reveal")
    page = of_others(table.guests[0])
    assert len(set(re.findall(r"Purple cow \d", page))) == 1


@pytest.mark.parametrize("person", [0, 1])
def test_nothing_tells_who_wrote_or_scored_a_card(person):
    table = Table("Per").write_all().play()
    table.go("result")
    reader = table.all[person]
    pages = of_others(reader) + reader.page("mine")
    # Names stand in the leader's list of people and nowhere near a card; nobody's number stands anywhere.
    rows = re.findall(r'(?s)<li class="queue__item cards__row".*?</li>', pages)
    assert len(rows) >= 3
    names = ["Ola", "Kari", "Per", "Gjest"]
    assert not any(name in re.sub(r"Purple cow \d|%20", "", row) for row in rows for name in names)


def test_neither_keys_nor_the_order_of_cards_tell_who_wrote_when():
    hall = Hall(people=30).go("wall").go("reveal")
    in_order = list(hall.activity.cards.in_result_order().values_list("text", flat=True))
    assert in_order != [f"Card {number}" for number in range(30)]


def test_the_leader_learns_no_more_than_others_from_the_answer_to_a_form():
    table = Table("Per").write_all()
    answer = table.go("round")
    assert answer.status_code == 302
    held = set(re.findall(r"Purple cow \d", table.leader.page()))
    assert len(held) == 1


# What it costs


def shared_queries(hall):
    with CaptureQueriesContext(connection) as made:
        shared.parts(hall.board.pk, [("nb", "table"), ("sv", "table"), ("nb", "screen")])
    return len(made)


@pytest.mark.parametrize(
    "steps", [[], ["round"], ["wall"], ["wall", "reveal"], ["wall", "reveal", "reveal", "result"]]
)
def test_a_drawing_costs_as_much_for_many_as_for_few(steps):
    halls = [Hall(people=number) for number in (7, 20)]
    for hall in halls:
        if "wall" in steps:
            hall.activity.cards.update(paper_total=9)
        for step in steps:
            hall.go(step)
    few, many = (shared_queries(hall) for hall in halls)
    assert few == many <= 9


@pytest.mark.parametrize(("step", "number"), [("write", 3), ("round", 3)])
def test_the_part_of_one_person_costs_few_queries(step, number):
    table = Table().write_all()
    if step == "round":
        table.go("round")
    with CaptureQueriesContext(connection) as made:
        table.guests[0].page("mine")
    assert len(made) == number


def test_a_phone_fetches_its_part_again_when_a_round_begins_and_not_after_a_score_or_a_card():
    hall = Hall(people=6)
    stamps = [shared.snapshot(hall.read).stamp]
    hall.write(make_participant(board=hall.board), "One more")
    stamps.append(shared.snapshot(hall.read).stamp)
    hall.go("round")
    stamps.append(shared.snapshot(hall.read).stamp)
    hall.score_all()
    stamps.append(shared.snapshot(hall.read).stamp)
    hall.go("round")
    stamps.append(shared.snapshot(hall.read).stamp)
    assert stamps[0] == stamps[1] != stamps[2] == stamps[3] != stamps[4]


def test_a_phone_does_not_fetch_its_part_again_for_each_card_that_is_revealed():
    hall = Hall().play()
    before = shared.snapshot(hall.read).stamp
    assert shared.snapshot(hall.go("reveal").read).stamp == before
    assert shared.snapshot(hall.go("result").read).stamp != before


def test_what_is_sent_to_all_stays_small_with_many_cards():
    hall = Hall(people=2, writers=0)
    Card.objects.bulk_create(
        Card(activity=hall.activity, client_id=uuid4(), text="x" * 150, paper_total=9) for _ in range(500)
    )
    hall.go("wall").go("reveal").go("result")
    part = shared.part(hall.board.pk, language="nb", view="table")
    assert len(json.dumps(part.data())) < 60_000
    assert Participant.objects.count() == 2 and activities.kind_of(hall.activity).value == "25-10"


def test_a_hall_is_told_to_fetch_its_own_parts_over_a_longer_time():
    spreads = [shared.part(Hall(people=number).board.pk, language="nb", view="table").spread for number in (7, 100)]
    assert spreads == [400, 800]


def test_once_it_is_closed_the_way_on_leads_back_to_the_lean_coffee():
    table = Table("Per")
    activities.actions.close(table.activity, by=Participant.objects.get(nickname="Ola"))
    page = table.leader.page()
    assert "do/show/" in page and "do/close-activity/" not in page
