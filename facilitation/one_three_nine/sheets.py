"""Lines: everybody's own, and those on the sheet of a group, where all its people write.

What a whole hall writes in the same minutes locks the activity shared, and the group's row: a group waits for itself
alone.
"""

from contextlib import contextmanager
from uuid import uuid4

from django.db import IntegrityError, transaction

from chapter.models import acts_as_organiser

from .. import activities
from ..board_lock import TooLate, changing
from ..models import Group, SheetLine, Workplace
from ..table import leading, steps
from . import groups
from .groups import ALONE, GROUPS

# Far more than a sheet holds.
MAX_OWN, MAX_ON_SHEET = 60, 200


def write(activity, *, by, step, number, client_id, text) -> SheetLine:
    """A line of one's own in the first step, then one on the group's sheet; the same `client_id` once.

    Raises TooLate, Full.
    """
    with activities.writing(activity, step=step, number=number):
        if step == ALONE:
            return _write_own(activity, by, client_id, text)
        if step != GROUPS:
            raise TooLate
        with _on_sheet(activity, by, number) as group:
            return _put(group, client_id=client_id, text=text)


def _write_own(activity, by, client_id, text):
    steps.check_sits_here(activity.board, by)
    own = activity.lines.filter(participant=by)
    steps.check_not_full(own, MAX_OWN)
    return _stored_once(activity, client_id, participant=by, text=text)


def tell_workplace(activity, *, by, name) -> None:
    """Keep where somebody works until the groups are made; empty takes it back. Raises TooLate."""
    with activities.writing(activity, step=ALONE):
        steps.check_sits_here(activity.board, by)
        if name:
            Workplace.objects.update_or_create(activity=activity, participant=by, defaults={"name": name})
        else:
            Workplace.objects.filter(activity=activity, participant=by).delete()


def take(line, *, by, number) -> SheetLine:
    """Put onto the group's sheet an own line, or one of its small groups; each once. Raises TooLate, Full."""
    activity = line.activity
    with activities.writing(activity, step=GROUPS, number=number), _on_sheet(activity, by, number) as group:
        found = SheetLine.objects.shown().filter(pk=line.pk).select_related("group").first()
        if found is None or not _may_take(found, group, by):
            raise TooLate
        taken = group.lines.filter(taken_from=found).first()
        return taken or _put(group, client_id=uuid4(), text=found.text, taken_from=found)


def _may_take(line, group, by):
    return line.participant_id == by.pk or (line.group is not None and line.group.joined_into_id == group.pk)


def edit(line, *, by, version, text) -> SheetLine:
    """Other words; for its writer, and for the people of its group.

    Raises TooLate if it has been changed since `version`, or is gone; NotLeading for others.
    """
    with _changing(line, by) as line:
        if line.version != version and line.text != text:
            raise TooLate
        line.text, line.version = text, line.version + 1
        line.save(update_fields=["text", "version"])
        return line


def remove(line, *, by) -> None:
    """Take it off for good; for those who may edit it. Raises TooLate, NotLeading."""
    with _changing(line, by) as line:
        line.delete()


def hide(line, *, by, hidden, member=None) -> SheetLine:
    """Take a line off every poster, or put it back, also when all is over; for whoever leads, and for organisers.

    Raises NotLeading.
    """
    with changing(line.activity.board, even_closed=True) as board:
        if not acts_as_organiser(member):
            leading.check_leads(board, by)
        SheetLine.objects.filter(pk=line.pk).exclude(group=None).update(is_hidden=hidden)
    return line


def say_where(activity, *, by, number, whereabouts, group=None) -> None:
    """Where the group sits: said by its people, of another group by whoever leads. Raises TooLate, NotLeading."""
    with activities.writing(activity, step=GROUPS, number=number):
        if group is not None:
            leading.check_leads(activity.board, by)
            found = Group.objects.at(activity, number).filter(pk=group.pk).first()
        else:
            found = groups.of(activity, by, level=number, lock=True)
        if found is None:
            raise TooLate
        Group.objects.filter(pk=found.pk).update(whereabouts=whereabouts)
        found.touch()


@contextmanager
def _on_sheet(activity, by, number):
    group = groups.of(activity, by, level=number, lock=True)
    yield group
    group.touch()


@contextmanager
def _changing(line, by):
    """Yield the line, locked with its group at the step in which it may be changed."""
    activity = line.activity
    with activities.writing(activity, step=activity.step, number=activity.number):
        group = line.group_id and Group.objects.select_for_update().filter(pk=line.group_id).first()
        found = SheetLine.objects.select_for_update().filter(pk=line.pk).first()
        if found is None or found.group_id != line.group_id:
            raise TooLate
        _check_may_change(activity, found, group, by)
        yield found
        if group:
            group.touch()


def _check_may_change(activity, line, group, by):
    if line.participant_id == by.pk:
        return
    if group is None:
        raise leading.NotLeading
    if activity.step != GROUPS or group.level != activity.number:
        raise TooLate
    if not group.members.filter(participant=by).exists():
        raise leading.NotLeading


def _put(group, **fields):
    steps.check_not_full(group.lines, MAX_ON_SHEET)
    return _stored_once(group.activity, fields.pop("client_id"), group=group, **fields)


def _stored_once(activity, client_id, **fields):
    stored = activity.lines.filter(client_id=client_id).first()
    if stored is None:
        try:
            with transaction.atomic():
                return activity.lines.create(client_id=client_id, **fields)
        except IntegrityError:
            # Sent twice at the same time.
            stored = activity.lines.get(client_id=client_id)
    if (stored.group_id, stored.participant_id) != (_pk(fields.get("group")), _pk(fields.get("participant"))):
        raise TooLate
    return stored


def _pk(row):
    return row and row.pk
