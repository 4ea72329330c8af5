"""Whoever runs the site is told of the first error of a kind, and of no more."""

import logging
import threading

import pytest
from django.core import mail
from django.core.cache import cache

from chapter.mail import sealed
from chapter.models import SealedMail
from otg_site.health import alarm

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def log(settings):
    settings.MAIL_ADMINS = ["you@example.org"]
    logger = logging.getLogger("trial.alarm")
    logger.propagate = False
    handlers = []

    def new_process():
        """What has been seen is known to a process alone, and to the cache."""
        logger.handlers = [alarm.Alarm()]
        handlers.extend(logger.handlers)
        return logger

    yield new_process
    logger.handlers = []
    cache.clear()


def fail(logger, number=1):
    try:
        raise ValueError(f"canary{number}@example.org {number}")
    except ValueError:
        logger.exception("Internal Server Error: /nb/%s", number)
    told()


def fail_elsewhere(logger):
    try:
        raise ValueError("elsewhere")
    except ValueError:
        logger.exception("Internal Server Error")
    told()


def told():
    """Wait for the threads that tell."""
    for thread in threading.enumerate():
        if getattr(thread, "_target", None) is alarm._tell:
            thread.join()


def test_first_error_of_a_kind_is_mailed_once_to_each(log, settings):
    settings.MAIL_ADMINS = ["you@example.org", "me@example.org"]
    for number in range(3):
        fail(log(), number)
    assert SealedMail.objects.count() == 2


def test_error_of_another_kind_is_mailed_too(log):
    logger = log()
    fail(logger)
    fail_elsewhere(logger)
    assert SealedMail.objects.count() == 2


def test_mail_says_where_and_names_nobody(log):
    fail(log())
    sealed.send_sealed(SealedMail.objects.get().pk)
    (sent,) = mail.outbox
    assert sent.subject == "An error on localhost:8000: ValueError"
    assert ("in fail" in sent.body, "canary" in sent.body) == (True, False)


def test_warning_is_not_mailed(log):
    log().warning("Something is slow")
    told()
    assert SealedMail.objects.count() == 0


def test_sentences_that_differ_in_numbers_are_of_a_kind(log):
    logger = log()
    for number in (1, 2):
        logger.error("Job %s has ended its worker", number)
    told()
    assert SealedMail.objects.count() == 1
