"""From three hours before the start no seat is given silently: those who wait are told, first to claim."""

from datetime import timedelta

import pytest

from chapter.models import Delivery
from events import rsvps
from events.models import Event, Rsvp
from tests.factories import make_event, make_member, make_rsvp

pytestmark = pytest.mark.django_db
S = Rsvp.Status


def soon(capacity=1, going=1, waiting=2):
    event = make_event(capacity=capacity, starts_in=timedelta(hours=2))
    goers = [make_rsvp(event=event) for _ in range(going)]
    return event, goers, [make_rsvp(event=event, status=S.WAITLISTED) for _ in range(waiting)]


def told():
    return list(Delivery.objects.filter(kind="rsvp_claim").order_by("pk").values_list("object_id", flat=True))


def test_everyone_waiting_is_told_once_and_nobody_moves_up():
    event, (goer,), (first, second) = soon()
    rsvps.cancel(rsvp_id=goer.pk)
    rsvps.fill_seats(event)
    assert told() == [first.pk, second.pk]
    assert event.rsvps.going().count() == 0


def test_just_before_the_cut_off_seats_are_given():
    event, (goer,), (first, _second) = soon()
    Event.objects.update(cut_off_hours=1)
    rsvps.cancel(rsvp_id=goer.pk)
    assert event.rsvps.going().get() == first
    assert told() == []


def test_the_first_to_claim_gets_it_whatever_the_place_in_line():
    _event, (goer,), (first, second) = soon()
    rsvps.cancel(rsvp_id=goer.pk)
    assert rsvps.claim(rsvp_id=second.pk).status == S.GOING
    assert rsvps.claim(rsvp_id=second.pk).status == S.GOING
    with pytest.raises(rsvps.SeatGone):
        rsvps.claim(rsvp_id=first.pk)
    first.refresh_from_db()
    assert (first.status, first.place_in_queue) == (S.WAITLISTED, 1)


def test_the_next_free_seat_is_news_again():
    _event, (goer,), (first, second) = soon()
    rsvps.cancel(rsvp_id=goer.pk)
    rsvps.claim(rsvp_id=first.pk)
    rsvps.cancel(rsvp_id=first.pk)
    assert told() == [first.pk, second.pk, second.pk]


def test_more_seats_are_one_batch():
    event, _goers, waiting = soon(waiting=3)
    rsvps.change_capacity(event_id=event.pk, capacity=3)
    assert told() == [rsvp.pk for rsvp in waiting]


def test_nothing_can_be_claimed_before_the_cut_off_or_after_the_start():
    event, (goer,), (first, _second) = soon()
    rsvps.cancel(rsvp_id=goer.pk)
    Event.objects.update(cut_off_hours=0)
    with pytest.raises(rsvps.SeatGone):
        rsvps.claim(rsvp_id=first.pk)
    Event.objects.filter(pk=event.pk).update(starts_at=event.starts_at - timedelta(hours=2))
    with pytest.raises(rsvps.NotOpen):
        rsvps.claim(rsvp_id=first.pk)


def test_a_newcomer_takes_a_seat_that_nobody_waits_for():
    event, (goer,), _nobody = soon(waiting=0)
    rsvps.cancel(rsvp_id=goer.pk)
    assert rsvps.rsvp_as_member(event_id=event.pk, member=make_member()).status == S.GOING


def test_a_newcomer_stands_behind_those_who_wait_and_may_claim_as_they_may():
    event, (goer,), _waiting = soon()
    rsvps.cancel(rsvp_id=goer.pk)
    newcomer = rsvps.rsvp_as_member(event_id=event.pk, member=make_member())
    assert (newcomer.status, newcomer.place_in_queue, told()[-1]) == (S.WAITLISTED, 3, newcomer.pk)
    assert rsvps.claim(rsvp_id=newcomer.pk).status == S.GOING
