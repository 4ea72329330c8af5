"""Attendance: who came, who walked in, and that everyone else did not come.

Attendance is a field of its own: nothing here writes `Rsvp.status`, so a person on the waitlist, or one who had
cancelled, can be ticked without getting a seat. A tick is an absolute value in one row: sending it again changes
nothing, and two hosts need no lock. It carries the time when it was pressed, so that one that waited on a phone
without a connection never undoes a later one. What concerns all rows at once locks the Event.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from chapter.models import AuditEntry
from chapter.refusals import Refused

from .. import audit
from ..models import Event, EventQuerySet, Rsvp, RsvpQuerySet, WalkIn, number_of

OPENS_BEFORE = timedelta(days=1)
CLOSES_AFTER = timedelta(days=30)
# The log says once that somebody stood at the door, not each name they ticked.
LOGGED_EVERY = timedelta(hours=12)
MOST_WALK_INS = 2_000
# A slow connection may swap two ticks: of those pressed this close together the one that arrives last counts.
SLACK = timedelta(seconds=30)

Status, Attendance = Rsvp.Status, Rsvp.Attendance


class DoorRefused(Refused):
    """Nothing was noted. `code` is the reason as the script on the phone reads it."""

    code = ""


class DoorClosed(DoorRefused):
    """Too early, too late, or an event that does not take place."""

    code = "closed"


class NotOnList(DoorRefused):
    code = "gone"


class Overtaken(DoorRefused):
    """Another host tapped on this person later than this tick was pressed, with another value."""

    code = "overtaken"


class RoomFull(DoorRefused):
    """More than MOST_WALK_INS walk-ins: a script gone wrong."""

    code = "full"


def opens_at(event) -> datetime:
    return event.starts_at - OPENS_BEFORE


def is_open(event) -> bool:
    return event.is_published and opens_at(event) <= timezone.now() < event.ends_at + CLOSES_AFTER


def people(event) -> RsvpQuerySet:
    # With those who had left the list and came all the same.
    came_anyway = Q(attendance=Attendance.CAME)
    return event.rsvps.filter(Q(status__in=[Status.GOING, Status.WAITLISTED]) | came_anyway)


# Ticking


@transaction.atomic
def tick(*, event, rsvp_id, came, by, age=timedelta(0)) -> None:
    """Note that a person came, or is not noted; pressed `age` ago. Raises DoorClosed, NotOnList, Overtaken."""
    _check_open(event)
    pressed_at, value = timezone.now() - age, Attendance.CAME if came else Attendance.UNKNOWN
    # A person who left the list a moment ago can still be ticked: they stand there.
    rows = event.rsvps.filter(pk=rsvp_id).exclude(status__in=[Status.PENDING, Status.EXPIRED])
    in_order = rows.filter(Q(attendance_at=None) | Q(attendance_at__lt=pressed_at + SLACK))
    if in_order.update(attendance=value, attendance_at=pressed_at):
        return _log_once("door_ticked", event, by)
    row = rows.first()
    if row is None:
        raise NotOnList(
            _("Not saved: this person is no longer on the list. If they are here, add them as a walk-in.")
        )
    if row.attendance != value:
        raise Overtaken(_("Not saved: another host changed this person after you did. Their change is shown."))


@transaction.atomic
def walk_in(*, event, client_id, name, by) -> WalkIn:
    """Add a person without an RSVP, once for each `client_id`. Raises DoorClosed, RoomFull."""
    _check_open(event)
    # Looked up before the limit, so that a repeated tap is never refused.
    found = WalkIn.objects.filter(event=event, client_id=client_id).first()
    if found:
        return found
    if event.walk_ins.count() >= MOST_WALK_INS:
        limit = _("Not saved. %(most)d people without an RSVP have been added, and that is the limit.")
        raise RoomFull(limit % {"most": MOST_WALK_INS})
    row, is_new = WalkIn.objects.get_or_create(event=event, client_id=client_id, defaults={"name": name})
    if is_new:
        _log_once("walk_in_added", event, by)
    return row


@transaction.atomic
def take_back(*, event, client_id, by) -> None:
    _check_open(event)
    deleted, _rows = WalkIn.objects.filter(event=event, client_id=client_id).delete()
    if deleted:
        _log_once("walk_in_removed", event, by)


def _check_open(event, *, must_have_started=False):
    if not is_open(event) or (must_have_started and not event.has_started):
        raise DoorClosed(_("Not saved: the door list is closed."))


def _log_once(verb, event, by):
    lately = AuditEntry.objects.on(event._meta.label_lower, event.pk).filter(at__gt=timezone.now() - LOGGED_EVERY)
    if not lately.filter(verb=verb, actor=by).exists():
        audit.record(verb, event, by=by)


# Afterwards


def untouched(event) -> RsvpQuerySet:
    return event.rsvps.going().filter(attendance=Attendance.UNKNOWN)


@transaction.atomic
def close(*, event_id, by) -> int:
    """Note of everyone untouched that they did not come; returns how many. Locks the event.

    Raises DoorClosed, also before the event has started.
    """
    event = Event.objects.lock(event_id)
    _check_open(event, must_have_started=True)
    count = untouched(event).update(attendance=Attendance.NO_SHOW)
    if count:
        audit.record("door_closed", event, by=by, count=count)
    return count


@transaction.atomic
def reopen(*, event_id, by) -> int:
    """Undo `close`: reset every no-show; returns how many. Locks the event. Raises DoorClosed."""
    event = Event.objects.lock(event_id)
    _check_open(event)
    count = event.rsvps.filter(attendance=Attendance.NO_SHOW).update(attendance=Attendance.UNKNOWN)
    if count:
        audit.record("door_reopened", event, by=by)
    return count


# Figures, never names


def figures(event) -> dict[str, int]:
    """{signed_up, came, no_show, unknown, waiting_came, others_came, walk_ins, here}, in two queries.

    `came` are those with a seat who came; `here` is everyone who was in the room.
    """
    going, came = Q(status=Status.GOING), Q(attendance=Attendance.CAME)
    counts = event.rsvps.aggregate(
        signed_up=Count("pk", filter=going),
        came=Count("pk", filter=going & came),
        no_show=Count("pk", filter=going & Q(attendance=Attendance.NO_SHOW)),
        unknown=Count("pk", filter=going & Q(attendance=Attendance.UNKNOWN)),
        waiting_came=Count("pk", filter=Q(status=Status.WAITLISTED) & came),
        others_came=Count("pk", filter=~Q(status__in=[Status.GOING, Status.WAITLISTED]) & came),
    )
    counts["walk_ins"] = event.walk_ins.count()
    counts["here"] = sum(counts[name] for name in ("came", "waiting_came", "others_came", "walk_ins"))
    return counts


def came_count(event) -> int:
    return event.rsvps.filter(attendance=Attendance.CAME).count() + event.walk_ins.count()


def last_year() -> EventQuerySet:
    """The events of the last twelve months, latest first, with signed_up, ticked, no_show and walk_in_count.

    `ticked` counts everyone who came, with a seat or without.
    """
    rsvps, events = Rsvp.objects, Event.objects.past()
    return events.filter(starts_at__gte=timezone.now() - timedelta(days=365)).annotate(
        signed_up=number_of(rsvps.going()),
        ticked=number_of(rsvps.filter(attendance=Attendance.CAME)),
        no_show=number_of(rsvps.going().filter(attendance=Attendance.NO_SHOW)),
        walk_in_count=number_of(WalkIn.objects.all()),
    )
