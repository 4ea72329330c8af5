"""What imports share: marks of the source, the report, the dry run.

A command reads like this:

    report = Report()
    with dry_run_transaction(dry_run=dry_run):
        for row in rows:
            with report.row(row.name):          # a savepoint: a refused row leaves nothing behind
                apply(row, report=report)       # calls report.made(…), changed, same or kept; raises Refused
    conclude(self, report, dry_run=dry_run)     # prints; exit code 1 when a row was refused

A dry run rolls back rows only: code that writes files must skip that, or remove them afterwards.
"""

from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import DataError, IntegrityError, transaction

from .. import remarks
from ..models import ImportMark
from ..refusals import Refused
from ..remarks import Remark
from ..remarks import remark as _
from . import fetching

# The source of rows that a site like this one exported; an event's external id is then its UID.
OUR_SOURCE = "one-team-gov"
MAX_COLUMN = 70
SHOWN = 200  # characters of a row's name or reason in the report
SECONDS = 30


# Where rows came from


def mark(subject, *, source: str, external_id: str, fingerprint: str = "") -> ImportMark:
    """Remember where `subject` came from; `fingerprint` is a hash of what it says after the import."""
    found = {"subject_label": subject._meta.label_lower, "source": source[:200], "external_id": external_id[:500]}
    values = {"subject_id": subject.pk, "fingerprint": fingerprint}
    return ImportMark.objects.update_or_create(**found, defaults=values)[0]


def mark_of(model, *, source: str, external_id: str) -> ImportMark | None:
    found = {"subject_label": model._meta.label_lower, "source": source[:200], "external_id": external_id[:500]}
    return ImportMark.objects.filter(**found).first()


def marked(model, *, source: str, external_id: str) -> int | None:
    # A row that was deleted here has left its mark behind.
    found = mark_of(model, source=source, external_id=external_id)
    is_there = found is not None and model._default_manager.filter(pk=found.subject_id).exists()
    return found.subject_id if is_there else None


# The report


class Row(NamedTuple):
    verdict: str
    what: str
    reason: str = ""
    number: int = 1  # of rows of the source that this line stands for

    def __str__(self):
        return f"{self.verdict}: {self.what}" + (f" ({self.reason})" if self.reason else "")


class Report:
    """The result of each row of the source. `kept` means edited here by hand and left alone, `left_out` that it is not
    meant for the site: private, a draft, outside the time asked for."""

    VERDICTS = ("made", "changed", "same", "kept", "refused", "left out")

    def __init__(self):
        self.rows = []
        self.notes = []

    def made(self, what):
        self._add("made", what)

    def changed(self, what, reason=""):
        self._add("changed", what, reason)

    def same(self, what, reason=""):
        self._add("same", what, reason)

    def kept(self, what, reason=""):
        self._add("kept", what, reason or _("it was changed here by hand"))

    def refused(self, what, reason):
        self._add("refused", what, reason)

    def left_out(self, what, reason, *, number=1):
        self._add("left out", what, reason, number)

    def note(self, text):
        self.notes.append(_short(text))

    def _add(self, verdict, what, reason="", number=1):
        self.rows.append(Row(verdict, _short(what), _short(reason), number))

    @contextmanager
    def row(self, what):
        """One row in a savepoint: an error undoes this row alone and becomes a line of the report."""
        before = len(self.rows)
        try:
            with transaction.atomic():
                yield
        except (Refused, ValidationError, ValueError, OverflowError, DataError, IntegrityError) as error:
            del self.rows[before:]
            self.refused(what, _reason(error))

    def as_stored(self) -> dict:
        """For a column of JSON, with each sentence in each language."""
        rows = [[row.verdict, remarks.stored(row.what), remarks.stored(row.reason)] for row in self.rows]
        return {"rows": rows, "notes": [remarks.stored(note) for note in self.notes], "counts": self.counts}

    @property
    def counts(self):
        found = Counter()
        for row in self.rows:
            found[row.verdict] += row.number
        return {verdict: found[verdict] for verdict in self.VERDICTS}

    @property
    def is_clean(self):
        return not self.counts["refused"]

    def lines(self):
        yield from (str(row) for row in self.rows if row.verdict != "same" or row.reason)
        yield from self._summary()

    def table(self):
        """Every row in columns that a person can run an eye down, for a dry run."""
        columns = [("Result", "Row", "Why"), *((row.verdict, row.what, row.reason) for row in self.rows)]
        width = min(MAX_COLUMN, max(len(what) for _, what, _ in columns))
        yield from (f"{verdict:8}  {what:{width}}  {why}".rstrip() for verdict, what, why in columns)
        yield ""
        yield from self._summary()

    def _summary(self):
        yield from self.notes
        yield ", ".join(f"{number} {name}" for name, number in self.counts.items() if number or name != "left out")


def _short(text):
    return remarks.line_of(text, longest=SHOWN)


def _reason(error):
    if isinstance(error, ValidationError):
        return Remark(remarks.in_each_language(lambda: " ".join(error.messages)))
    if isinstance(error, DataError | IntegrityError):
        return _("the database doesn’t accept these values")
    return str(error)


# For commands


@contextmanager
def dry_run_transaction(*, dry_run):
    """Roll everything back if `dry_run`."""
    with transaction.atomic():
        yield
        transaction.set_rollback(dry_run)


def conclude(command, report: Report, *, dry_run: bool = False) -> None:
    """Print the report. Raises CommandError (exit code 1) if a row was refused; the others are stored."""
    for line in report.table() if dry_run else report.lines():
        command.stdout.write(line)
    if dry_run:
        command.stdout.write("Dry run: nothing was stored.")
    if not report.is_clean:
        raise CommandError(f"{report.counts['refused']} refused: see above.")


def read(file_or_url, *, max_bytes: int) -> bytes:
    """The bytes of a file or of a public address; raises CommandError."""
    if "://" in str(file_or_url):
        return _read_url(str(file_or_url), max_bytes)
    path = Path(file_or_url)
    try:
        if not path.is_file():
            raise CommandError(f"{path} is not a file." if path.exists() else f"There is no file {path}.")
        with path.open("rb") as file:
            content = file.read(max_bytes + 1)
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} cannot be read: {error}.") from error
    if len(content) > max_bytes:
        raise CommandError(f"{path} is larger than {max_bytes // 1000} kB.")
    return content


def _read_url(url, max_bytes):
    try:
        return fetching.fetch(url, max_bytes=max_bytes, timeout=SECONDS).body
    except fetching.FetchError as error:
        raise CommandError(f"{url}: {error}") from error
