"""Sums that are kept for a minute, unless somebody has just posted."""

from datetime import timedelta
from itertools import count

import pytest
import time_machine
from django.core.cache import caches
from django.test import RequestFactory
from django.urls import reverse

from chapter.page_cache import once_a_minute
from chapter.page_cache.middleware import POSTED
from tests.factories import make_event, make_microaction, make_organiser, make_rsvp

pytestmark = pytest.mark.django_db
NOON = "2026-11-15T12:00:00Z"


@pytest.fixture(autouse=True)
def clock(settings):
    settings.PAGE_CACHE = True
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock
    caches["process"].clear()


def asked(*, cookies=None):
    request = RequestFactory().get("/")
    request.COOKIES = cookies or {}
    return request


def test_a_sum_is_added_up_once_a_minute(clock):
    added_up = count(1)
    assert [once_a_minute(asked(), "a-sum", lambda: next(added_up)) for _ in range(2)] == [1, 1]
    assert once_a_minute(asked(), "another", lambda: "another") == "another"
    clock.shift(61)
    assert once_a_minute(asked(), "a-sum", lambda: next(added_up)) == 2


def test_that_there_is_none_is_kept_too():
    added_up = count(1)
    for _ in range(2):
        assert once_a_minute(asked(), "a-sum", lambda: next(added_up) and None) is None
    assert next(added_up) == 2


def test_whoever_has_just_posted_has_it_added_up_anew():
    added_up = count(1)
    once_a_minute(asked(), "a-sum", lambda: next(added_up))
    assert once_a_minute(asked(cookies={POSTED: "1"}), "a-sum", lambda: next(added_up)) == 2


def test_a_site_that_keeps_no_pages_keeps_no_sums(settings):
    settings.PAGE_CACHE = False
    added_up = count(1)
    assert [once_a_minute(asked(), "a-sum", lambda: next(added_up)) for _ in range(2)] == [1, 2]


@pytest.fixture
def organiser(client):
    client.force_login(make_organiser())
    return client


def test_figures_of_a_year_are_a_minute_old_at_most(organiser, clock):
    event = make_event(starts_in=-timedelta(days=3))

    def average_after_one_more():
        make_rsvp(event=event, attendance="came")
        return organiser.get(reverse("event_figures")).context["averages"].came

    assert [average_after_one_more(), average_after_one_more()] == [1, 1]
    clock.shift(61)
    assert average_after_one_more() == 3


def test_results_of_a_year_are_in_the_language_of_each_reader(organiser):
    make_event(starts_in=-timedelta(days=3))
    make_microaction()
    pages = [organiser.get(f"/{language}/events/figures/").content.decode() for language in ("en", "nb", "sv")]
    assert ["no one has told us" in page for page in pages] == [True, False, False]
