"""The verbs of an RSVP: the only place that writes `Rsvp.status`.

Every verb is one transaction that locks exactly one row first, the Event's (FOR NO KEY UPDATE: rows of other tables
may still come to refer to the event), then counts seats from the rows, then writes, and queues its mails with the
change. Waiting longer than `lock_timeout` for that row raises OperationalError. Whatever frees a seat ends in
`_fill`. The database refuses a seat too many by itself as well: see the migration `0002_no_more_than_seats`.
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

from chapter.addresses import of_nobody
from chapter.mail import post, post_again
from chapter.models import Member
from chapter.refusals import Refused
from chapter.web import undone_if

from .. import audit
from ..models import AccessNeed, Event, Rsvp
from . import holds, lookups, newcomers

Status, ShownTo = Rsvp.Status, Rsvp.ShownTo
logger = logging.getLogger(__name__)

# A guest who has not confirmed by then has changed their mind, or never asked.
PENDING_FOR = timedelta(hours=48)


class NotOpen(Refused):
    """The event takes no RSVPs: a draft, postponed, cancelled, or started."""


class OneSeat(NotOpen):
    """The same mailbox is on the list with another address."""


class AlreadyListed(Refused):
    """Somebody of that name or mailbox comes or waits already."""


class SeatGone(Refused):
    """Somebody else has claimed the seat."""


# Coming


def rsvp_as_member(*, event_id, member, shown_to=ShownTo.NO_ONE) -> Rsvp:
    """Give the member a seat or the back of the queue, and mail which; no change if they hold either already.

    Adopts their rows as a guest. Raises NotOpen.
    """
    rsvp = newcomers.join(event_id, member) or _rsvp_as_member(event_id, member)
    # A second tap, without the choice, takes nothing back.
    if shown_to != ShownTo.NO_ONE:
        show_name(rsvp_id=rsvp.pk, to=shown_to)
    return rsvp


@transaction.atomic
def _rsvp_as_member(event_id, member):
    event = Event.objects.lock(event_id)
    rsvp = _row_of_member(event, member)
    if not rsvp.is_holding:
        _check_open(event)
        _join(event, rsvp)
    return rsvp


@transaction.atomic
def rsvp_as_guest(*, event_id, name, email, language, network="", shown_to=ShownTo.NO_ONE) -> bool:
    """Make a pending RSVP and mail the link to confirm it; returns whether a seat is held meanwhile. Raises NotOpen.

    A mailbox that is on the list already, `kari+1@` as `kari@`, gets a mail that says so instead. It has the link to the
    seat in it, so it goes to the address that confirmed and not to the one just typed: where there are no tags, somebody
    else reads that one. Nothing that is returned or raised, and no statement more or less, tells one case from the other, so
    that nobody learns who comes. Raises MailboxFull, too. `shown_to` is what the page of the link offers to whoever opens it.
    """
    event = Event.objects.lock(event_id)
    _check_open(event)
    rsvp = _row_asked_about(event, name, email, language, shown_to=shown_to)
    is_held = holds.hold(event, rsvp, network=network)
    post_again("rsvp_confirm" if rsvp.is_pending else "rsvp_already", rsvp.pk, to=rsvp.person_email)
    return is_held


@transaction.atomic
def add(*, event_id, name, email="", language, by) -> Rsvp:
    """Put somebody on the list who asked an organiser: a seat or the back of the queue, as for everybody.

    An address gets one letter, through the budget of its mailbox, that says so and how to leave. A guest is not reminded
    before they ask for it there. Raises NotOpen, AlreadyListed, MailboxFull.
    """
    event = Event.objects.lock(event_id)
    _check_open(event)
    _check_not_listed(event, name, email)
    rsvp = _row_of_added(event, name, email, language)
    _join(event, rsvp, tells=False)
    if email:
        post("rsvp_added", rsvp.pk, sequence=rsvp.round, to=rsvp.person_email)
    audit.record("attendee_added", event, by=by)
    return rsvp


@transaction.atomic
def rsvp_as_reader(*, event_id, name, email, language) -> Rsvp:
    """`rsvp_as_guest` and `confirm` in one, for a guest who has just proved to read this mailbox. Raises NotOpen.

    Returns the member's row if a member has verified the address.
    """
    event = Event.objects.lock(event_id)
    _check_open(event)
    if member := Member.objects.owner_of(email):
        return rsvp_as_member(event_id=event_id, member=member)
    holding = event.rsvps.holding().of_mailbox(email).first()
    return holding or _join_as_person(event, _pending_row_of(event, name, email, language))


@transaction.atomic
def confirm(*, token, shown_to=None) -> Rsvp:
    """Confirm a guest's pending RSVP: a seat or the back of the queue; mails which. Idempotent.

    Returns the member's row if a member has verified the address. `shown_to` is who may see the name, if that was asked
    once more. Raises NotOpen, Rsvp.DoesNotExist.
    """
    event, rsvp = Event.objects.lock_with_rsvp(token=token)
    if rsvp.status in (Status.PENDING, Status.EXPIRED):
        rsvp = _join_as_person(event, rsvp)
        if shown_to:
            rsvp.store(shown_to=shown_to)
    return rsvp


@transaction.atomic
def rejoin(*, rsvp_id) -> Rsvp:
    """Join again after cancelling or being removed, at the back of the queue. Raises NotOpen."""
    event, rsvp = Event.objects.lock_with_rsvp(pk=rsvp_id)
    if not rsvp.is_active and rsvp.person_email:
        rsvp = _join_as_person(event, rsvp)
    return rsvp


@transaction.atomic
def claim(*, rsvp_id) -> Rsvp:
    """Take a free seat after the cut-off: the first on the waitlist to ask gets it. Raises SeatGone, NotOpen."""
    event, rsvp = Event.objects.lock_with_rsvp(pk=rsvp_id)
    if rsvp.is_waitlisted:
        _check_open(event)
        if not (event.is_past_cut_off and lookups.free_seats(event)):
            raise SeatGone(_("Someone else was faster: no seat is free right now. You keep your place in the queue."))
        _set_status(rsvp, Status.GOING, tell="rsvp_going")
        _fill(event)
    return rsvp


@transaction.atomic
def adopt_guest_rows(member) -> None:
    """Make the RSVPs that a member holds as a guest the member's own. Locks each event, in order of id."""
    # Unconfirmed RSVPs stay as they are: somebody else may have typed the address.
    guests = Rsvp.objects.holding().guests_of(member)
    for event_id in sorted(set(guests.values_list("event_id", flat=True))):
        _row_of_member(Event.objects.lock(event_id), member)


def show_name(*, rsvp_id, to) -> None:
    """Say who may see the person's name; for whoever has left or never confirmed it changes nothing."""
    Rsvp.objects.holding().filter(pk=rsvp_id).update(shown_to=to)


# Leaving


@transaction.atomic
def cancel(*, rsvp_id) -> Rsvp:
    """Cancel, whatever the state of event and RSVP; mails the person and gives the seat to the next."""
    event, rsvp = Event.objects.lock_with_rsvp(pk=rsvp_id)
    if rsvp.is_active:
        _leave(event, rsvp, Status.CANCELLED, tell="rsvp_cancelled")
    return rsvp


@transaction.atomic
def remove(*, rsvp_id, by) -> Rsvp:
    """Take a person off the list; mails them and gives the seat to the next. They may `rejoin`."""
    event, rsvp = Event.objects.lock_with_rsvp(pk=rsvp_id)
    if rsvp.is_active:
        logger.info("RSVP %s removed by member %s", rsvp.pk, by.pk)
        _leave(event, rsvp, Status.REMOVED, tell="rsvp_removed")
        audit.record("attendee_removed", event, by=by)
    return rsvp


def expire_pending() -> int:
    """Expire unconfirmed RSVPs after PENDING_FOR or at the start, one transaction an event; returns how many."""
    events = _stale().order_by("event_id").values_list("event_id", flat=True).distinct()
    return sum(_expire_pending_of(event_id) for event_id in list(events))


@transaction.atomic
def _expire_pending_of(event_id):
    Event.objects.lock(event_id)
    # No mail, and no seat to give: one that was held is free long since.
    return _expire(_stale().filter(event_id=event_id))


def _expire(rsvps):
    return rsvps.update(status=Status.EXPIRED, held_until=None, round=F("round") + 1, changed_at=Now())


def _stale():
    too_old = Q(changed_at__lt=timezone.now() - PENDING_FOR) | Q(event__starts_at__lte=timezone.now())
    return Rsvp.objects.filter(too_old, status=Status.PENDING)


# Seats


@transaction.atomic
def change_capacity(*, event_id, capacity, by=None) -> Event:
    """Set the number of seats; None is no limit. More seats go to the waitlist; fewer evict nobody."""
    event = Event.objects.lock(event_id)
    event.capacity = capacity
    event.save(update_fields=["capacity"])
    _fill(event)
    audit.record("seats_unlimited" if capacity is None else "seats_set", event, by=by, count=capacity)
    return event


@transaction.atomic
def fill_seats(event) -> None:
    """Give free seats to the waitlist, first come first served, and mail each person. Locks the event. Idempotent.

    From the cut-off on no seat is given: everyone waiting is mailed that the first to claim it gets it.
    """
    event = Event.objects.lock(event.pk)
    if not event.is_past_cut_off:
        event.rsvps.forget_offers()  # of before the event was moved away from its cut-off
    _fill(event)


def fill_all() -> None:
    waiting = (
        Event.objects.upcoming()
        .filter(state=Event.State.PUBLISHED, rsvps__status=Status.WAITLISTED)
        .order_by("id")
        .distinct()
    )
    for event in waiting:
        fill_seats(event)


def end_holds() -> None:
    """Give seats that were held in vain to those who wait, one transaction an event."""
    over = Rsvp.objects.filter(held_until__lte=Now()).order_by("event_id").values_list("event_id", flat=True)
    for event_id in list(over.distinct()):
        _end_holds_of(event_id)


@transaction.atomic
def _end_holds_of(event_id):
    event = Event.objects.lock(event_id)
    event.rsvps.filter(held_until__lte=Now()).update(held_until=None)
    _fill(event)


# The steps that the verbs share, always under the event’s lock


def _set_status(rsvp, status, *, tell=None, **changes):
    # The round goes up with each change, so that the mail about it is a new one, and a retry is not.
    rsvp.store(**{"status": status, "offered_at": None, "held_until": None, "round": rsvp.round + 1, **changes})
    if not rsvp.is_holding:
        AccessNeed.objects.filter(rsvp=rsvp).delete()
    if tell:
        post(tell, rsvp.pk, sequence=rsvp.round)


def _join_as_person(event, rsvp):
    """Join the event, reusing the person's active RSVP if there is one."""
    _check_open(event)
    if member := rsvp.member or Member.objects.owner_of(rsvp.email):
        rsvp = _row_of_member(event, member)
    else:
        rsvp = event.rsvps.active().of_address(rsvp.email).exclude(pk=rsvp.pk).first() or rsvp
    if not rsvp.is_holding:
        _join(event, rsvp)
    return rsvp


def _join(event, rsvp, *, tells=True):
    _check_one_seat(event, rsvp)
    # Those who wait come before the newcomer, unless a seat is held for that one.
    has_seat = holds.has_hold(event, rsvp) or _fill(event)
    status, kind = (Status.GOING, "rsvp_going") if has_seat else (Status.WAITLISTED, "rsvp_waitlisted")
    _set_status(rsvp, status, tell=kind if tells else None, queued_at=Now())
    if not has_seat and event.is_past_cut_off:
        # A free seat is offered to the newcomer, too.
        _fill(event)


def _check_one_seat(event, rsvp):
    # A row at another address of the mailbox is not handed out: where there are no tags, somebody else may read it.
    others = list(event.rsvps.active().of_mailbox(rsvp.person_email).exclude(pk=rsvp.pk))
    if any(other.is_holding for other in others):
        raise OneSeat(_("You are already signed up with another of your addresses. Look for our email about it."))
    for other in others:
        _set_status(other, Status.EXPIRED)


def _check_not_listed(event, name, email):
    # Without an address the name is all that tells two people apart, and a form that is sent twice from one sent once.
    listed = event.rsvps.holding()
    if listed.of_mailbox(email).exists():
        raise AlreadyListed(_("Someone with this email address is on the list already."))
    if not email and listed.with_shown_name().filter(shown_name__iexact=name).exists():
        raise AlreadyListed(
            _("Someone with this name is on the list already. If this is another person, add a surname.")
        )


def _row_of_added(event, name, email, language):
    if not email:
        return Rsvp(event=event, name=name, language=language, status=Status.CANCELLED)
    if member := Member.objects.owner_of(email):
        return _row_of_member(event, member)
    rsvp = _pending_row_of(event, name, email, language)
    rsvp.store(wants_reminders=False)
    return rsvp


def _leave(event, rsvp, status, *, tell):
    # Whoever never confirmed gets no mail, also if a seat was held for them.
    _set_status(rsvp, status, tell=tell if rsvp.is_holding else None, shown_to=ShownTo.NO_ONE)
    _fill(event)


def _fill(event) -> bool:
    """Give the free seats to those who wait, or offer them; returns whether one is left for a newcomer."""
    if not event.is_open:
        return False
    free, somebody_waits = lookups.seats(event)
    if not somebody_waits:
        return free > 0
    if event.is_past_cut_off:
        _offer_seats(event, free)
    elif free:
        given = event.rsvps.waitlisted().in_queue_order()[: None if free == math.inf else free]
        for rsvp in given:
            _set_status(rsvp, Status.GOING, tell="rsvp_promoted")
        return free > len(given)
    return False


def _offer_seats(event, free):
    # Once all seats are taken, the next free one is news again.
    if not free:
        event.rsvps.forget_offers()
        return
    for rsvp in event.rsvps.waitlisted().filter(offered_at=None).in_queue_order():
        _set_status(rsvp, Status.WAITLISTED, tell="rsvp_claim", offered_at=Now())


def _check_open(event):
    if not event.is_open:
        raise NotOpen(_why_closed(event))


def _why_closed(event):
    if event.is_cancelled:
        return _("This event is cancelled.")
    if event.is_postponed:
        return _("This event is postponed. You can sign up when it has a new date.")
    if event.has_started:
        return _("This event has started, so it is too late to sign up.")
    return _("Sign-up for this event isn’t open yet.")


# One person, one row


def _row_of_member(event, member):
    """The member's one row for this event, adopting the best of their rows as a guest; one to be stored if they have none."""
    rows = sorted(event.rsvps.of_member(member).select_related("member"), key=_standing)
    if not rows:
        return Rsvp(event=event, member=member, status=Status.CANCELLED, language=member.language)
    keep, *others = rows
    for rsvp in others:
        _detach(event, rsvp)
    if keep.member is None:
        _hand_over(keep, member)
    return keep


def _standing(rsvp):
    # The best row first, so that a person who signed up twice keeps the better place.
    order = [Status.GOING, Status.WAITLISTED, Status.PENDING, Status.CANCELLED, Status.REMOVED, Status.EXPIRED]
    return order.index(rsvp.status), rsvp.queued_at or rsvp.created_at, rsvp.pk


def _detach(event, rsvp):
    """Detach a duplicate row from its person and cancel it without a mail."""
    status = Status.CANCELLED if rsvp.is_active else rsvp.status
    Rsvp.objects.filter(pk=rsvp.pk).update(member=None, **Rsvp.GUEST_COLUMNS, status=status, shown_to=ShownTo.NO_ONE)
    AccessNeed.objects.filter(rsvp=rsvp).delete()
    _fill(event)


def _hand_over(rsvp, member):
    # A member has no pending row, since members need no mail to confirm; the language may be what a stranger chose.
    # The name is another one now, and nobody has said that this may be shown.
    status = Status.CANCELLED if rsvp.is_pending else rsvp.status
    mine = {"member": member, "language": member.language, **Rsvp.GUEST_COLUMNS}
    Rsvp.objects.filter(pk=rsvp.pk).update(**mine, status=status, shown_to=ShownTo.NO_ONE)
    rsvp.refresh_from_db()


def _row_asked_about(event, name, email, language, *, shown_to):
    """The row that the mailbox holds, or a pending one of this address."""
    holding = event.rsvps.holding().of_mailbox(email).select_related("member").first()
    # This tells the page cache in either case: a page that has to be drawn anew would say that a row was made.
    _end_other_spellings(event, email)
    # To make a row takes longer than to find one: who holds one costs another, that nobody has, and that is taken back.
    with undone_if(holding):
        pending = _store_pending(event, name, of_nobody() if holding else email, language, shown_to)
    return holding or pending


def _pending_row_of(event, name, email, language):
    _end_other_spellings(event, email)
    return _store_pending(event, name, email, language, ShownTo.NO_ONE)


def _end_other_spellings(event, email):
    # The database allows a mailbox one active row for each event. Another spelling may be a stranger's: that row ends, and
    # none of it is used. Its link stays good, so that nobody can take back an owner's; who confirms first has the seat.
    _expire(event.rsvps.pending().of_mailbox(email).exclude(email=email))


def _store_pending(event, name, email, language, shown_to):
    # A row at the same address is used again, since its link is known there alone.
    rsvp = event.rsvps.filter(email=email).order_by("-id").first() or Rsvp(event=event, email=email)
    # Of an earlier stay nothing is left to take away: leaving did that. A seat that is held stays so.
    rsvp.store(name=name, language=language, shown_to=shown_to, status=Status.PENDING, round=rsvp.round + 1)
    return rsvp
