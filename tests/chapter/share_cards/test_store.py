"""Drawing costs a quarter of a second, and anybody may ask: one at a time, once, whatever is asked for."""

import os
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from chapter.share_cards import store
from chapter.web import turns
from tests.factories import make_event, make_post
from tests.threads import at_once

PNG = b"drawn" + store.END


def path(event, query=""):
    return f"/nb/events/{event.slug}/card.png{query}"


@pytest.mark.django_db
def test_a_card_is_drawn_once(client):
    drawn = []
    for _ in range(3):
        assert store.find_or_draw("a.png", lambda: drawn.append(1) or PNG) == PNG
    assert len(drawn) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("broken", [b"", b"dra", store.END[:-1]])
def test_a_card_that_was_not_written_to_its_end_is_drawn_again(broken):
    default_storage.save("cards/a.png", ContentFile(broken))
    assert store.find_or_draw("a.png", lambda: PNG) == PNG == store.find("a.png")


@pytest.mark.django_db
def test_nonsense_in_the_address_orders_no_drawing(client):
    event, post = make_event(), make_post()
    for query in ("", "?v=1", "?v=2", "?x=3", f"?v={'9' * 12}"):
        assert client.get(path(event, query)).status_code == 200
        assert client.get(f"/nb/blog/{post.slug}/card.png{query}").status_code == 200
        assert client.get(f"/nb/card.png{query}").status_code == 200
    assert len(default_storage.listdir("cards")[1]) == 3


@pytest.mark.django_db
def test_a_change_is_another_card(client):
    event = make_event()
    before = client.get(path(event)).content
    event.state = "cancelled"
    event.save()
    assert client.get(path(event)).content != before


@pytest.mark.django_db
def test_a_full_disk_costs_the_next_drawing_alone(settings, tmp_path):
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file"
    assert [store.find_or_draw("a.png", lambda: PNG) for _ in range(2)] == [PNG, PNG]


@pytest.mark.django_db
def test_old_cards_go_at_night():
    for name in ("old.png", "new.png"):
        default_storage.save(f"cards/{name}", ContentFile(PNG))
    then = (timezone.now() - store.KEPT - timedelta(days=1)).timestamp()
    os.utime(settings.MEDIA_ROOT / "cards/old.png", (then, then))
    assert (store.tidy(), default_storage.listdir("cards")[1]) == (1, ["new.png"])


def test_nothing_to_tidy_is_no_error():
    assert store.tidy() == 0


@pytest.mark.django_db(transaction=True)
def test_while_one_is_drawn_one_waits_and_the_others_leave_at_once():
    """Nobody holds a thread of the server but those two, however many cold cards are asked for."""
    inside, may_end, told = threading.Event(), threading.Event(), []

    def slow():
        inside.set()
        may_end.wait(30)
        return PNG

    def ask(number):
        if number == 0:
            return store.find_or_draw("0.png", slow)
        inside.wait(30)
        try:
            return store.find_or_draw(f"{number}.png", lambda: PNG)
        except turns.Busy:
            told.append(number)
            # All but one have been told by now, and it is the one that waits.
            if len(told) == 6:
                may_end.set()
            return None

    found = at_once(ask, *range(8))
    assert (found.count(PNG), len(told)) == (2, 6)


@pytest.mark.django_db(transaction=True)
def test_busy_is_a_page_that_says_when_to_come_again():
    event = make_event()
    inside, may_end = threading.Event(), threading.Event()

    def hold():
        with turns.turn(store.DRAWING, patience=0), turns.turn(store.WAITING, patience=0):
            inside.set()
            may_end.wait(30)

    def ask():
        inside.wait(30)
        answer = Client().get(path(event))
        may_end.set()
        return answer.status_code, answer["Retry-After"]

    assert at_once(lambda work: work(), hold, ask)[1] == (503, "5")
