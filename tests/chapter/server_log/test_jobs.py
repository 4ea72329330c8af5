"""From the proxy's number to the log line of the job that a request asked for."""

import io
import json
import logging
from contextlib import contextmanager

import pytest
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.testing import InMemoryConnector

from chapter import server_log
from chapter.mail import queue
from chapter.server_log import JsonLine, jobs, request_name
from events import rsvps
from tests.factories import make_event, make_member

NAME = "0b5e1d9c-1111-4222-8333-444455556666"


def names():
    return [lock.partition("/")[0] for lock in ProcrastinateJob.objects.values_list("queueing_lock", flat=True)]


@pytest.mark.django_db
def test_jobs_remember_the_request_that_asked_for_them():
    with server_log.named(NAME):
        queue.deliver.defer(delivery_id=1)
        queue.deliver.batch_defer({"delivery_id": 2}, {"delivery_id": 2})
    assert names() == [NAME] * 3


@pytest.mark.django_db
def test_job_that_postgresql_queues_remembers_it_too():
    with server_log.named(NAME):
        rsvps.rsvp_as_member(event_id=make_event().pk, member=make_member())
    assert names() == [NAME]


@pytest.mark.django_db
def test_what_the_clock_asks_for_has_no_request():
    queue.deliver.defer(delivery_id=1)
    assert ProcrastinateJob.objects.get().queueing_lock is None


@contextmanager
def heard():
    """What is logged in this block, as JSON."""
    written, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonLine())
    root.addHandler(handler)
    level = root.level
    root.setLevel(logging.INFO)
    lines = []
    try:
        yield lines
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
        lines.extend(json.loads(line) for line in written.getvalue().splitlines())


def test_worker_logs_the_request_and_the_job():
    """In a queue of its own: the site's tasks would open connections in threads that outlive the test."""
    queue_of_its_own = App(connector=InMemoryConnector())
    jobs.carry_requests(queue_of_its_own)

    @queue_of_its_own.task(name="trial")
    async def trial():
        logging.getLogger("trial").warning("hello")

    with server_log.named(NAME):
        number = trial.defer()
    with heard() as lines:
        queue_of_its_own.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
    about = [(line.get("request"), line["job"]) for line in lines if line.get("job")]
    # Of the work, and of what procrastinate says when it is done.
    assert (set(about), len(about) >= 2) == ({(NAME, number)}, True)


def test_real_worker_is_told_to():
    assert app.worker_defaults["worker_middleware"] == [jobs.under_its_request]


def test_lock_that_is_one_is_no_request():
    assert request_name.request_of("chapter.tidy") == ""
