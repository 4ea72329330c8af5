"""A venue that moves is told to those who are to come there; one whose name is corrected is not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from chapter.models import Delivery
from events import planning
from tests.events.planning.test_organise_pages import venue_fields
from tests.factories import make_event, make_rsvp, make_series, make_venue
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def make_house(*, state="published", **fields):
    """A venue and somebody who is to come there."""
    venue = make_venue(address="Eksempelgata 2", name="Kafé")
    event = make_event(venue=venue, state=state, **fields)
    make_rsvp(event=event, email="guest@example.org", language="en")
    return venue, event


def save_venue(client, venue, **changes):
    fields = venue_fields(**changes)
    return client.post(reverse("venue_edit", args=[venue.pk]), fields)


def test_venue_that_moves_is_told_with_the_reason(organiser_client, mailoutbox):
    venue, event = make_house()
    save_venue(organiser_client, venue, address="Storgata 9", reason="The roof leaks")
    deliver_all()
    event.refresh_from_db()
    assert (event.sequence, event.state_reason, [mail.to for mail in mailoutbox]) == (
        1,
        "The roof leaks",
        [["guest@example.org"]],
    )
    assert "Storgata 9" in mailoutbox[0].body and "The roof leaks" in mailoutbox[0].body


def test_whoever_comes_to_a_whole_series_there_gets_one_mail(organiser_client, mailoutbox):
    venue = make_venue(address="Eksempelgata 2", directions="Ring the bell")
    made = make_series(venue=venue)
    events = [make_event(venue=venue, series=made, starts_in=timedelta(days=n)) for n in (7, 14)]
    for event in events:
        make_rsvp(event=event, email="guest@example.org", language="en")
    make_rsvp(event=events[0], email="once@example.org", language="en")
    form = organiser_client.get(reverse("venue_edit", args=[venue.pk])).context["form"]
    assert "2 people" in form.fields["reason"].help_text
    save_venue(organiser_client, venue, address="Storgata 9", directions="Ring the bell", reason="The roof leaks")
    deliver_all()
    mails = {mail.to[0]: mail.body for mail in mailoutbox}
    assert (len(mailoutbox), sorted(mails)) == (2, ["guest@example.org", "once@example.org"])
    assert [body.count("Storgata 9") for _to, body in sorted(mails.items())] == [2, 1]
    assert [body.count("Ring the bell") for _to, body in sorted(mails.items())] == [1, 1]
    assert all("The roof leaks" in body for body in mails.values())


def test_venue_that_is_only_corrected_is_told_nobody(organiser_client, mailoutbox):
    venue, event = make_house(state_reason="Earlier")
    save_venue(organiser_client, venue, name="Kafé Eksempel", reason="")
    deliver_all()
    event.refresh_from_db()
    assert (event.sequence, event.state_reason, mailoutbox) == (1, "Earlier", [])


def test_new_way_in_is_told_if_there_is_a_reason(organiser_client, mailoutbox):
    venue, _event = make_house()
    save_venue(organiser_client, venue, access_notes="The lift is out of order", reason="Use the ramp")
    deliver_all()
    assert "The lift is out of order" in mailoutbox[0].body


def test_reason_without_a_change_is_not_mailed(organiser_client):
    venue, event = make_house()
    form = save_venue(organiser_client, venue, reason="Why not").context["form"]
    assert form.errors["reason"] == ["Nothing about the venue has changed, so there is nothing to tell people about."]
    event.refresh_from_db()
    assert event.sequence == 0


@pytest.mark.parametrize(
    "fields", [{"state": "draft"}, {"state": "cancelled"}, {"state": "postponed"}, {"starts_in": timedelta(days=-2)}]
)
def test_venue_asks_for_a_reason_only_where_somebody_would_hear_it(organiser_client, fields):
    venue, _event = make_house(**fields)
    told, untold = make_house()[0], venue
    forms = [organiser_client.get(reverse("venue_edit", args=[place.pk])).context["form"] for place in (told, untold)]
    assert ["reason" in form.fields for form in forms] == [True, False]


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled"])
def test_other_events_there_change_in_silence(state):
    venue, event = make_house(state=state, state_reason="Earlier")
    assert planning.venue_changed(venue, reason="The roof leaks") == 0
    event.refresh_from_db()
    assert (event.sequence, event.state_reason, Delivery.objects.count()) == (1, "Earlier", 0)
