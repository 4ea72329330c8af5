"""How people come to an event: with its steps in `rsvp_steps.py` the only place that writes `Rsvp.status`.

Every verb is one transaction that locks exactly one row first, the Event's (FOR NO KEY UPDATE: rows of other tables may
still come to refer to the event), then counts seats from the rows, then writes, and queues its mails with the change.
Waiting longer than `lock_timeout` for that row raises OperationalError. Whatever frees a seat ends in `fill_seats`.
The database refuses a seat too many by itself as well: see the migration `0002_no_more_than_seats`.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from . import log
from .models import Event, Rsvp
from .rsvp_steps import (
    NotOpen,
    Refused,
    SeatGone,
    check_open,
    come,
    fill,
    free_seats,
    join,
    leave,
    lock_event,
    locked,
    pending_row_of,
    post_again,
    row_of_member,
    set_status,
)

__all__ = ["NotOpen", "Refused", "SeatGone", "free_seats", "lock_event"]

Status = Rsvp.Status
logger = logging.getLogger(__name__)

# A guest who has not confirmed by then has changed their mind, or never asked.
PENDING_FOR = timedelta(hours=48)


# Coming


@transaction.atomic
def rsvp_as_member(*, event_id, member):
    """A seat for the member, or the back of the queue; mails which. Whoever is going or waits already stays as is.

    Takes over what the member asked for as a guest. Raises NotOpen.
    """
    event = lock_event(event_id)
    rsvp = row_of_member(event, member)
    if not rsvp.is_holding:
        check_open(event)
        join(event, rsvp)
    return rsvp


@transaction.atomic
def rsvp_as_guest(*, event_id, name, email, language):
    """A pending RSVP, which holds no seat, and a mail with the link to confirm it. Raises NotOpen.

    An address that is in already, as guest or as member, gets a mail that says so and no second row. The same
    mail is repeated at most a few times an hour. Nothing that is returned or raised tells one case from the other.
    """
    event = lock_event(event_id)
    check_open(event)
    rsvp = event.rsvps.holding().of_address(email).first() or pending_row_of(event, name, email.lower(), language)
    post_again("rsvp_confirm" if rsvp.is_pending else "rsvp_already", rsvp)


@transaction.atomic
def confirm(*, token):
    """The guest's yes: seats are counted again, so it is a seat or the back of the queue; mails which.

    The RSVP becomes the member's where a member has verified the address. Repeating it changes nothing; a cancelled
    RSVP stays cancelled. Raises NotOpen, Rsvp.DoesNotExist.
    """
    event, rsvp = locked(token=token)
    if rsvp.status in (Status.PENDING, Status.EXPIRED):
        rsvp = come(event, rsvp)
    return rsvp


@transaction.atomic
def rejoin(*, rsvp_id):
    """Yes again after leaving, or after being removed: at the back of the queue. Raises NotOpen."""
    event, rsvp = locked(pk=rsvp_id)
    if not rsvp.is_active and rsvp.person_email:
        rsvp = come(event, rsvp)
    return rsvp


@transaction.atomic
def claim(*, rsvp_id):
    """After the cut-off, a free seat for the first of those waiting who asks. Raises SeatGone, NotOpen."""
    event, rsvp = locked(pk=rsvp_id)
    if rsvp.is_waitlisted:
        check_open(event)
        if not (event.is_past_cut_off and free_seats(event)):
            raise SeatGone(_("Somebody else was faster: no seat is free right now. You keep your place in line."))
        set_status(rsvp, Status.GOING, tell="rsvp_going")
        fill(event)
    return rsvp


@transaction.atomic
def adopt_guest_rsvps(*, member):
    """What a member asked for as a guest, with an address that is verified now, becomes the member's.

    Locks one event after the other, in order. Unconfirmed RSVPs stay as they are: somebody else may have asked.
    """
    guests = Rsvp.objects.holding().of_member(member).filter(member=None)
    for event_id in sorted(set(guests.values_list("event_id", flat=True))):
        row_of_member(lock_event(event_id), member)


# Leaving


@transaction.atomic
def cancel(*, rsvp_id):
    """The person is not coming. Always works, whatever the state of event and RSVP; the seat goes to the next."""
    event, rsvp = locked(pk=rsvp_id)
    if rsvp.is_active:
        leave(event, rsvp, Status.CANCELLED, tell="rsvp_cancelled")
    return rsvp


@transaction.atomic
def remove(*, rsvp_id, by):
    """The organiser `by` takes somebody off the list, who is told, and may ask again from the back of the queue."""
    event, rsvp = locked(pk=rsvp_id)
    if rsvp.is_active:
        logger.info("RSVP %s removed by member %s", rsvp.pk, by.pk)
        leave(event, rsvp, Status.REMOVED, tell="rsvp_removed")
        log.noted("attendee_removed", event, by=by)
    return rsvp


def expire_pending():
    """Let go of what guests never confirmed, or not before the start; one event, one transaction at a time.

    No mail, and no seat to give: pending RSVPs hold none. Returns how many.
    """
    events = _stale().order_by("event_id").values_list("event_id", flat=True).distinct()
    return sum(_expire_pending_of(event_id) for event_id in list(events))


@transaction.atomic
def _expire_pending_of(event_id):
    lock_event(event_id)
    return _stale().filter(event_id=event_id).update(status=Status.EXPIRED, round=F("round") + 1, changed_at=Now())


def _stale():
    too_old = Q(changed_at__lt=timezone.now() - PENDING_FOR) | Q(event__starts_at__lte=timezone.now())
    return Rsvp.objects.filter(too_old, status=Status.PENDING)


# Seats


@transaction.atomic
def change_capacity(*, event_id, capacity, by=None):
    """Set the number of seats; None is no limit. More seats go to those who wait; fewer evict nobody."""
    event = lock_event(event_id)
    event.capacity = capacity
    event.save(update_fields=["capacity"])
    fill(event)
    log.noted("seats_unlimited" if capacity is None else "seats_set", event, by=by, count=capacity)
    return event


@transaction.atomic
def fill_seats(event):
    """Give free seats to those who wait, in the order they came; each is told. Repeating it changes nothing.

    Locks the event and reads it anew. From the cut-off on no seat is given: everyone waiting is told that one is
    there for whoever claims it first. An event that is not open gives nothing.
    """
    fill(lock_event(event.pk))


def fill_all():
    """`fill_seats` for every event with people waiting that has not started: a net under the other paths."""
    waiting = (
        Event.objects.upcoming()
        .filter(state=Event.State.PUBLISHED, rsvps__status=Status.WAITLISTED)
        .order_by("id")
        .distinct()
    )
    for event in waiting:
        fill_seats(event)
