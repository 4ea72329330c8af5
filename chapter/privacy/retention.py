"""The nightly deletion of expired personal data: the run, its dry run, and the organisers' report.

What expires and when is in the privacy register; the privacy page prints the same entries.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..models import AuditEntry, Chapter
from ..prepared import prepared
from . import registry

RAN, DELETED, FAILED = "retention_ran", "retention_deleted", "retention_failed"
VERBS = (RAN, DELETED, FAILED)
audit.describe(RAN, _("deleted old data"))
audit.describe(DELETED, _("deleted old data in"))
audit.describe(FAILED, _("couldn’t delete old data in"))
# The job runs nightly; after two nights without it somebody should look at the worker.
LATE_AFTER = timedelta(hours=50)


def run(*, dry_run: bool = False) -> list[registry.Expired]:
    """Expire everything and write the log; returns a list of `registry.Expired`.

    A dry run does the same in one transaction and rolls it back: the numbers are exact, and mail and files, which wait for a
    commit, are not touched. Until then it holds the locks of what it deletes.
    """
    if dry_run:
        with transaction.atomic():
            done = list(registry.expire_each())
            transaction.set_rollback(True)
        return done
    done = list(registry.expire_each())
    _note(done)
    return done


def raise_errors(done: list[registry.Expired]) -> None:
    """Raise an ExceptionGroup of what failed, if anything did."""
    if errors := [each.error for each in done if each.error]:
        raise ExceptionGroup("Some personal data was kept too long", errors)


@transaction.atomic
def _note(done):
    # The same time on all lines marks them as one run.
    now = timezone.now()
    total = AuditEntry(at=now, verb=RAN, count=sum(each.count or 0 for each in done))
    with translation.override(Chapter.load().default_language):
        lines = [_line(each, now) for each in done if each.count or each.error]
    AuditEntry.objects.bulk_create([total, *lines])


def _line(each, now):
    return AuditEntry(
        at=now,
        verb=FAILED if each.error else DELETED,
        about=str(each.entry.label),
        subject_label=each.entry.model._meta.label_lower,
        count=each.count,
    )


# The report


@dataclass(frozen=True)
class Row:
    """One entry of the register and its result in the last run."""

    entry: registry.PersonalData
    count: int
    has_failed: bool


@dataclass(frozen=True)
class Report:
    """The last run; `at` is None before the first one."""

    at: datetime | None
    rows: list

    @property
    def has_failed(self):
        return any(row.has_failed for row in self.rows)

    @property
    def is_late(self):
        return self.at is not None and self.at < timezone.now() - LATE_AFTER

    @property
    def needs_a_look(self):
        return self.has_failed or self.is_late


def last_report() -> Report:
    """The last run, entry by entry; two queries."""
    last = next(iter(_last_run()), None)
    lines = AuditEntry.objects.filter(verb__in=(DELETED, FAILED), at=last.at) if last else ()
    found = {line.subject_label: line for line in lines}
    rows = [_row(entry, found.get(entry.model._meta.label_lower)) for entry in registry.entries()]
    return Report(at=last.at if last else None, rows=[row for row in rows if row.entry.expire])


@prepared
def _last_run():
    return AuditEntry.objects.filter(verb=RAN).order_by("-at", "-id")[:1]


def _row(entry, line):
    return Row(entry, (line and line.count) or 0, bool(line and line.verb == FAILED))
