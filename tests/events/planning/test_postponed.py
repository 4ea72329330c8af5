"""What happens around a postponement, also when the old date has gone by."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from events import planning
from events.models import Event, Rsvp
from events.rsvps import privacy
from events.rsvps.box import rsvp_box
from tests.events.planning.test_changes import edit
from tests.factories import make_event, make_rsvp

pytestmark = pytest.mark.django_db
State = Event.State


def make_postponed(*, days_ago=3, **fields):
    return make_event(state=State.POSTPONED, starts_in=timedelta(days=-days_ago), **fields)


def test_postponed_event_is_cancelled_also_after_its_old_date():
    event = make_postponed()
    make_rsvp(event=event)
    assert planning.cancel(event.pk, reason="No room to be had") == 1
    event.refresh_from_db()
    assert event.is_cancelled


def test_organisers_find_the_way_to_cancel_it(organiser_client):
    page = organiser_client.get(f"/en/events/{make_postponed().slug}/").content.decode()
    assert "/cancel/" in page


@pytest.mark.parametrize("state", [State.CANCELLED, State.POSTPONED])
def test_box_never_says_that_it_took_place(state, rf):
    request = rf.get("/")
    request.user = type("Anonymous", (), {"is_authenticated": False})()
    event = make_event(state=state, starts_in=timedelta(days=-3))
    assert rsvp_box(event, request)["state"] == state


def test_date_it_was_moved_from_is_the_one_that_people_knew():
    event = make_event()
    known = event.starts_at
    planning.postpone(event.pk, reason="Storm")
    for days in (10, 20):
        event = Event.objects.get(pk=event.pk)
        shift = timedelta(days=days)
        edit(event, starts_at=event.starts_at + shift, ends_at=event.ends_at + shift, reason="")
    assert Event.objects.get(pk=event.pk).moved_from == known


def test_guests_of_a_postponed_event_are_kept_until_it_takes_place():
    guest = make_rsvp(event=make_postponed(days_ago=60))
    forgotten = make_rsvp(event=make_postponed(days_ago=400))
    privacy.expire_rsvps()
    assert [Rsvp.objects.get(pk=row.pk).email for row in (guest, forgotten)] == [guest.email, ""]


def test_offer_of_a_seat_does_not_outlive_the_cut_off():
    """Told of a free seat, then the event moves away: at the next cut-off the next free seat is news."""
    event = make_event(starts_in=timedelta(hours=1), capacity=1)
    make_rsvp(event=event)
    waiting = make_rsvp(event=event, status=Rsvp.Status.WAITLISTED, offered_at=timezone.now())
    with translation.override("en"):
        shift = timedelta(days=7)
        edit(event, starts_at=event.starts_at + shift, ends_at=event.ends_at + shift)
    waiting.refresh_from_db()
    assert waiting.offered_at is None
