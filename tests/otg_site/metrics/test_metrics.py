"""/metrics: off, for the holder of the token, and added up over the processes of a server."""

import re
import urllib.request

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from chapter.mail import queue
from otg_site.metrics import middleware, numbers
from tests.live_server_process import LiveServer
from tests.otg_site.test_settings import COMPLETE, read

TOKEN = "a-token-of-thirty-characters-or-so"


def ask(client, token=TOKEN):
    return client.get("/metrics", headers={"Authorization": f"Bearer {token}"} if token else {})


def values(text):
    """{name{labels}: value}"""
    return {name: float(value) for name, value in re.findall(r"^([a-z]\S*) (\S+)$", text, re.MULTILINE)}


def test_it_is_off_unless_there_is_a_token(client, settings):
    settings.METRICS_TOKEN = ""
    assert ask(client, token="").status_code == 404


@pytest.mark.parametrize("said", ["", "a-token-of-thirty-characters-or-no", "é"])
def test_whoever_has_another_token_is_refused(client, settings, said):
    settings.METRICS_TOKEN = TOKEN
    response = ask(client, token=said)
    assert (response.status_code, response.content) == (401, b"")


@pytest.mark.django_db
def test_queue_is_told(client, settings):
    settings.METRICS_TOKEN = TOKEN
    queue.deliver.defer(delivery_id=1)
    found = values(ask(client).content.decode())
    told = {name: found.get(name) for name in ("site_jobs_waiting", "site_mails_waiting", "site_mails_failed")}
    assert told == {"site_jobs_waiting": 1, "site_mails_waiting": 1, "site_mails_failed": 0}
    assert found["site_oldest_job_seconds"] >= 0


def count(settings, status, was_kept=None):
    settings.METRICS_TOKEN = TOKEN
    request = RequestFactory().get("/")

    def answer(request):
        if was_kept is not None:
            request.was_kept = was_kept
        return HttpResponse(status=status)

    middleware.Counted(answer)(request)


@pytest.mark.django_db
def test_answers_are_counted_by_their_class(client, settings):
    before = values(numbers.generate_latest(numbers._counted()).decode())
    for status in (200, 204, 404, 503):
        count(settings, status)
    after = values(ask(client).content.decode())
    names = [f'site_request_seconds_count{{answer="{n}xx"}}' for n in (2, 4, 5)]
    assert [after[name] - before.get(name, 0) for name in names] == [2, 1, 1]


@pytest.mark.django_db
def test_store_of_pages_is_counted(client, settings):
    before = values(numbers.generate_latest(numbers._counted()).decode())
    for was_kept in (True, True, False, None):
        count(settings, 200, was_kept)
    after = values(ask(client).content.decode())
    names = [f'site_page_store_total{{found="{found}"}}' for found in ("yes", "no")]
    assert [after[name] - before.get(name, 0) for name in names] == [2, 1]


@pytest.mark.parametrize(("value", "said"), [("short", "too short to be a secret"), (TOKEN, None)])
def test_token_must_be_one(value, said):
    found = read({**COMPLETE, "METRICS_TOKEN": value}, "METRICS_TOKEN")
    assert found == {"METRICS_TOKEN": TOKEN} if said is None else said in found


# A server of two processes


@pytest.fixture
def served(transactional_db):
    server = LiveServer(
        config="otg_site.gunicorn",
        application="otg_site.wsgi",
        options=["--workers", "2"],
        environment={"METRICS_TOKEN": TOKEN},
    )
    with server:
        yield server


def fetched(url):
    asked = urllib.request.Request(url, headers={"Authorization": f"Bearer {TOKEN}"})
    with urllib.request.urlopen(asked, timeout=30) as response:
        return response.read().decode()


def test_whichever_process_is_asked_adds_them_up(served):
    before = values(fetched(f"{served.url}/metrics")).get('site_request_seconds_count{answer="2xx"}', 0)
    for _ in range(20):
        fetched(f"{served.url}/healthz")
    # The request for /metrics before is one of them.
    found = [values(fetched(f"{served.url}/metrics"))['site_request_seconds_count{answer="2xx"}'] for _ in range(4)]
    assert found == [before + 21 + n for n in range(4)]


def test_open_streams_are_counted(transactional_db):
    from tests.factories import make_board

    board = make_board()
    with LiveServer(application="otg_site.asgi", environment={"METRICS_TOKEN": TOKEN}) as server:
        assert values(fetched(f"{server.url}/metrics")).get("site_streams", 0) == 0
        with urllib.request.urlopen(f"{server.url}/live/boards/{board.code}/", timeout=30) as stream:
            assert stream.readline() == b"retry: 2000\n"
            assert values(fetched(f"{server.url}/metrics"))["site_streams"] == 1
