"""How people come to an event: the only place that writes `Rsvp.status`.

Every verb is one transaction that locks exactly one row first, the Event's (FOR NO KEY UPDATE: rows of other tables may
still come to refer to the event), then counts seats from the rows, then writes, and queues its mails with the change.
Waiting longer than `lock_timeout` for that row raises OperationalError. Whatever frees a seat ends in `fill_seats`.
The database refuses a seat too many by itself as well: see the migration `0002_no_more_than_seats`.
Longer than 300 lines, since the verbs are read together with the steps they share.
"""

import logging
import math
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from chapter.mail import post
from chapter.models import Delivery, Member
from chapter.refusals import Refused

from .. import audit
from ..models import AccessNeed, Event, Rsvp

Status = Rsvp.Status
logger = logging.getLogger(__name__)

# A guest who has not confirmed by then has changed their mind, or never asked.
PENDING_FOR = timedelta(hours=48)
# Whoever asks again for the same mail gets it again, but a stranger cannot fill a mailbox with it.
REPEAT_AFTER = timedelta(minutes=5)
REPEATS_AN_HOUR = 3


class NotOpen(Refused):
    """The event takes no RSVPs: a draft, postponed, cancelled, or started."""


class SeatGone(Refused):
    """Somebody else was first to claim the seat."""


# Coming


@transaction.atomic
def rsvp_as_member(*, event_id, member):
    """A seat for the member, or the back of the queue; mails which. Whoever is going or waits already stays as is.

    Takes over what the member asked for as a guest. Raises NotOpen.
    """
    event = Event.objects.lock(event_id)
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
    event = Event.objects.lock(event_id)
    check_open(event)
    rsvp = event.rsvps.holding().of_address(email).first() or pending_row_of(event, name, email.lower(), language)
    post_again("rsvp_confirm" if rsvp.is_pending else "rsvp_already", rsvp)


@transaction.atomic
def confirm(*, token):
    """The guest's yes: seats are counted again, so it is a seat or the back of the queue; mails which.

    The RSVP becomes the member's where a member has verified the address. Repeating it changes nothing; a cancelled
    RSVP stays cancelled. Raises NotOpen, Rsvp.DoesNotExist.
    """
    event, rsvp = Event.objects.lock_with_rsvp(token=token)
    if rsvp.status in (Status.PENDING, Status.EXPIRED):
        rsvp = come(event, rsvp)
    return rsvp


@transaction.atomic
def rejoin(*, rsvp_id):
    """Yes again after leaving, or after being removed: at the back of the queue. Raises NotOpen."""
    event, rsvp = Event.objects.lock_with_rsvp(pk=rsvp_id)
    if not rsvp.is_active and rsvp.person_email:
        rsvp = come(event, rsvp)
    return rsvp


@transaction.atomic
def claim(*, rsvp_id):
    """After the cut-off, a free seat for the first of those waiting who asks. Raises SeatGone, NotOpen."""
    event, rsvp = Event.objects.lock_with_rsvp(pk=rsvp_id)
    if rsvp.is_waitlisted:
        check_open(event)
        if not (event.is_past_cut_off and free_seats(event)):
            raise SeatGone(_("Somebody else was faster: no seat is free right now. You keep your place in line."))
        set_status(rsvp, Status.GOING, tell="rsvp_going")
        fill(event)
    return rsvp


@transaction.atomic
def adopt_guest_rows(member):
    """Give the member what they hold as a guest; locks one event after the other, in order.

    Unconfirmed RSVPs stay as they are: somebody else may have typed the address.
    """
    guests = Rsvp.objects.holding().guests_of(member)
    for event_id in sorted(set(guests.values_list("event_id", flat=True))):
        row_of_member(Event.objects.lock(event_id), member)


# Leaving


@transaction.atomic
def cancel(*, rsvp_id):
    """The person is not coming. Always works, whatever the state of event and RSVP; the seat goes to the next."""
    event, rsvp = Event.objects.lock_with_rsvp(pk=rsvp_id)
    if rsvp.is_active:
        leave(event, rsvp, Status.CANCELLED, tell="rsvp_cancelled")
    return rsvp


@transaction.atomic
def remove(*, rsvp_id, by):
    """The organiser `by` takes somebody off the list, who is told, and may ask again from the back of the queue."""
    event, rsvp = Event.objects.lock_with_rsvp(pk=rsvp_id)
    if rsvp.is_active:
        logger.info("RSVP %s removed by member %s", rsvp.pk, by.pk)
        leave(event, rsvp, Status.REMOVED, tell="rsvp_removed")
        audit.record("attendee_removed", event, by=by)
    return rsvp


def expire_pending():
    """Let go of what guests never confirmed, or not before the start; one event, one transaction at a time.

    No mail, and no seat to give: pending RSVPs hold none. Returns how many.
    """
    events = _stale().order_by("event_id").values_list("event_id", flat=True).distinct()
    return sum(_expire_pending_of(event_id) for event_id in list(events))


@transaction.atomic
def _expire_pending_of(event_id):
    Event.objects.lock(event_id)
    return _stale().filter(event_id=event_id).update(status=Status.EXPIRED, round=F("round") + 1, changed_at=Now())


def _stale():
    too_old = Q(changed_at__lt=timezone.now() - PENDING_FOR) | Q(event__starts_at__lte=timezone.now())
    return Rsvp.objects.filter(too_old, status=Status.PENDING)


# Seats


@transaction.atomic
def change_capacity(*, event_id, capacity, by=None):
    """Set the number of seats; None is no limit. More seats go to those who wait; fewer evict nobody."""
    event = Event.objects.lock(event_id)
    event.capacity = capacity
    event.save(update_fields=["capacity"])
    fill(event)
    audit.record("seats_unlimited" if capacity is None else "seats_set", event, by=by, count=capacity)
    return event


@transaction.atomic
def fill_seats(event):
    """Give free seats to those who wait, in the order they came; each is told. Repeating it changes nothing.

    Locks the event and reads it anew. From the cut-off on no seat is given: everyone waiting is told that one is
    there for whoever claims it first. An event that is not open gives nothing.
    """
    fill(Event.objects.lock(event.pk))


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


# The steps that the verbs share, always under the event’s lock


def free_seats(event):
    """Seats that nobody has, by counting; infinite where there is no limit, 0 where too many are going."""
    if event.capacity is None:
        return math.inf
    return max(0, event.capacity - event.rsvps.going().count())


# Standing


def set_status(rsvp, status, *, tell=None, **changes):
    """Write a status. The round goes up, so that the mail about it is a new one, and a retry of it is not."""
    changes = {"status": status, "offered_at": None, "round": F("round") + 1, "changed_at": Now(), **changes}
    Rsvp.objects.filter(pk=rsvp.pk).update(**changes)
    rsvp.refresh_from_db(fields=[*changes])
    if not rsvp.is_holding:
        forget_need(rsvp)
    if tell:
        post(tell, rsvp.pk, sequence=rsvp.round)


def come(event, rsvp):
    """The person of `rsvp` joins, with this row or the one they are in with already."""
    check_open(event)
    member = rsvp.member or Member.objects.owner_of(rsvp.email)
    in_already = event.rsvps.active().of_address(rsvp.email).exclude(pk=rsvp.pk)
    rsvp = row_of_member(event, member) if member else in_already.first() or rsvp
    if not rsvp.is_holding:
        join(event, rsvp)
    return rsvp


def join(event, rsvp):
    """A seat if one is free and nobody waits for it, else the back of the queue."""
    fill(event)
    has_seat = free_seats(event) > 0 and not event.rsvps.waitlisted().exists()
    status, kind = (Status.GOING, "rsvp_going") if has_seat else (Status.WAITLISTED, "rsvp_waitlisted")
    set_status(rsvp, status, tell=kind, queued_at=Now())
    if not has_seat:
        fill(event)


def leave(event, rsvp, status, *, tell):
    """The seat is free first, and given then. Whoever held nothing is told nothing."""
    set_status(rsvp, status, tell=tell if rsvp.is_holding else None)
    fill(event)


def fill(event):
    if not event.is_open:
        return
    if event.is_past_cut_off:
        _offer_seats(event)
        return
    free, waiting = free_seats(event), event.rsvps.waitlisted().in_queue_order()
    waiting.exclude(offered_at=None).update(offered_at=None)  # of before the event was moved away from its cut-off
    for rsvp in waiting[: None if free == math.inf else free]:
        set_status(rsvp, Status.GOING, tell="rsvp_promoted")


def _offer_seats(event):
    """Tell everyone waiting who was not told yet; once all seats are taken, the next free one is news again."""
    waiting = event.rsvps.waitlisted()
    if not free_seats(event):
        waiting.exclude(offered_at=None).update(offered_at=None)
        return
    for rsvp in waiting.filter(offered_at=None).in_queue_order():
        set_status(rsvp, Status.WAITLISTED, tell="rsvp_claim", offered_at=Now())


def check_open(event):
    if not event.is_open:
        raise NotOpen(_why_closed(event))


def _why_closed(event):
    if event.is_cancelled:
        return _("This event is cancelled.")
    if event.is_postponed:
        return _("This event is postponed. You can sign up when it has a new date.")
    if event.has_started:
        return _("This event has started; it is too late to sign up.")
    return _("This event is not open for sign-up yet.")


# One person, one row


def row_of_member(event, member):
    """The member's row for this event, made if there is none.

    Rows they made as a guest become theirs. Of several the best standing is kept, so that one person has one seat.
    """
    rows = sorted(event.rsvps.of_member(member).select_related("member"), key=_standing)
    if not rows:
        return event.rsvps.create(member=member, status=Status.CANCELLED, language=member.language)
    keep, *others = rows
    for rsvp in others:
        _let_go(event, rsvp)
    if keep.member is None:
        _hand_over(keep, member)
    return keep


def _standing(rsvp):
    """Sorts the better row first: seat, place in line, question, and last what is over."""
    order = [Status.GOING, Status.WAITLISTED, Status.PENDING, Status.CANCELLED, Status.REMOVED, Status.EXPIRED]
    return order.index(rsvp.status), rsvp.queued_at or rsvp.created_at, rsvp.pk


def _let_go(event, rsvp):
    """A row its person no longer needs: nobody's from now on, and quietly cancelled where it held something."""
    Rsvp.objects.filter(pk=rsvp.pk).update(member=None, **Rsvp.GUEST_COLUMNS, status=_ended(rsvp))
    forget_need(rsvp)
    fill(event)


def forget_need(rsvp):
    """What the person told the hosts they need to take part: they do not take part with this row."""
    AccessNeed.objects.filter(rsvp=rsvp).delete()


def _hand_over(rsvp, member):
    """The guest's row becomes the member's. What was unconfirmed is nothing yet: members need no mail."""
    Rsvp.objects.filter(pk=rsvp.pk).update(member=member, **Rsvp.GUEST_COLUMNS, status=_confirmed(rsvp))
    rsvp.refresh_from_db()


def _ended(rsvp):
    return Status.CANCELLED if rsvp.is_active else rsvp.status


def _confirmed(rsvp):
    return Status.CANCELLED if rsvp.is_pending else rsvp.status


def pending_row_of(event, name, email, language):
    """The address's row, made if there is none, waiting for the confirmation."""
    rsvp = event.rsvps.filter(email__iexact=email).order_by("-id").first()
    if rsvp is None:
        return event.rsvps.create(name=name, email=email, language=language, status=Status.PENDING)
    set_status(rsvp, Status.PENDING, name=name, language=language)
    return rsvp


def post_again(kind, rsvp):
    """Queue a mail that may come more than once, unless it went out a moment or often enough ago."""
    mails, now = Delivery.objects.filter(kind=kind, object_id=rsvp.pk), timezone.now()
    lately = mails.filter(created_at__gt=now - timedelta(hours=1))
    if lately.count() < REPEATS_AN_HOUR and not lately.filter(created_at__gt=now - REPEAT_AFTER).exists():
        post(kind, rsvp.pk, sequence=mails.count())
