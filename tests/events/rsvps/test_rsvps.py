"""The RSVP process, verb by verb."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from chapter.models import Delivery
from events import rsvps, tasks
from events.models import Event, Rsvp
from tests.factories import make_event, make_member, make_organiser, make_rsvp

pytestmark = pytest.mark.django_db
S = Rsvp.Status
CLOSED = [{"state": "draft"}, {"state": "postponed"}, {"state": "cancelled"}, {"starts_in": timedelta(minutes=-5)}]


def mails(*rows):
    """(kind, RSVP) of the queued mails, in the order of queueing."""
    found = Delivery.objects.filter(object_id__in=[row.pk for row in rows]) if rows else Delivery.objects.all()
    return list(found.order_by("pk").values_list("kind", "object_id"))


def waiting(event, number):
    return [make_rsvp(event=event, status=S.WAITLISTED) for _ in range(number)]


def status(rsvp):
    rsvp.refresh_from_db()
    return rsvp.status


def ask(event, email="kari@example.org", name="Kari"):
    rsvps.rsvp_as_guest(event_id=event.pk, name=name, email=email, language="sv")


# Members


def test_member_gets_the_free_seat():
    event, member = make_event(capacity=1), make_member(language="en")
    rsvp = rsvps.rsvp_as_member(event_id=event.pk, member=member)
    assert (rsvp.status, rsvp.language, rsvp.member) == (S.GOING, "en", member)
    assert mails() == [("rsvp_going", rsvp.pk)]


def test_member_waits_where_all_seats_are_taken():
    event = make_event(capacity=1)
    make_rsvp(event=event)
    rsvp = rsvps.rsvp_as_member(event_id=event.pk, member=make_member())
    assert (rsvp.status, rsvp.place_in_queue) == (S.WAITLISTED, 1)
    assert mails() == [("rsvp_waitlisted", rsvp.pk)]


def test_yes_twice_changes_nothing_even_after_the_event_closed():
    event, member = make_event(capacity=1), make_member()
    first = rsvps.rsvp_as_member(event_id=event.pk, member=member)
    Event.objects.update(state="cancelled")
    again = rsvps.rsvp_as_member(event_id=event.pk, member=member)
    assert (again.pk, again.round, again.queued_at) == (first.pk, first.round, first.queued_at)


def test_no_limit_seats_everyone():
    event = make_event(capacity=None)
    assert {rsvps.rsvp_as_member(event_id=event.pk, member=make_member()).status for _ in range(3)} == {S.GOING}


@pytest.mark.parametrize("closed", CLOSED, ids=str)
def test_a_closed_event_refuses_new_people_and_says_why(closed):
    event = make_event(**closed)
    pending = make_rsvp(event=event, status=S.PENDING)
    with pytest.raises(rsvps.NotOpen, match=r"\w+ .*\."):
        rsvps.rsvp_as_member(event_id=event.pk, member=make_member())
    with pytest.raises(rsvps.NotOpen):
        ask(event)
    with pytest.raises(rsvps.NotOpen):
        rsvps.confirm(token=pending.token)
    assert (event.rsvps.count(), mails()) == (1, [])


def test_a_newcomer_does_not_pass_those_who_wait():
    event = make_event(capacity=1, state="postponed")
    first = waiting(event, 1)[0]
    Event.objects.update(state="published")
    newcomer = rsvps.rsvp_as_member(event_id=event.pk, member=make_member())
    assert (status(first), newcomer.status) == (S.GOING, S.WAITLISTED)


# Guests


def test_guest_holds_no_seat_before_confirming():
    event = make_event(capacity=1)
    ask(event)
    guest = event.rsvps.get()
    assert (guest.status, guest.email, guest.name, guest.language) == (S.PENDING, "kari@example.org", "Kari", "sv")
    assert rsvps.free_seats(event) == 1
    assert mails() == [("rsvp_confirm", guest.pk)]


def test_confirming_counts_the_seats_again():
    event = make_event(capacity=1)
    ask(event)
    make_rsvp(event=event)
    guest = rsvps.confirm(token=event.rsvps.get(email="kari@example.org").token)
    assert (guest.status, mails(guest)[-1][0]) == (S.WAITLISTED, "rsvp_waitlisted")


def test_confirming_twice_changes_nothing():
    rsvp = make_rsvp(status=S.PENDING)
    first = rsvps.confirm(token=rsvp.token)
    again = rsvps.confirm(token=rsvp.token)
    assert (again.status, again.round, again.queued_at) == (S.GOING, first.round, first.queued_at)
    assert mails() == [("rsvp_going", rsvp.pk)]


def test_an_old_confirmation_does_not_undo_a_cancellation():
    rsvp = make_rsvp(status=S.CANCELLED)
    assert rsvps.confirm(token=rsvp.token).status == S.CANCELLED


def test_asking_again_repeats_the_mail_when_the_last_one_is_ten_minutes_old():
    event, start = make_event(), timezone.now()
    for minutes in range(0, 60, 2):
        with time_machine.travel(start + timedelta(minutes=minutes), tick=False):
            ask(event, email="Kari@Example.org")
    assert mails() == [("rsvp_confirm", event.rsvps.get().pk)] * 6


def test_who_is_in_already_gets_a_mail_and_no_second_row():
    event, member = make_event(), make_member()
    guest, own = make_rsvp(event=event, email="kari@example.org"), make_rsvp(event=event, member=member)
    ask(event, email="KARI@example.org")
    ask(event, email=member.email.upper())
    assert mails() == [("rsvp_already", guest.pk), ("rsvp_already", own.pk)]
    assert event.rsvps.count() == 2


def test_a_guest_who_left_comes_back_with_the_same_link():
    event = make_event()
    left = make_rsvp(event=event, status=S.CANCELLED, email="kari@example.org")
    ask(event)
    assert (status(left), left.name) == (S.PENDING, "Kari")
    assert event.rsvps.count() == 1


def test_pending_expires_after_two_days_or_at_the_start():
    late, started, fresh = (make_rsvp(status=S.PENDING) for _ in range(3))
    Rsvp.objects.filter(pk=late.pk).update(changed_at=timezone.now() - timedelta(hours=49))
    Event.objects.filter(pk=started.event_id).update(starts_at=timezone.now())
    assert rsvps.expire_pending() == 2
    assert [status(rsvp) for rsvp in (late, started, fresh)] == [S.EXPIRED, S.EXPIRED, S.PENDING]
    assert rsvps.confirm(token=late.token).status == S.GOING


# Leaving


@pytest.mark.parametrize("standing", [S.PENDING, S.GOING, S.WAITLISTED])
@pytest.mark.parametrize("closed", [{}, *CLOSED], ids=str)
def test_cancelling_always_works(standing, closed):
    rsvp = make_rsvp(event=make_event(capacity=1, **closed), status=standing)
    assert rsvps.cancel(rsvp_id=rsvp.pk).status == S.CANCELLED
    assert mails() == ([] if standing == S.PENDING else [("rsvp_cancelled", rsvp.pk)])
    rsvps.cancel(rsvp_id=rsvp.pk)
    assert len(mails()) <= 1


def test_the_seat_of_who_leaves_goes_to_the_first_in_line():
    event = make_event(capacity=2)
    leaves, stays = make_rsvp(event=event), make_rsvp(event=event)
    first, second = waiting(event, 2)
    rsvps.cancel(rsvp_id=leaves.pk)
    assert [status(rsvp) for rsvp in (stays, first, second)] == [S.GOING, S.GOING, S.WAITLISTED]
    assert mails() == [("rsvp_cancelled", leaves.pk), ("rsvp_promoted", first.pk)]


def test_an_organiser_removes_and_the_next_moves_up():
    event = make_event(capacity=1)
    goes, (first, second) = make_rsvp(event=event), waiting(event, 2)
    rsvps.remove(rsvp_id=goes.pk, by=make_organiser())
    assert [status(rsvp) for rsvp in (goes, first, second)] == [S.REMOVED, S.GOING, S.WAITLISTED]
    assert mails() == [("rsvp_removed", goes.pk), ("rsvp_promoted", first.pk)]


def test_who_leaves_the_line_gives_no_seat():
    event = make_event(capacity=1)
    make_rsvp(event=event)
    first, second = waiting(event, 2)
    rsvps.cancel(rsvp_id=first.pk)
    assert (status(second), second.place_in_queue) == (S.WAITLISTED, 1)


def test_coming_back_is_at_the_back_of_the_line_and_a_new_mail():
    event, member = make_event(capacity=1), make_member()
    make_rsvp(event=event)
    rsvp = rsvps.rsvp_as_member(event_id=event.pk, member=member)
    other = rsvps.rsvp_as_member(event_id=event.pk, member=make_member())
    rsvps.cancel(rsvp_id=rsvp.pk)
    back = rsvps.rejoin(rsvp_id=rsvp.pk)
    assert (other.place_in_queue, back.place_in_queue, back.pk) == (1, 2, rsvp.pk)
    assert [kind for kind, _ in mails(rsvp)] == ["rsvp_waitlisted", "rsvp_cancelled", "rsvp_waitlisted"]


# Seats


def test_more_seats_go_to_exactly_those_who_are_next_one_mail_each():
    event = make_event(capacity=1)
    make_rsvp(event=event)
    first, second, third = waiting(event, 3)
    rsvps.change_capacity(event_id=event.pk, capacity=3)
    rsvps.fill_seats(event)
    assert [status(rsvp) for rsvp in (first, second, third)] == [S.GOING, S.GOING, S.WAITLISTED]
    assert mails() == [("rsvp_promoted", first.pk), ("rsvp_promoted", second.pk)]


def test_the_line_is_by_time_and_then_by_id():
    event, moment = make_event(capacity=1), timezone.now()
    seat = make_rsvp(event=event)
    rows = [make_rsvp(event=event, status=S.WAITLISTED, queued_at=moment - timedelta(hours=h)) for h in (1, 3, 3, 2)]
    assert [rsvp.place_in_queue for rsvp in rows] == [4, 1, 2, 3]
    rsvps.cancel(rsvp_id=seat.pk)
    assert [status(rsvp) for rsvp in rows] == [S.WAITLISTED, S.GOING, S.WAITLISTED, S.WAITLISTED]


def test_no_limit_any_more_seats_everyone():
    event = make_event(capacity=1)
    make_rsvp(event=event)
    waiting(event, 3)
    rsvps.change_capacity(event_id=event.pk, capacity=None)
    assert event.rsvps.going().count() == 4


def test_fewer_seats_evict_nobody_and_are_worked_off_first():
    event = make_event(capacity=3)
    goers, (first,) = [make_rsvp(event=event) for _ in range(3)], waiting(event, 1)
    rsvps.change_capacity(event_id=event.pk, capacity=2)
    assert Event.objects.with_seats().get().over_by == 1
    rsvps.cancel(rsvp_id=goers[0].pk)
    assert status(first) == S.WAITLISTED
    rsvps.cancel(rsvp_id=goers[1].pk)
    assert status(first) == S.GOING


@pytest.mark.parametrize("closed", CLOSED, ids=str)
def test_a_closed_event_gives_no_seats(closed):
    event = make_event(capacity=1, **closed)
    waiting(event, 1)
    rsvps.fill_seats(event)
    assert event.rsvps.going().count() == 0


def test_the_net_catches_what_was_changed_by_hand():
    event = make_event(capacity=1)
    first, second = waiting(event, 2)
    rsvps.fill_all()
    assert (status(first), status(second)) == (S.GOING, S.WAITLISTED)


def test_the_worker_does_both_on_its_own():
    event, stale = make_event(capacity=1), make_rsvp(status=S.PENDING)
    (first,) = waiting(event, 1)
    Rsvp.objects.filter(pk=stale.pk).update(changed_at=timezone.now() - timedelta(days=3))
    tasks.fill_seats(timestamp=0)
    tasks.expire_pending(timestamp=0)
    assert (status(first), status(stale)) == (S.GOING, S.EXPIRED)
    assert {"events.fill_seats", "events.expire_pending"} <= {
        name for name, _id in tasks.app.periodic_registry.periodic_tasks
    }
