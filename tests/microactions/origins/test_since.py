"""Since last time: what the next meetup opens with, and why it takes place."""

from datetime import timedelta

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Event
from microactions.origins.since import since_last
from tests.factories import make_event, make_microaction

pytestmark = pytest.mark.django_db


def ago(days):
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def last():
    return make_event(title="Last time", starts_in=timedelta(days=-30))


@pytest.fixture
def coming():
    return make_event(title="Coming")


def page(client, event):
    return client.get(f"/en/events/{event.slug}/").content.decode()


def test_previous_is_the_latest_that_took_place_before(last, coming):
    make_event(starts_in=timedelta(days=-60))
    make_event(starts_in=timedelta(days=-10), state=Event.State.CANCELLED)
    make_event(starts_in=timedelta(days=3))
    assert since_last(coming).previous == last
    assert since_last(last).previous.starts_at < last.starts_at


def test_first_meetup_has_nothing_before_it(client, coming):
    assert not since_last(coming)
    assert "since-h" not in page(client, coming)


def test_only_public_results_of_that_event_are_shown(last, coming):
    shared = make_microaction(event=last, status="done", result="It worked")
    make_microaction(event=last, status="open")
    make_microaction(status="done")
    for hidden in ({"visibility": "me"}, {"visibility": "makker"}, {"visibility": "event"}, {"held": True}):
        make_microaction(event=last, status="done", **hidden)
    assert since_last(coming).results == [shared]


def test_silence_is_unknown_and_never_failure(client, last, coming):
    make_microaction(event=last, status="done", due_on=ago(20))
    make_microaction(event=last, status="partly", visibility="me", due_on=ago(20))
    make_microaction(event=last, status="let_go", visibility="me", due_on=ago(20))
    make_microaction(event=last, status="open", due_on=ago(20))
    make_microaction(event=last, status="open", due_on=ago(2))
    shown = since_last(coming)
    assert (shown.told, shown.unknown) == (3, 1)
    assert "1 person hasn’t told us yet." in page(client, coming)


def test_counts_alone_make_no_block(last, coming):
    make_microaction(event=last, status="done", visibility="me")
    assert not since_last(coming)


@pytest.mark.parametrize(("name", "words"), [("Kari", "because Kari wrote down"), ("", "because someone wrote down")])
def test_origin_is_told_with_a_name_only_if_one_is_shown(client, coming, name, words):
    make_microaction(led_to=coming, status="done", name=name, what="Ask for a room")
    text = page(client, coming)
    assert words in text
    assert "Ask for a room" in text


@pytest.mark.parametrize("hidden", [{"visibility": "me"}, {"visibility": "event"}, {"held": True}])
def test_origin_that_is_not_public_is_not_told(coming, hidden):
    make_microaction(led_to=coming, status="done", **hidden)
    assert since_last(coming).origins == []


def test_meetup_that_is_over_still_tells_why(client, last):
    before = make_event(starts_in=timedelta(days=-60))
    make_microaction(event=before, status="done", what="Result of old", result="Old")
    make_microaction(led_to=last, status="done", what="Ask for a room")
    text = page(client, last)
    assert "This meetup happened because" in text
    assert "Result of old" not in text


def test_costs_the_same_for_one_and_for_many(last, coming):
    counts = []
    for number in (1, 9):
        for _ in range(number):
            make_microaction(event=last, status="done", result="Bra")
            make_microaction(led_to=coming, status="done")
        with CaptureQueriesContext(connection) as queries:
            render_to_string("microactions/origins/_since.html", {"since": since_last(coming)})
        counts.append(len(queries))
    assert counts == [6, 6]


def test_event_says_first_what_it_is_and_where_one_signs_up(client, last, coming):
    make_microaction(event=last, status="done", result="It worked")
    page = client.get(coming.get_absolute_url()).text
    assert 0 < page.index('class="facts') < page.index('id="rsvp"') < page.index("It worked")
