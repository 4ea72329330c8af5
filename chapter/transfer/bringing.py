"""Files that organisers bring in on the site: the worker reads one, says what it would do, and does it when told.

Each app that takes files has a Door. A trial stores nothing. Nobody is mailed by either.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from .. import audit, remarks
from ..fields import clean_line
from ..models import Chapter, ImportFile
from ..refusals import Refused
from .importing import Report

logger = logging.getLogger(__name__)
State = ImportFile.State
# A worker that was killed on its way does not stop the next file for a day.
LOST_AFTER = timedelta(minutes=15)


class OneAtATime(Refused):
    """Another file of this kind is being read."""

    sentence = gettext_lazy("Another file is being read. Wait until it is done.")


class NotRead(Refused):
    """The file was replaced, or is brought in already."""

    sentence = gettext_lazy("This file is no longer waiting. Choose it again.")


@dataclass(frozen=True)
class Door:
    """How files of one kind come in.

    `run(content, report, *, name, dry_run, tell, **options)` raises one of `refusals` where the whole file is refused;
    `tell(done, of)` may be called between transactions of its own. `job` is the task that calls work_on().
    """

    kind: str
    verb: str
    job: object
    run: Callable
    refusals: tuple = (Refused,)


@transaction.atomic
def ask(door: Door, *, name, content, options, by) -> ImportFile:
    """Queue the trial of a file, with `options` of the import; those of before are deleted. Raises OneAtATime."""
    # The chapter's row is the queue: two files at the same moment are one after the other.
    chapter = Chapter.objects.select_for_update().get(pk=Chapter.load().pk)
    files = ImportFile.objects.of_kind(door.kind)
    files.exclude(pk__in=files.in_work().filter(asked_at__gt=timezone.now() - LOST_AFTER)).delete()
    if files.exists():
        raise OneAtATime
    asked = ImportFile.objects.create(
        kind=door.kind,
        name=clean_line(name)[:120],
        content=content,
        options={**options, "time_zone": chapter.time_zone},
        asked_by=by,
    )
    door.job.defer(file_id=asked.pk)
    return asked


@transaction.atomic
def take(door: Door, file_id, *, by) -> ImportFile:
    """Queue the import of a file that was tried. Locks its row; raises NotRead."""
    tried = ImportFile.objects.of_kind(door.kind).live().filter(pk=file_id, state=State.TRIED)
    file = tried.select_for_update().first()
    if file is None:
        raise NotRead
    file.state, file.asked_at = State.TAKING, timezone.now()
    file.save(update_fields=["state", "asked_at"])
    audit.record(door.verb, by=by, about=file.name)
    door.job.defer(file_id=file.pk)
    return file


def work_on(door: Door, file_id: int) -> None:
    """Try the file or take it in, and store the report; nothing if it was replaced meanwhile. A failure is logged and said."""
    file = ImportFile.objects.of_kind(door.kind).in_work().filter(pk=file_id).first()
    if file is None:
        return
    try:
        state, report = _run(door, file)
    except Exception:
        logger.exception("The file %s of %s cannot be read", file_id, door.kind)
        state, report = State.FAILED, {}
    _rows_of(file).update(state=state, report=report)


def _run(door, file):
    report, is_trial = Report(), file.state == State.TRYING
    try:
        door.run(bytes(file.content), report, name=file.name, dry_run=is_trial, tell=_teller(file), **file.options)
    except door.refusals as refusal:
        return State.REFUSED, {"error": remarks.stored(str(refusal))}
    return (State.TRIED if is_trial else State.DONE), report.as_stored()


def _teller(file):
    # Whoever tells is not lost.
    def tell(done, of):
        _rows_of(file).update(report={"done": done, "of": of}, asked_at=timezone.now())

    return tell


def _rows_of(file):
    return ImportFile.objects.filter(pk=file.pk, state=file.state)
