"""What every import shares: where a row came from, the report, and the rehearsal that stores nothing.

A command reads like this:

    report = Report()
    with dry_run_transaction(dry_run=dry_run):
        for row in rows:
            with report.row(row.name):          # a savepoint: a row that is refused leaves nothing behind
                apply(row, report=report)       # calls report.made(…), changed, same or kept; raises Refused
    conclude(self, report, dry_run=dry_run)     # prints; exit code 1 when a row was refused

A rehearsal undoes rows alone: whoever writes files writes none in one, or removes them afterwards.
"""

from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import DataError, IntegrityError, transaction
from django.utils import translation

from ..fields import clean_line
from ..models import ImportMark
from ..refusals import Refused
from . import fetching

# The source of what a site like this one exported; the name of an event is then its UID.
OUR_SOURCE = "one-team-gov"
SHOWN = 200  # characters of a row's name or reason in the report
SECONDS = 30


# Where rows came from


def mark(subject, *, source, external_id, fingerprint=""):
    """Remember that `subject` came from the source under this name; `fingerprint` is what it said then, in its own way."""
    found = {"subject_label": subject._meta.label_lower, "source": source[:200], "external_id": external_id[:500]}
    values = {"subject_id": subject.pk, "fingerprint": fingerprint}
    return ImportMark.objects.update_or_create(**found, defaults=values)[0]


def mark_of(model, *, source, external_id):
    """The mark of what came from the source under this name, or None."""
    found = {"subject_label": model._meta.label_lower, "source": source[:200], "external_id": external_id[:500]}
    return ImportMark.objects.filter(**found).first()


def marked(model, *, source, external_id):
    """The key of what came from the source under this name, or None: also when it has been deleted here since."""
    found = mark_of(model, source=source, external_id=external_id)
    is_there = found is not None and model._default_manager.filter(pk=found.subject_id).exists()
    return found.subject_id if is_there else None


# The report


class Row(NamedTuple):
    verdict: str
    what: str
    reason: str = ""

    def __str__(self):
        return f"{self.verdict}: {self.what}" + (f" ({self.reason})" if self.reason else "")


class Report:
    """What became of each row. `kept` is one that was changed here by hand and is left alone."""

    VERDICTS = ("made", "changed", "same", "kept", "refused")

    def __init__(self):
        self.rows = []
        self.notes = []

    def made(self, what):
        self._add("made", what)

    def changed(self, what, reason=""):
        self._add("changed", what, reason)

    def same(self, what):
        self._add("same", what)

    def kept(self, what, reason="it was changed here by hand"):
        self._add("kept", what, reason)

    def refused(self, what, reason):
        self._add("refused", what, reason)

    def note(self, text):
        """Something that is worth knowing and is no row."""
        self.notes.append(_short(text))

    def _add(self, verdict, what, reason=""):
        self.rows.append(Row(verdict, _short(what), _short(reason)))

    @contextmanager
    def row(self, what):
        """One row, in a savepoint. What the row does wrong is a line of the report and undoes this row alone."""
        before = len(self.rows)
        try:
            with transaction.atomic():
                yield
        except (Refused, ValidationError, ValueError, OverflowError, DataError, IntegrityError) as error:
            del self.rows[before:]
            self.refused(what, _reason(error))

    @property
    def counts(self):
        """{verdict: how many}, in the order of VERDICTS, zeros included."""
        found = Counter(row.verdict for row in self.rows)
        return {verdict: found[verdict] for verdict in self.VERDICTS}

    @property
    def is_clean(self):
        return not self.counts["refused"]

    def lines(self):
        """For people: every row but those that are the same, then the notes, then the sum."""
        yield from (str(row) for row in self.rows if row.verdict != "same")
        yield from self.notes
        yield ", ".join(f"{number} {verdict}" for verdict, number in self.counts.items())


def _short(text):
    text = clean_line(str(text))
    return text if len(text) <= SHOWN else f"{text[:SHOWN]} …"


def _reason(error):
    if isinstance(error, ValidationError):
        # Commands speak English, all of them.
        with translation.override("en"):
            return " ".join(error.messages)
    if isinstance(error, DataError | IntegrityError):
        return "the database does not take these values"
    return str(error)


# For commands


@contextmanager
def dry_run_transaction(*, dry_run):
    """A transaction; in a dry run everything is done, reported, and then undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(dry_run)


def conclude(command, report, *, dry_run=False):
    """Print the report. Raises CommandError, which gives exit code 1, when a row was refused; the others are stored."""
    for line in report.lines():
        command.stdout.write(line)
    if dry_run:
        command.stdout.write("Dry run: nothing was stored.")
    if not report.is_clean:
        raise CommandError(f"{report.counts['refused']} refused: see above.")


def read(file_or_url, *, max_bytes):
    """The bytes of a file, or of a public address; CommandError for anything else."""
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
