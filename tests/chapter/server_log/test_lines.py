"""The log as JSON, and the request that a line is about."""

import json
import logging

from chapter import server_log
from chapter.server_log import JsonLine


def line_of(message, **more):
    record = logging.getLogger("trial").makeRecord("trial", logging.WARNING, "file", 1, message, (), None, **more)
    return json.loads(JsonLine().format(record))


def test_line_has_what_there_is_and_no_more():
    found = line_of("Blåbær")
    assert found.pop("time").endswith("+00:00")
    assert found == {"level": "WARNING", "logger": "trial", "message": "Blåbær"}


def test_line_names_the_job():
    assert line_of("done", extra={"job": {"id": 12}})["job"] == 12


def test_line_names_the_request_of_the_proxy():
    with server_log.named("0b5e1d9c-1111-4222-8333-444455556666"):
        assert line_of("hello")["request"] == "0b5e1d9c-1111-4222-8333-444455556666"
    assert "request" not in line_of("hello")


def test_what_is_no_name_is_replaced_by_one():
    with server_log.named("canary@example.org\n"):
        assert "canary" not in line_of("hello")["request"]


def test_traceback_is_in_the_line_and_cut():
    try:
        raise ValueError("canary@example.org")
    except ValueError as error:
        record = logging.getLogger("trial").makeRecord(
            "trial", logging.ERROR, "file", 1, "oh", (), (type(error), error, error.__traceback__)
        )
    found = json.loads(JsonLine().format(record))
    assert ("ValueError" in found["traceback"], "canary" in found["traceback"]) == (True, False)
