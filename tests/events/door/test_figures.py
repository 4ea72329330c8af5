"""Who came, as numbers: for organisers by event and on average, for everybody one number."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from chapter.privacy import registry as privacy_register
from events import door
from events.models import Rsvp, WalkIn
from tests.factories import make_event, make_rsvp

pytestmark = pytest.mark.django_db
Status = Rsvp.Status


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def make_past(*, came=0, no_show=0, unknown=0, walk_ins=0, days=3):
    event = make_event(starts_in=timedelta(days=-days))
    for attendance, number in (("came", came), ("no_show", no_show), ("", unknown)):
        for _ in range(number):
            make_rsvp(event=event, attendance=attendance, name="Gro Gjest")
    WalkIn.objects.bulk_create(WalkIn(event=event, client_id=uuid4(), name="Nora") for _ in range(walk_ins))
    return event


def test_figures_count_seats_walk_ins_and_the_waitlist_apart():
    event = make_past(came=3, no_show=2, unknown=1, walk_ins=2)
    make_rsvp(event=event, status=Status.WAITLISTED, attendance="came")
    make_rsvp(event=event, status=Status.CANCELLED, attendance="came")
    make_rsvp(event=event, status=Status.CANCELLED)
    assert door.figures(event) == {
        "signed_up": 6, "came": 3, "no_show": 2, "unknown": 1,
        "waiting_came": 1, "others_came": 1, "walk_ins": 2, "here": 7,
    }  # fmt: skip


def test_the_overview_has_a_year_and_no_names(organiser_client):
    recent, old = make_past(came=3, no_show=1, walk_ins=2), make_past(came=9, days=400)
    response = organiser_client.get(reverse("event_figures"))
    rows = [(row.pk, row.signed_up, row.room, row.walk_in_count, row.no_show) for row in response.context["page"]]
    assert rows == [(recent.pk, 4, 5, 2, 1)]
    page = response.content.decode()
    assert ("Gro" in page, "Nora" in page, old.get_absolute_url() in page) == (False, False, False)


def test_the_average_passes_over_events_where_nobody_kept_count(organiser_client):
    make_past(came=8, no_show=2)
    make_past(came=4, no_show=1, unknown=1, walk_ins=2)
    make_past(unknown=20)
    found = organiser_client.get(reverse("event_figures")).context["averages"]
    assert found._asdict() == {"events": 2, "signed_up": 8, "came": 7, "walk_ins": 1, "no_show_percent": 19}


def test_everybody_reads_how_many_came_after_the_event(client):
    event = make_past(came=3, no_show=2, walk_ins=1)
    page = client.get(event.get_absolute_url()).content.decode()
    assert ("4 people came" in page, "absent" in page.lower()) == (True, False)


def test_nothing_is_said_where_nobody_kept_count_or_before_it_is_over(client):
    coming = make_event(starts_in=timedelta(minutes=-5), hours=2)
    make_rsvp(event=coming, attendance="came")
    for event in (make_past(unknown=3), coming):
        assert " came</p>" not in client.get(event.get_absolute_url()).content.decode()


def test_a_walk_ins_name_goes_with_those_of_the_guests():
    old, fresh = make_past(walk_ins=1, days=32), make_past(walk_ins=1, days=20)
    list(privacy_register.expire_each())
    assert [WalkIn.objects.get(event=event).name for event in (old, fresh)] == ["", "Nora"]
