"""Organisers and readers at the same series, and at the same draft, in the same moment: no deadlock, no fault, one outcome."""

from datetime import date, time

import pytest
from django.test import Client
from django.urls import reverse

from events import planning, rsvps
from events.models import Event, Rsvp
from events.rsvps.actions import NotOpen
from events.series import actions as series
from tests.factories import make_event, make_member, make_organiser, make_proposal, make_series
from tests.threads import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def signed_in(member):
    client = Client()
    client.force_login(member)
    return client


def test_everything_at_once_ends_with_no_event_that_is_open():
    found, member = make_series(publishes=False), make_member()
    series.top_up(found.pk)
    events = list(found.events.order_by("-id"))
    Event.objects.filter(pk__in=[event.pk for event in events[:3]]).update(state="published")
    work = [
        *[lambda: series.top_up_all()] * 2,
        *[lambda event=event: planning.delete_draft(event.pk) for event in events[3:]],
        *[lambda event=event: rsvps.rsvp_as_member(event_id=event.pk, member=member) for event in events[:3]],
        *[lambda event=event: planning.cancel(event.pk, reason="Storm") for event in events[:2]],
        lambda: series.skip(found.pk, date=events[4].series_date),
        lambda: series.end(found.pk, cancels=True, reason="We move on"),
    ]
    faults = [result for result in at_once(lambda verb: verb(), *work) if isinstance(result, Exception)]
    assert {type(fault) for fault in faults} <= {NotOpen}
    assert set(found.events.values_list("state", flat=True)) == {"cancelled"}
    assert Rsvp.objects.count() == 3 - len(faults)


def test_second_click_on_delete_is_no_fault():
    event, organiser = make_event(state="draft"), make_organiser()
    clients = [signed_in(organiser) for _ in range(3)]
    path = reverse("event_delete", args=[event.slug])
    codes = at_once(lambda client: client.post(path).status_code, *clients)
    assert set(codes) <= {302, 404} and 302 in codes
    assert not Event.objects.exists()


def test_second_click_on_taking_a_proposal_back_is_no_fault():
    path = make_proposal().get_absolute_url()
    clicks = [Client() for _ in range(3)]
    codes = at_once(lambda client: client.post(path, {"action": "withdraw"}).status_code, *clicks)
    assert set(codes) <= {302, 404} and 302 in codes


def test_same_title_in_the_same_moment_gives_each_series_its_own_address():
    columns = {"starts_on": date(2020, 1, 1), "starts_at": time(11, 30), "online_url": "https://meet.example.org/"}
    text = {"language": "nb", "title": "New", "body": ""}
    made = at_once(lambda n: series.create(columns={**columns, "ahead": n}, text=text).slug, 1, 2, 3)
    assert sorted(made) == ["new-2", "new-3", "new-4"]
