"""Laying the grid: rooms, times, and which session is where. For the hosts; each change raises the version."""

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from .. import activities
from ..board_lock import TooLate, unchanged
from ..models import Session, SessionRoom, SessionSlot
from ..table import steps as table_steps
from .interest import seal, unlink
from .pitching import changed, take_places
from .steps import DAY, ORDER, PLAN, check_hosts, standing

MAX_ROOMS, MAX_SLOTS = 30, 40


def go(activity, *, by, step, number, to) -> None:
    """Go to another step. Raises NotLeading, and TooLate where the step has changed since `step` was drawn.

    From the grid on the sums are shown; from the day on nobody can tell any more who placed a dot, and there is no way
    back to the dots.
    """
    with activities.going_on(activity, by=by, step=step, number=number) as (_board, activity):
        if step == DAY and to != PLAN:
            raise TooLate
        if to == DAY:
            seal(activity)
        shown = activity.number or ORDER.index(to) >= ORDER.index(PLAN)
        activities.actions.go(activity, to, number=int(bool(shown)))


def close(board, activity) -> None:
    unlink(board, activity)


# Rooms


def add_rooms(activity, *, by, member, names) -> None:
    """Add rooms by these names; those that are there already are passed over. Raises NotLeading, Full."""
    with activities.going_on(activity) as (board, activity):
        check_hosts(board, by, member)
        there = {name.casefold() for name in activity.rooms.values_list("name", flat=True)}
        last = activity.rooms.aggregate(last=Max("position"))["last"] or 0
        for position, name in enumerate(names, last + 1):
            if name.casefold() in there:
                continue
            table_steps.check_not_full(activity.rooms, MAX_ROOMS)
            there.add(name.casefold())
            activity.rooms.create(name=name, position=position)


def rename_room(room, *, by, member, name) -> None:
    with activities.going_on(room.activity) as (board, activity):
        check_hosts(board, by, member)
        if activity.rooms.filter(name__iexact=name).exclude(pk=room.pk).exists():
            raise ValidationError({"name": _("Another room has this name.")})
        if not SessionRoom.objects.filter(pk=room.pk).exclude(name=name).update(name=name):
            return unchanged(board)
        _touch(activity.sessions.filter(room=room))


def remove_room(room, *, by, member) -> None:
    """Delete a room. Its sessions stay, without a place."""
    with activities.going_on(room.activity) as (board, activity):
        check_hosts(board, by, member)
        take_places(activity.sessions.filter(room=room))
        SessionRoom.objects.filter(pk=room.pk).delete()


# Times


def add_slot(activity, *, by, member, starts_at, ends_at) -> None:
    with activities.going_on(activity) as (board, activity):
        check_hosts(board, by, member)
        table_steps.check_not_full(activity.slots, MAX_SLOTS)
        _check_free(activity.slots, starts_at, ends_at)
        activity.slots.create(starts_at=starts_at, ends_at=ends_at)


def move_slot(slot, *, by, member, starts_at, ends_at) -> None:
    """Give a time another beginning and end, and with it all its sessions. Raises ValidationError if two would overlap."""
    with activities.going_on(slot.activity) as (board, activity):
        check_hosts(board, by, member)
        _check_free(activity.slots.exclude(pk=slot.pk), starts_at, ends_at)
        if not SessionSlot.objects.filter(pk=slot.pk).update(starts_at=starts_at, ends_at=ends_at):
            raise TooLate
        _touch(activity.sessions.filter(slot=slot))


def remove_slot(slot, *, by, member) -> None:
    """Delete a time. Its sessions stay, without a place."""
    with activities.going_on(slot.activity) as (board, activity):
        check_hosts(board, by, member)
        take_places(activity.sessions.filter(slot=slot))
        SessionSlot.objects.filter(pk=slot.pk).delete()


# Sessions


def place(session, *, by, member, room, slot, version) -> Session:
    """Put a session into a room at a time, or with neither take it off the grid.

    Raises ValidationError where that cell is taken, and where somebody has moved the session since `version` was drawn.
    """
    with activities.going_on(session.activity) as (board, activity):
        check_hosts(board, by, member)
        session = standing(session)
        if (session.room, session.slot) == (room, slot):
            unchanged(board)
            return session
        if session.sequence != version:
            raise ValidationError(
                {"slot": _("Someone has moved this session since you opened the page. Look again.")}
            )
        if room and slot:
            _check_cell(activity, session, room, slot)
        session.room, session.slot = room, slot
        changed(session)
        session.save(update_fields=["room", "slot", "sequence", "changed_at"])
    return session


def _check_cell(activity, session, room, slot):
    if not (activity.rooms.filter(pk=room.pk).exists() and activity.slots.filter(pk=slot.pk).exists()):
        raise TooLate
    there = activity.sessions.filter(room=room, slot=slot).exclude(pk=session.pk).first()
    if there:
        sentence = _("“%(title)s” is in %(room)s then. Choose another room or time, or move that one first.")
        raise ValidationError({"slot": sentence % {"title": there.title, "room": room.name}})


def _check_free(slots, starts_at, ends_at):
    if slots.filter(starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise ValidationError({"starts": _("This overlaps with another time.")})


def _touch(sessions):
    for session in sessions:
        changed(session)
        session.save(update_fields=["sequence", "changed_at"])
