"""At the door: who came, who walked in, and that everyone else did not come.

Attendance is a field of its own: nothing here writes `Rsvp.status`, and whoever waited or had cancelled and stands in the
room all the same is ticked on their row, without a seat. A tick is an absolute value in one row, so that sending it
again changes nothing and two hosts need no lock; it carries the moment when it was pressed, so that one which waited on
a phone without a line never undoes a later one. What concerns all rows at once locks the Event.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from chapter.models import AuditEntry

from .. import audit
from ..models import Event, Rsvp, WalkIn

OPENS_BEFORE = timedelta(days=1)
CLOSES_AFTER = timedelta(days=30)
# The log says once that somebody stood at the door, not each name they ticked.
LOGGED_EVERY = timedelta(hours=12)
MOST_WALK_INS = 2_000
# A slow line does not put two ticks out of order: of those pressed this close together the one that arrives last counts.
SLACK = timedelta(seconds=30)

Status, Attendance = Rsvp.Status, Rsvp.Attendance


class DoorClosed(Exception):
    """Too early, too late, or an event that does not take place."""


class NotOnList(Exception):
    """There is no such person on the list of this event."""


class Overtaken(Exception):
    """Somebody tapped on this person later than this tick was pressed, and said something else."""


class RoomFull(Exception):
    """More walk-ins than any room has people: a script gone wrong."""


def opens_at(event):
    return event.starts_at - OPENS_BEFORE


def closes_at(event):
    return event.ends_at + CLOSES_AFTER


def is_open(event):
    return event.is_published and opens_at(event) <= timezone.now() < closes_at(event)


def people(event):
    """Who is on the door list: those going, those waiting, and those who had left the list and came."""
    came_anyway = Q(attendance=Attendance.CAME)
    return event.rsvps.filter(Q(status__in=[Status.GOING, Status.WAITLISTED]) | came_anyway)


# Ticking


@transaction.atomic
def tick(*, event, rsvp_id, came, by, age=timedelta(0)):
    """Note that a person came, or is not noted; pressed `age` ago. Repeating it changes nothing.

    Whoever left the list a moment ago can still be ticked: they stand there. Raises DoorClosed, NotOnList, Overtaken.
    """
    _check_open(event)
    pressed_at, value = timezone.now() - age, Attendance.CAME if came else Attendance.UNKNOWN
    rows = event.rsvps.filter(pk=rsvp_id).exclude(status__in=[Status.PENDING, Status.EXPIRED])
    in_order = rows.filter(Q(attendance_at=None) | Q(attendance_at__lt=pressed_at + SLACK))
    if in_order.update(attendance=value, attendance_at=pressed_at):
        return _log_once("door_ticked", event, by)
    row = rows.first()
    if row is None:
        raise NotOnList
    if row.attendance != value:
        raise Overtaken


@transaction.atomic
def walk_in(*, event, client_id, name, by):
    """Somebody who came without an RSVP; the same tap, sent twice, is one person. Raises DoorClosed, RoomFull."""
    _check_open(event)
    found = WalkIn.objects.filter(event=event, client_id=client_id).first()
    if found:
        return found
    if event.walk_ins.count() >= MOST_WALK_INS:
        raise RoomFull
    row, is_new = WalkIn.objects.get_or_create(event=event, client_id=client_id, defaults={"name": name})
    if is_new:
        _log_once("walk_in_added", event, by)
    return row


@transaction.atomic
def take_back(*, event, client_id, by):
    """The walk-in was a slip of the thumb. Repeating it changes nothing. Raises DoorClosed."""
    _check_open(event)
    deleted, _rows = WalkIn.objects.filter(event=event, client_id=client_id).delete()
    if deleted:
        _log_once("walk_in_removed", event, by)


def _check_open(event):
    if not is_open(event):
        raise DoorClosed


def _log_once(verb, event, by):
    lately = AuditEntry.objects.on(event._meta.label_lower, event.pk).filter(at__gt=timezone.now() - LOGGED_EVERY)
    if not lately.filter(verb=verb, actor=by).exists():
        audit.record(verb, event, by=by)


# Afterwards


def untouched(event):
    """Those who had a seat and of whom nothing is noted."""
    return event.rsvps.going().filter(attendance=Attendance.UNKNOWN)


@transaction.atomic
def close(*, event_id, by):
    """Everyone else did not come. Locks the event. Returns how many; raises DoorClosed before the event has begun."""
    event = Event.objects.lock(event_id)
    if not (is_open(event) and event.has_started):
        raise DoorClosed
    count = untouched(event).update(attendance=Attendance.NO_SHOW)
    if count:
        audit.record("door_closed", event, by=by, count=count)
    return count


@transaction.atomic
def reopen(*, event_id, by):
    """Nothing is noted of those who did not come. Locks the event. Returns how many; raises DoorClosed."""
    event = Event.objects.lock(event_id)
    _check_open(event)
    count = event.rsvps.filter(attendance=Attendance.NO_SHOW).update(attendance=Attendance.UNKNOWN)
    if count:
        audit.record("door_reopened", event, by=by)
    return count


# Figures, never names


def figures(event):
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


def came_count(event):
    """How many were in the room; 0 where nobody kept count."""
    return event.rsvps.filter(attendance=Attendance.CAME).count() + event.walk_ins.count()


def with_figures(events):
    """Each event with signed_up, came, no_show and walk_in_count; `came` counts everyone ticked, with a seat or without."""
    going = Q(rsvps__status=Status.GOING)
    return events.annotate(
        signed_up=Count("rsvps", filter=going, distinct=True),
        ticked=Count("rsvps", filter=Q(rsvps__attendance=Attendance.CAME), distinct=True),
        no_show=Count("rsvps", filter=going & Q(rsvps__attendance=Attendance.NO_SHOW), distinct=True),
        walk_in_count=Count("walk_ins", distinct=True),
    )


def last_year():
    """The events of the last twelve months, latest first."""
    since = timezone.now() - timedelta(days=365)
    return with_figures(Event.objects.past().filter(starts_at__gte=since))
