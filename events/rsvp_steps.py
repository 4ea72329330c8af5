"""The steps that the verbs of `rsvps.py` share. Only they call these, and always under the event's lock."""

import math
from datetime import timedelta

from django.db.models import F
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from chapter.mail import post
from chapter.models import Delivery, Member

from .models import AccessNeed, Event, Rsvp

Status = Rsvp.Status

# Whoever asks again for the same mail gets it again, but a stranger cannot fill a mailbox with it.
REPEAT_AFTER = timedelta(minutes=5)
REPEATS_AN_HOUR = 3


class Refused(Exception):
    """What was asked for cannot be done; the message, in the language of the page, says why."""


class NotOpen(Refused):
    """The event takes no RSVPs: a draft, postponed, cancelled, or started."""


class SeatGone(Refused):
    """Somebody else was first to claim the seat."""


def lock_event(event_id):
    """The event, its row locked to the end of the transaction. Raises Event.DoesNotExist."""
    return Event.objects.select_for_update(no_key=True, of=("self",)).get(pk=event_id)


def free_seats(event):
    """Seats that nobody has, by counting; infinite where there is no limit, 0 where too many are going."""
    if event.capacity is None:
        return math.inf
    return max(0, event.capacity - event.rsvps.going().count())


# Standing


def locked(**lookup):
    """(event, rsvp): the event locked, then the RSVP read."""
    event = lock_event(Rsvp.objects.values_list("event_id", flat=True).get(**lookup))
    return event, event.rsvps.select_related("member").get(**lookup)


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
    member = rsvp.member or _member_who_reads(rsvp.email)
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
    Rsvp.objects.filter(pk=rsvp.pk).update(member=None, name="", email="", status=_ended(rsvp))
    forget_need(rsvp)
    fill(event)


def forget_need(rsvp):
    """What the person told the hosts they need to take part: they do not take part with this row."""
    AccessNeed.objects.filter(rsvp=rsvp).delete()


def _hand_over(rsvp, member):
    """The guest's row becomes the member's. What was unconfirmed is nothing yet: members need no mail."""
    Rsvp.objects.filter(pk=rsvp.pk).update(member=member, name="", email="", status=_confirmed(rsvp))
    rsvp.refresh_from_db()


def _ended(rsvp):
    return Status.CANCELLED if rsvp.is_active else rsvp.status


def _confirmed(rsvp):
    return Status.CANCELLED if rsvp.is_pending else rsvp.status


def _member_who_reads(email):
    verified = {"emailaddress__email__iexact": email, "emailaddress__verified": True}
    return Member.objects.filter(is_active=True, **verified).first() if email else None


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
