"""What is sent to Sentry: where it broke, and nothing that anybody sent. The receiver is one of our own, on 127.0.0.1."""

import gzip
import json
import logging
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import brotli
import pytest
from django.db import DataError, connection
from django.test import Client
from django.urls import path

from chapter import server_log
from otg_site.health.sentry import Sentry
from tests.otg_site.test_settings import COMPLETE, read

NAME = "0b5e1d9c-1111-4222-8333-444455556666"
CANARIES = ["canary.bird@example.org", "Kanarifugl", "secret-cookie", "s3cretTokenOf9a8b7c6d5e", "203.0.113.77"]
OPENED = {"gzip": gzip.decompress, "br": brotli.decompress, None: bytes}


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = OPENED[self.headers["Content-Encoding"]](self.rfile.read(int(self.headers["Content-Length"])))
        self.server.bodies.append(body.decode())
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args):
        """The test's output is for the test."""


@pytest.fixture
def receiver():
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    server.bodies = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def handler(settings, receiver):
    settings.SENTRY_DSN = f"http://key@127.0.0.1:{receiver.server_port}/1"
    handler = Sentry()
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
    handler.close()


@pytest.fixture
def sent(handler, receiver):
    """The events that have arrived, each as its text and its fields."""

    def arrived():
        handler.client.flush(timeout=10)
        return [(body, json.loads(body.splitlines()[2])) for body in receiver.bodies]

    return arrived


def broken(request, token):
    # Local variables, as code has them.
    kept = (request.POST["name"], request.COOKIES["session"])
    raise ValueError(f"{len(kept)} {request.POST['email']} came by /en/events/rsvp/{token}/")


urlpatterns = [path("en/events/rsvp/<slug:token>/", broken)]


def break_it():
    client = Client(raise_request_exception=False, REMOTE_ADDR="203.0.113.77")
    client.cookies["session"] = "secret-cookie"
    client.post(
        "/en/events/rsvp/s3cretTokenOf9a8b7c6d5e/?q=Kanarifugl",
        {"email": "canary.bird@example.org", "name": "Kanarifugl"},
        headers={"X-Request-ID": NAME},
    )


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_broken_page_is_sent_without_what_was_sent_to_it(sent, settings):
    settings.MIDDLEWARE = ["chapter.web.middleware.name_request"]
    break_it()
    ((text, event),) = sent()
    assert [canary for canary in CANARIES if canary in text] == []
    (error,) = event["exception"]["values"]
    assert (error["type"], error["stacktrace"]["frames"][-1]["function"]) == ("ValueError", "broken")
    assert event["tags"] == {"request": NAME}


def test_nothing_of_the_machine_is_sent(sent):
    logging.getLogger("trial").error("The queue is full")
    ((_, event),) = sent()
    assert event["logentry"] == {"formatted": "The queue is full"}
    assert event.keys() & {"user", "request", "server_name", "extra", "modules", "breadcrumbs", "contexts"} == set()


def test_job_is_named(sent):
    with server_log.at_work(7, lock=f"{NAME}/1"):
        logging.getLogger("trial").error("Not taken")
    ((_, event),) = sent()
    assert event["tags"] == {"request": NAME, "job": "7"}


def test_warning_stays_here(sent):
    logging.getLogger("trial").warning("It is late")
    assert sent() == []


@pytest.mark.django_db
def test_refused_row_is_sent_without_its_values(sent):
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s::integer", CANARIES[:1])
    except DataError:
        logging.getLogger("trial").exception("Not stored")
    ((text, event),) = sent()
    assert (len(event["exception"]["values"]), CANARIES[0] in text) == (2, False)


@pytest.mark.parametrize("said", ["", "https://key@sentry.example.org/1"])
def test_it_is_off_unless_there_is_an_address(said):
    handlers = read({**COMPLETE, "SENTRY_DSN": said}, "LOGGING")["LOGGING"]["handlers"]
    assert handlers["sentry"]["class"] == ("otg_site.health.sentry.Sentry" if said else "logging.NullHandler")
