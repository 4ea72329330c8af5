"""Files of events that organisers bring in on the site: the worker reads one, says what it would do, and does it when told.

A trial is the import itself, rolled back. Nobody is mailed by either.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from chapter import audit
from chapter.fields import clean_line
from chapter.models import Chapter, ImportFile
from chapter.refusals import Refused
from chapter.transfer import Report, dry_run_transaction, foreign_tables

from .. import reading
from . import files

logger = logging.getLogger(__name__)
State = ImportFile.State
# A worker that was killed on its way does not stop the next file for a day.
LOST_AFTER = timedelta(minutes=15)

audit.describe("events_brought_in", gettext_lazy("brought in events from a file"))


class OneAtATime(Refused):
    """Another file is being read."""

    @property
    def sentence(self):
        return _("Another file is being read. Wait until it is done.")


class NotRead(Refused):
    """The file was replaced, or is brought in already."""

    @property
    def sentence(self):
        return _("This file is no longer waiting. Choose it again.")


@transaction.atomic
def ask(*, name, content, options, by) -> ImportFile:
    """Queue the trial of a file, with `options` of the import; those of before are deleted. Raises OneAtATime."""
    # The chapter's row is the queue: two files at the same moment are one after the other.
    chapter = Chapter.objects.select_for_update().get(pk=Chapter.load().pk)
    now = timezone.now()
    ImportFile.objects.exclude(pk__in=ImportFile.objects.in_work().filter(asked_at__gt=now - LOST_AFTER)).delete()
    if ImportFile.objects.exists():
        raise OneAtATime
    options = {**options, "time_zone": chapter.time_zone}
    asked = ImportFile.objects.create(name=clean_line(name)[:120], content=content, options=options, asked_by=by)
    work_on_file.defer(file_id=asked.pk)
    return asked


@transaction.atomic
def take(file_id, *, by) -> ImportFile:
    """Queue the import of a file that was tried. Locks its row; raises NotRead."""
    file = ImportFile.objects.live().select_for_update().filter(pk=file_id, state=State.TRIED).first()
    if file is None:
        raise NotRead
    file.state, file.asked_at = State.TAKING, timezone.now()
    file.save(update_fields=["state", "asked_at"])
    audit.record("events_brought_in", by=by, about=file.name)
    work_on_file.defer(file_id=file.pk)
    return file


@app.task(name="events.work_on_file")
def work_on_file(file_id):
    work_on(file_id)


def work_on(file_id: int) -> None:
    """Try the file or take it in, and store the report; nothing if it was replaced meanwhile. A failure is logged and said."""
    file = ImportFile.objects.in_work().filter(pk=file_id).first()
    if file is None:
        return
    try:
        state, report = _run(file)
    except Exception:
        logger.exception("The file %s of events cannot be read", file_id)
        state, report = State.FAILED, {}
    ImportFile.objects.filter(pk=file.pk, state=file.state).update(state=state, report=report)


def _run(file):
    report = Report()
    try:
        with dry_run_transaction(dry_run=file.state == State.TRYING):
            files.import_file(bytes(file.content), report=report, **file.options)
    except (reading.Unreadable, foreign_tables.Unreadable) as refusal:
        return State.REFUSED, {"error": str(refusal)}
    found = {"rows": [[row.verdict, row.what, row.reason] for row in report.rows], "notes": report.notes}
    return (State.TRIED if file.state == State.TRYING else State.DONE), {**found, "counts": report.counts}
