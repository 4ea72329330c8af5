"""A guest's seat is held for half an hour while the mail that asks them to confirm is on its way."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from chapter.models import Delivery
from events import rsvps
from events.models import Event, Rsvp
from tests.factories import make_event, make_member, make_rsvp

pytestmark = pytest.mark.django_db
NOW, LATER, EARLIER = timezone.now, timedelta(minutes=5), -timedelta(minutes=5)


def ask(event, email="kari@example.org", network="203.0.113.7"):
    return rsvps.rsvp_as_guest(event_id=event.pk, name="Kari", email=email, language="nb", network=network)


def row_of(email="kari@example.org"):
    return Rsvp.objects.filter(email=email).latest("pk")


def end_hold(rsvp):
    Rsvp.objects.filter(pk=rsvp.pk).update(held_until=timezone.now() + EARLIER)


def seats_left(event):
    return Event.objects.with_seats().get(pk=event.pk).seats_left


def take(event, number):
    for _ in range(number):
        make_rsvp(event=event)


def test_a_seat_is_held_and_nobody_else_gets_it():
    event = make_event(capacity=5)
    take(event, 4)
    assert ask(event) is True
    assert seats_left(event) == 0
    late = rsvps.rsvp_as_member(event_id=event.pk, member=make_member())
    assert late.is_waitlisted
    assert rsvps.confirm(token=row_of().token).is_going
    late.refresh_from_db()
    assert late.is_waitlisted


def test_a_hold_that_has_ended_goes_to_who_waits():
    event = make_event(capacity=5)
    take(event, 4)
    ask(event)
    late = rsvps.rsvp_as_member(event_id=event.pk, member=make_member())
    end_hold(row_of())
    rsvps.end_holds()
    late.refresh_from_db()
    assert late.is_going
    assert Delivery.objects.filter(kind="rsvp_promoted", object_id=late.pk).count() == 1
    assert rsvps.confirm(token=row_of().token).is_waitlisted


def test_who_confirms_too_late_still_gets_a_seat_that_is_free():
    event = make_event(capacity=5)
    ask(event)
    end_hold(row_of())
    assert rsvps.confirm(token=row_of().token).is_going


def test_asking_again_makes_it_no_longer():
    event = make_event(capacity=10)
    ask(event)
    until = row_of().held_until
    assert ask(event) is True
    assert row_of().held_until == until and seats_left(event) == 9


@pytest.mark.parametrize(("capacity", "most"), [(4, 0), (5, 1), (9, 1), (12, 2)])
def test_never_more_than_a_fifth(capacity, most):
    event = make_event(capacity=capacity)
    held = [ask(event, f"guest{n}@example.org", network=f"203.0.113.{n}") for n in range(4)]
    assert held == [True] * most + [False] * (4 - most)


def test_at_most_two_an_hour_for_a_network():
    event, other = make_event(capacity=50), make_event(capacity=50)
    assert [ask(event, "a@example.org"), ask(other, "b@example.org"), ask(event, "c@example.org")] == [
        True,
        True,
        False,
    ]
    assert ask(event, "d@example.org", network="203.0.113.8") is True


def test_who_asks_again_and_again_reads_the_same_and_uses_up_nothing():
    event = make_event(capacity=50)
    assert [ask(event) for _ in range(5)] == [True] * 5
    assert ask(event, "ola@example.org") is True


def test_answer_does_not_say_for_whom_one_is_held():
    """Neither once a network has used its own, nor where all that the event has are held."""
    event, small = make_event(capacity=50), make_event(capacity=5)
    ask(event, network="198.51.100.1"), ask(small, network="198.51.100.1")
    ask(event, "a@example.org"), ask(event, "b@example.org")
    assert ask(event) is ask(event, "nobody@example.org") is False
    others = {"network": "192.0.2.1"}
    assert ask(small, **others) is ask(small, "nobody@example.org", **others) is False
    assert row_of().held_until and seats_left(small) == 4


def test_none_while_somebody_waits():
    event = make_event(capacity=10)
    make_rsvp(event=event, status="waitlisted")
    assert ask(event) is False


def test_none_where_all_are_taken_or_there_is_no_limit():
    full, endless = make_event(capacity=5), make_event(capacity=None)
    take(full, 5)
    assert [ask(full), ask(endless)] == [False, False]


def test_number_of_seats_does_not_tell_who_comes():
    event = make_event(capacity=10)
    make_rsvp(event=event, email="kari@example.org")
    make_rsvp(event=event, member=make_member(email="ola@example.org"))
    before = seats_left(event)
    assert ask(event) is ask(event, "ola@example.org") is True
    assert seats_left(event) == before - 2
    ask(event)
    assert seats_left(event) == before - 2


def test_who_turns_out_to_be_a_member_keeps_the_seat():
    event, member = make_event(capacity=5), make_member(email="kari@example.org")
    take(event, 4)
    ask(event)
    assert rsvps.rsvp_as_member(event_id=event.pk, member=make_member()).is_waitlisted
    rsvp = rsvps.confirm(token=row_of().token)
    assert rsvp.is_going and rsvp.member == member


def test_a_second_spelling_does_not_hold_a_second_seat():
    event = make_event(capacity=20)
    ask(event), ask(event, "kari+1@example.org")
    assert seats_left(event) == 19


def test_leaving_gives_it_back():
    event = make_event(capacity=5)
    ask(event)
    rsvps.cancel(rsvp_id=row_of().pk)
    assert seats_left(event) == 5


def hold(rsvp, **changes):
    with transaction.atomic():
        Rsvp.objects.filter(pk=rsvp.pk).update(held_until=timezone.now() + LATER, **changes)


def test_the_database_holds_no_more_than_a_fifth():
    event = make_event(capacity=5)
    first, second = (make_rsvp(event=event, status="pending") for _ in range(2))
    hold(first)
    with pytest.raises(IntegrityError, match=r"rsvp_held_seats|more than a fifth"):
        hold(second)


def test_the_database_gives_a_held_seat_to_nobody_else():
    event = make_event(capacity=5)
    hold(make_rsvp(event=event, status="pending"))
    take(event, 4)
    with pytest.raises(IntegrityError, match="5 seats, all taken"), transaction.atomic():
        take(event, 1)


def test_the_database_holds_no_seat_that_is_taken():
    event = make_event(capacity=5)
    take(event, 5)
    with pytest.raises(IntegrityError, match="5 seats, all taken"):
        hold(make_rsvp(event=event, status="pending"))


def test_fewer_seats_than_people_leave_the_rows_as_they_are():
    event = make_event(capacity=10)
    take(event, 5)
    rsvp = event.rsvps.first()
    hold(rsvp)
    Event.objects.filter(pk=event.pk).update(capacity=2)
    Rsvp.objects.filter(pk=rsvp.pk).update(held_until=None)
    assert event.rsvps.going().count() == 5
