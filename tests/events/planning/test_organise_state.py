"""The organisers' pages of an event's state and its people: a late click is harmless, a seat goes to who waits."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from chapter.models import Delivery
from events.models import Event, Rsvp, Venue
from tests.events.planning.test_organise import error_of, typed
from tests.factories import make_event, make_member, make_organiser, make_rsvp

pytestmark = pytest.mark.django_db
State, Status = Event.State, Rsvp.Status
NOON = datetime(2099, 5, 7, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def organiser(client):
    member = make_organiser(name="Kari Eksempel")
    client.force_login(member)
    return member


# States


def test_cancelling_shows_who_is_told_and_needs_a_reason(client, organiser):
    event = make_event()
    for status in (Status.GOING, Status.WAITLISTED, Status.PENDING):
        make_rsvp(event=event, status=status)
    url = reverse("event_cancel", args=[event.slug])
    assert "We’ll email 2 people who are coming or on the waitlist" in client.get(url).content.decode()
    assert error_of(client.post(url, {"reason": " "}), "reason") == "This field is required."
    client.post(url, {"reason": "Storm"})
    assert Event.objects.get().is_cancelled
    assert Delivery.objects.filter(kind="event_cancelled").count() == 2


def test_second_click_says_so_and_does_nothing(client, organiser):
    event = make_event()
    make_rsvp(event=event)
    url = reverse("event_cancel", args=[event.slug])
    client.post(url, {"reason": "Storm"})
    response = client.post(url, {"reason": "Second"}, follow=True)
    assert "Not saved. Someone else has changed this" in response.content.decode()
    assert Event.objects.get().state_reason == "Storm"
    assert Delivery.objects.count() == 1


def test_reading_a_page_of_a_change_changes_nothing(client, organiser):
    event = make_event()
    for name in ("event_publish", "event_unpublish", "event_postpone", "event_cancel"):
        assert client.get(reverse(name, args=[event.slug])).status_code == 200
    event.refresh_from_db()
    assert (event.state, event.sequence) == (State.PUBLISHED, 0)


def test_draft_is_published_by_a_click(client, organiser):
    event = make_event(state=State.DRAFT)
    client.post(reverse("event_publish", args=[event.slug]))
    client.logout()
    assert client.get(event.get_absolute_url()).status_code == 200


def test_duplicate_opens_the_new_draft(client, organiser):
    event = make_event(title="Kaffe", starts_at=NOON)
    response = client.post(reverse("event_duplicate", args=[event.slug]))
    assert response["Location"] == reverse("event_edit", args=["2099-05-14-kaffe"])
    assert client.get(reverse("event_duplicate", args=[event.slug])).status_code == 405


# Who comes


def test_attendees_are_in_order_and_without_addresses(client, organiser):
    event = make_event(capacity=1)
    now = timezone.now()
    make_rsvp(event=event, name="Ada Eksempel", email="ada@example.org")
    make_rsvp(event=event, name="Second Eksempel", status=Status.WAITLISTED, queued_at=now)
    make_rsvp(event=event, name="First Eksempel", status=Status.WAITLISTED, queued_at=now - timedelta(hours=1))
    make_rsvp(event=event, name="Pending Eksempel", status=Status.PENDING)
    page = client.get(reverse("event_attendees", args=[event.slug])).content.decode()
    assert page.index("Ada Eksempel") < page.index("First Eksempel") < page.index("Second Eksempel")
    assert "1 person hasn’t confirmed" in page
    assert "ada@example.org" not in page
    assert "Pending Eksempel" not in page


def test_more_seats_from_the_attendees_page(client, organiser):
    event = make_event(capacity=1)
    make_rsvp(event=event)
    waiting = make_rsvp(event=event, status=Status.WAITLISTED)
    url = reverse("event_attendees", args=[event.slug])
    assert "whole number" in error_of(client.post(url, {"capacity": "-1"}), "capacity")
    client.post(url, {"capacity": "2"})
    waiting.refresh_from_db()
    assert waiting.is_going


def test_removing_somebody_gives_the_seat_on(client, organiser):
    event = make_event(capacity=1)
    first, waiting = make_rsvp(event=event), make_rsvp(event=event, status=Status.WAITLISTED)
    client.post(reverse("attendee_remove", args=[event.slug, first.pk]))
    first.refresh_from_db()
    waiting.refresh_from_db()
    assert (first.status, waiting.status) == (Status.REMOVED, Status.GOING)


def test_removing_needs_the_event_it_is_about(client, organiser):
    rsvp = make_rsvp()
    for slug, pk in [(make_event().slug, rsvp.pk), (rsvp.event.slug, 10**40)]:
        assert client.post(reverse("attendee_remove", args=[slug, pk])).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_attendees_cost_the_same_for_many(client, organiser, django_assert_max_num_queries, rows):
    event = make_event()
    for _ in range(rows):
        make_rsvp(event=event, member=make_member())
    with django_assert_max_num_queries(13):
        client.get(reverse("event_attendees", args=[event.slug]))


# Venues


def test_venue_is_written_and_changed(client, organiser):
    sent = {"name": "Kafé", "address": "Eksempelgata 2", "city": "Eksempelby", "language": "nb", "directions": "Opp"}
    client.post(reverse("venue_new"), sent)
    venue = Venue.objects.get()
    event = make_event(venue=venue)
    client.post(reverse("venue_edit", args=[venue.pk]), {**sent, "address": "Eksempelgata 3"})
    event.refresh_from_db()
    assert (Venue.objects.get().address, event.sequence) == ("Eksempelgata 3", 1)
    client.post(reverse("venue_edit", args=[venue.pk]), {**sent, "address": "Eksempelgata 3", "directions": "Ned"})
    event.refresh_from_db()
    assert event.sequence == 1


def test_members_cannot_post(client):
    event = make_event(state=State.PUBLISHED)
    client.force_login(make_member())
    for name in ("event_cancel", "event_duplicate", "event_unpublish", "event_edit"):
        assert client.post(reverse(name, args=[event.slug]), {"reason": "x"}).status_code == 403
    assert client.post(reverse("event_attendees", args=[event.slug]), {"capacity": "9"}).status_code == 404
    assert client.post(reverse("event_new"), typed()).status_code == 403
    assert Event.objects.get().is_published
