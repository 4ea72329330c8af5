"""A postponed event whose old date has gone by is found: at the end of what is coming, and on the desk."""

from datetime import timedelta

import pytest
from django.urls import reverse

from events.models import Event
from events.rsvps.panels import waitlists
from tests.factories import make_event, make_rsvp, make_series

pytestmark = pytest.mark.django_db


def make_postponed(**fields):
    return make_event(state=Event.State.POSTPONED, starts_in=timedelta(days=-3), title="Storm", **fields)


def test_it_stands_after_what_has_a_date():
    postponed, coming, ahead = make_postponed(), make_event(), make_event(state="postponed", starts_in=timedelta(1))
    assert list(Event.objects.upcoming()) == [ahead, coming, postponed]
    assert postponed not in Event.objects.past()


@pytest.mark.parametrize("page", ["events", "embed", "events_json"])
def test_visitors_find_it(client, page):
    make_postponed()
    assert "Storm" in client.get(reverse(page)).content.decode()


def test_visitors_find_it_on_the_page_of_its_series(client):
    series = make_series()
    make_postponed(series=series)
    assert "Storm" in client.get(series.get_absolute_url()).content.decode()


def test_front_page_announces_what_has_a_date(client):
    make_postponed()
    assert "Storm" not in client.get(reverse("home")).content.decode()


def test_desk_asks_for_a_date_until_it_has_one_or_is_cancelled(organiser_client):
    event = make_postponed()
    make_rsvp(event=event, status="waitlisted")
    edit = reverse("event_edit", args=[event.slug])
    assert edit in organiser_client.get(reverse("desk")).content.decode()
    assert waitlists(None, None) is None
    Event.objects.update(state=Event.State.CANCELLED)
    assert edit not in organiser_client.get(reverse("desk")).content.decode()
