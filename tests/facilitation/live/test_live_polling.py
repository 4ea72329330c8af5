"""Where there is no stream the page asks, and hears "nothing new" at the price of one row."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from facilitation.models import Round
from facilitation.table import topics
from tests.factories import make_board, make_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    return make_board(show_at_once=True)


def ask(client, board, *, etag=None, query="", language="nb"):
    headers = {"If-None-Match": etag} if etag else {}
    return client.get(f"/{language}/board/{board.code}/shared/{query}", headers=headers)


def write(board, text):
    return topics.write(board, by=make_participant(board=board), client_id=uuid4(), text=text)


def test_there_is_no_stream_from_a_server_that_cannot_keep_it_open(client, board):
    assert client.get(f"/live/boards/{board.code}/").status_code == 204


def test_asking_gives_what_the_stream_gives(client, board):
    write(board, "Møter uten mål")
    part = ask(client, board).json()
    assert set(part) == {"version", "stamp", "now", "html", "ends_at", "spread"}
    assert "Møter uten mål" in part["html"] and part["version"] == 2


def test_nothing_new_is_said_after_one_query(client, board, django_assert_num_queries):
    etag = ask(client, board)["ETag"]
    with django_assert_num_queries(1):
        answer = ask(client, board, etag=etag)
    assert (answer.status_code, answer.content) == (304, b"")


def test_a_change_makes_the_answer_new(client, board):
    etag = ask(client, board)["ETag"]
    write(board, "Kaffe")
    answer = ask(client, board, etag=etag)
    assert answer.status_code == 200 and "Kaffe" in answer.json()["html"]


def test_the_end_of_time_makes_the_answer_new_too(client, board):
    now = timezone.now()
    topic = write(board, "On the table")
    type(board).objects.update(phase="talk")
    type(topic).objects.update(state="talking")
    round = Round.objects.create(topic=topic, number=1, started_at=now, ends_at=now + timedelta(minutes=8))
    etag = ask(client, board)["ETag"]
    assert ask(client, board, etag=etag).status_code == 304
    Round.objects.filter(pk=round.pk).update(ends_at=now)
    assert ask(client, board, etag=etag).status_code == 200


def test_languages_and_views_are_kept_apart(client, board):
    asked = [
        ask(client, board, language=code, query=query) for code in ("nb", "sv") for query in ("", "?view=screen")
    ]
    assert len({answer["ETag"] for answer in asked}) == 4


@pytest.mark.parametrize("query", ["", "?view=screen"])
def test_hidden_notes_are_in_no_answer(client, query):
    board = make_board()
    write(board, "Purple cows")
    assert "Purple" not in ask(client, board, query=query).content.decode()


def test_no_cookie_is_set_and_nothing_is_kept_for_long(client, board):
    answer = ask(client, board)
    assert not answer.cookies and answer["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("query", ["?view=nothing", "?view="])
def test_a_view_that_is_none_is_not_found(client, board, query):
    assert ask(client, board, query=query).status_code == 404
