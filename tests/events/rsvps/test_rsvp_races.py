"""What must hold when everybody taps at the same moment: 40 threads at a time, see `crowd.py`."""

from collections import Counter
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction

from chapter.models import Delivery, Member
from events import rsvps
from events.models import Rsvp
from tests.events.rsvps.crowd import all_at_once
from tests.factories import make_event, make_member, make_rsvp

pytestmark = pytest.mark.django_db(transaction=True)
GOING, WAITLISTED, PENDING = Rsvp.Status.GOING, Rsvp.Status.WAITLISTED, Rsvp.Status.PENDING


def make_crowd(number):
    return Member.objects.bulk_create(Member(email=f"crowd{n}@example.org", password="!") for n in range(number))


def statuses(event):
    return Counter(event.rsvps.values_list("status", flat=True))


def test_200_members_and_one_seat():
    event = make_event(capacity=1)
    crowd = make_crowd(200)
    results = all_at_once(partial(rsvps.rsvp_as_member, event_id=event.pk, member=member) for member in crowd)
    assert Counter(type(result) for result in results) == {Rsvp: 200}
    assert statuses(event) == {GOING: 1, WAITLISTED: 199}
    places = [rsvp.place_in_queue for rsvp in event.rsvps.waitlisted().in_queue_order()]
    assert places == list(range(1, 200))
    assert Counter(Delivery.objects.values_list("kind", flat=True)) == {"rsvp_going": 1, "rsvp_waitlisted": 199}


def test_200_guests_confirm_for_five_seats():
    event = make_event(capacity=5)
    tokens = [make_rsvp(event=event, status=PENDING).token for _ in range(200)]
    results = all_at_once(partial(rsvps.confirm, token=token) for token in tokens)
    assert Counter(type(result) for result in results) == {Rsvp: 200}
    assert statuses(event) == {GOING: 5, WAITLISTED: 195}


def test_the_queue_is_the_order_in_which_the_seats_were_asked_for():
    event = make_event(capacity=1)
    results = all_at_once(
        partial(rsvps.rsvp_as_member, event_id=event.pk, member=member) for member in make_crowd(80)
    )
    assert Counter(type(result) for result in results) == {Rsvp: 80}
    first = event.rsvps.order_by("queued_at", "id").first()
    assert first.is_going
    assert event.rsvps.values("queued_at").distinct().count() == 80


def test_one_member_50_times_is_one_rsvp_and_one_mail():
    event, member = make_event(capacity=10), make_member()
    results = all_at_once([partial(rsvps.rsvp_as_member, event_id=event.pk, member=member)] * 50)
    assert {result.pk for result in results} == {event.rsvps.get().pk}
    assert list(Delivery.objects.values_list("kind", flat=True)) == ["rsvp_going"]


def test_one_guest_50_times_is_one_rsvp_and_one_mail():
    event = make_event(capacity=10)
    ask = partial(rsvps.rsvp_as_guest, event_id=event.pk, name="Kari", email="kari@example.org", language="nb")
    assert all_at_once([ask] * 50) == [True] * 50
    assert event.rsvps.get().is_pending
    assert event.rsvps.held().count() == 1
    assert list(Delivery.objects.values_list("kind", flat=True)) == ["rsvp_confirm"]


def test_one_link_confirmed_50_times_is_one_seat_and_one_mail():
    rsvp = make_rsvp(status=PENDING)
    all_at_once([partial(rsvps.confirm, token=rsvp.token)] * 50)
    assert list(Delivery.objects.values_list("kind", "sequence")) == [("rsvp_going", 1)]


def test_seats_given_back_at_once_go_to_the_first_in_line():
    event = make_event(capacity=20)
    seated = [make_rsvp(event=event) for _ in range(20)]
    waiting = [make_rsvp(event=event, status=WAITLISTED) for _ in range(60)]
    all_at_once(partial(rsvps.cancel, rsvp_id=rsvp.pk) for rsvp in seated)
    assert set(event.rsvps.going()) == set(waiting[:20])
    assert Delivery.objects.filter(kind="rsvp_promoted").count() == 20


def test_one_seat_is_claimed_by_one():
    event = make_event(capacity=1, starts_in=timedelta(hours=1))
    waiting = [make_rsvp(event=event, status=WAITLISTED) for _ in range(40)]
    results = all_at_once(partial(rsvps.claim, rsvp_id=rsvp.pk) for rsvp in waiting)
    assert Counter(type(result) for result in results) == {Rsvp: 1, rsvps.SeatGone: 39}
    assert statuses(event) == {GOING: 1, WAITLISTED: 39}


def test_coming_leaving_and_more_seats_at_once_leave_no_seat_empty_and_none_twice():
    event = make_event(capacity=10)
    seated = [make_rsvp(event=event) for _ in range(10)]
    come = [partial(rsvps.rsvp_as_member, event_id=event.pk, member=member) for member in make_crowd(30)]
    leave = [partial(rsvps.cancel, rsvp_id=rsvp.pk) for rsvp in seated]
    more = [partial(rsvps.change_capacity, event_id=event.pk, capacity=15)]
    results = all_at_once([*come, *leave, *more])
    assert not [result for result in results if isinstance(result, Exception)]
    assert statuses(event) == {GOING: 15, WAITLISTED: 15, Rsvp.Status.CANCELLED: 10}


def _raw_seat(event, number):
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO events_rsvp
               (event_id, name, email, language, status, queued_at, attendance, token, round, created_at, changed_at,
                wants_reminders)
               VALUES (%s, 'Raw', %s, 'nb', 'going', now(), '', %s, 0, now(), now(), true)""",
            [event.pk, f"raw{number}@example.org", f"raw-{number}"],
        )


def test_without_the_verbs_the_database_still_sells_no_seat_twice():
    event = make_event(capacity=5)
    results = all_at_once(partial(_raw_seat, event, n) for n in range(80))
    assert Counter(type(result) for result in results) == {type(None): 5, IntegrityError: 75}
    assert statuses(event) == {GOING: 5}


def test_control_counting_in_a_transaction_is_not_enough():
    """Without lock and trigger all 20 count five free seats before one of them sits down."""
    event, everyone_has_counted = make_event(capacity=5), Barrier(20)

    def count_then_take(number):
        with transaction.atomic():
            if event.rsvps.going().count() < event.capacity:
                everyone_has_counted.wait()
                _raw_seat(event, number)

    _trigger("DISABLE")
    try:
        all_at_once(partial(count_then_take, n) for n in range(20))
    finally:
        _trigger("ENABLE")
    assert statuses(event) == {GOING: 20}


def _trigger(switch):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE events_rsvp {switch} TRIGGER rsvp_no_more_than_seats")
