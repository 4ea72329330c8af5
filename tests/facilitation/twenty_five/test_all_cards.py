"""All cards of a hall for whoever leads: found by words or by the page, and several put together at a time, without a script."""

from uuid import uuid4

import pytest

from facilitation.board_lock import TooLate
from facilitation.models import Activity, Board, Card, Topic
from facilitation.page import activity_views
from facilitation.table.leading import NotLeading
from facilitation.twenty_five import results
from tests.facilitation.table.table import organiser_and_guest

pytestmark = pytest.mark.django_db
TEXTS = ["Færre møter", "Kortere møter", "Klart språk", "Møter uten mål", "Én dør inn"]


def wall(texts=TEXTS, step="result"):
    """An organiser who leads, a guest, and cards from paper, the first with the highest sum."""
    leader, guest = organiser_and_guest()
    activity = Activity.objects.create(board=leader.board, kind="25-10", step=step, client_id=uuid4())
    Board.objects.update(activity=activity)
    for number, text in enumerate(texts):
        Card.objects.create(activity=activity, client_id=uuid4(), text=text, paper_total=max(5, 25 - number))
    return leader, guest, activity


def address(person, activity):
    return person.address("activities", str(activity.pk), "cards")


def card(text):
    return Card.objects.get(text=text)


def together():
    return {one.text: one.merged_into and one.merged_into.text for one in Card.objects.select_related("merged_into")}


def test_cards_are_found_by_their_words():
    leader, _guest, activity = wall()
    page = leader.client.get(address(leader, activity), {"q": "MØTER"}).content.decode()
    assert [text for text in TEXTS if text in page] == ["Færre møter", "Kortere møter", "Møter uten mål"]


def test_every_card_of_a_hall_is_on_some_page(monkeypatch):
    monkeypatch.setattr(activity_views, "CARDS_A_PAGE", 3)
    texts = [f"Kort nummer {number:02}" for number in range(8)]
    leader, _guest, activity = wall(texts)
    pages = [leader.client.get(address(leader, activity), {"page": n}).content.decode() for n in (1, 2, 3)]
    assert [[text for text in texts if text in page] for page in pages] == [texts[:3], texts[3:6], texts[6:]]


def test_ticked_cards_go_under_the_one_with_the_highest_sum():
    leader, _guest, activity = wall()
    ticked = [card(text).pk for text in ("Kortere møter", "Færre møter", "Møter uten mål")]
    answer = leader.client.post(address(leader, activity) + "?q=m", {"cards": ticked, "into": ""})
    assert answer["Location"] == address(leader, activity) + "?q=m"
    assert {text: head for text, head in together().items() if head} == dict.fromkeys(
        ["Kortere møter", "Møter uten mål"], "Færre møter"
    )


def test_one_card_goes_under_those_that_are_together_already():
    leader, _guest, activity = wall()
    results.group_all(activity, by=Board.objects.get().leader, cards=[card(TEXTS[0]), card(TEXTS[1])])
    leader.client.post(address(leader, activity), {"cards": [card(TEXTS[3]).pk], "into": card(TEXTS[0]).pk})
    assert {text for text, head in together().items() if head == TEXTS[0]} == {TEXTS[1], TEXTS[3]}


def test_those_under_a_card_go_along_with_it():
    _leader, _guest, activity = wall()
    by = Board.objects.get().leader
    results.group_all(activity, by=by, cards=[card(TEXTS[1]), card(TEXTS[2])])
    results.group_all(activity, by=by, cards=[card(TEXTS[0]), card(TEXTS[1])])
    assert {text for text, head in together().items() if head == TEXTS[0]} == {TEXTS[1], TEXTS[2]}


def test_one_card_alone_and_none_at_all_are_refused():
    leader, _guest, activity = wall()
    for ticked in ([], [card(TEXTS[0]).pk]):
        answer = leader.client.post(address(leader, activity), {"cards": ticked, "into": ""})
        assert (answer.status_code, any(together().values())) == (422, False)


def test_a_card_that_another_host_has_just_put_under_one_is_told():
    _leader, _guest, activity = wall()
    by, cards = Board.objects.get().leader, [card(TEXTS[0]), card(TEXTS[1])]
    results.group_all(activity, by=by, cards=cards)
    with pytest.raises(TooLate):
        results.group_all(activity, by=by, cards=cards)


def test_any_card_becomes_a_topic_from_there():
    leader, _guest, activity = wall()
    page = leader.client.get(address(leader, activity)).content.decode()
    assert page.count(f'formaction="{leader.address("do", "card-topic")}"') == len(TEXTS)
    leader.do("card-topic", card=card(TEXTS[4]).pk, cards=[card(TEXTS[0]).pk], into="")
    assert Topic.objects.get().text == TEXTS[4]


def test_only_the_leader_and_only_in_the_result():
    _leader, guest, activity = wall()
    assert guest.client.get(address(guest, activity)).status_code == 302
    with pytest.raises(NotLeading):
        results.group_all(activity, by=activity.board.participants.last(), cards=[card(TEXTS[0]), card(TEXTS[1])])
    leader, _guest, early = wall(texts=[], step="reveal")
    assert leader.client.get(address(leader, early)).status_code == 302
