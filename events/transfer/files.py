"""Import a file of events, a calendar or a table, with one line of the report for each row."""

from datetime import timedelta

from django.utils import timezone

from chapter.refusals import Refused
from chapter.remarks import remark as _
from chapter.remarks import remark_of_number as ngettext
from chapter.transfer import OUR_SOURCE, foreign_tables

from .. import reading, tables
from . import again, csv_reader, ics_rows, own_rows
from .apply import apply_event_row, take_back

TABLE_OPTIONS = ("source", "language", "time_zone", "publish", "dates")
CALENDAR_OPTIONS = ("source", "language", "time_zone", "publish", "months", "months_back")
MONTH = timedelta(days=30.5)


def import_file(content, *, report, **options) -> None:
    """Raises reading.Unreadable or foreign_tables.Unreadable where the whole file is refused."""
    content, others = reading.unpacked(content)
    if others:
        report.note(
            ngettext(
                "{number} other file in the ZIP file isn’t a calendar and isn’t read.",
                "{number} other files in the ZIP file aren’t calendars and aren’t read.",
                others,
            )
        )
    if reading.is_calendar(content):
        return import_ics(content, report=report, **{key: options[key] for key in CALENDAR_OPTIONS if key in options})
    return import_csv(content, report=report, **{key: options[key] for key in TABLE_OPTIONS if key in options})


# Tables


def import_csv(
    content, *, source="", report, language="nb", time_zone="Europe/Oslo", publish=False, dates=""
) -> None:
    """A table with the columns of our own export is restored as it was."""
    header, rows, notes = foreign_tables.table(content, is_header=_is_header)
    for note in notes:
        report.note(note)
    if own_rows.is_own(header):
        return _import_own_rows(rows, report)
    options = {"language": language, "time_zone": time_zone}
    found, notes = tables.with_orders(tables.columns(header), [cells for _, cells in rows], wanted=dates)
    _say_ignored(header, found, report)
    names, taken = {}, set()
    for line, cells in rows:
        with report.row(_("line {line}", line=line)):
            if why := tables.why_hidden(cells, found):
                report.left_out(_("line {line}", line=line), why)
                continue
            row = csv_reader.foreign_row(cells, found, **options)
            row.source = source or "csv"
            _refuse_twice(names, row.external_id, line)
            apply_event_row(row, report=report, publish=publish, taken=taken)
    for note in notes:
        report.note(note)
    if not rows:
        report.note(_("This table has no rows."))
    return None


def _is_header(names):
    return own_rows.is_own(names) or tables.is_header(names)


def _import_own_rows(rows, report):
    names = {}
    for line, cells in rows:
        with report.row(_("line {line}", line=line)):
            row = own_rows.own_row(cells)
            _refuse_twice(names, row.external_id, line)
            apply_event_row(row, report=report)


def _say_ignored(header, found, report):
    if ignored := tables.ignored(header, found):
        report.note(_("Left out: {columns}.", columns=", ".join(ignored)))
    if "going" in found.known:
        report.note(_("Sign-ups are counted here from people, not from a file."))


def _refuse_twice(names, name, line):
    if name in names:
        raise Refused(_("line {line} is the same event: give each its own ID", line=names[name]))
    names[name] = line


# Calendars


def import_ics(
    content, *, source="", report, language="nb", time_zone="Europe/Oslo", publish=False, months=12, months_back=24
) -> None:
    """Import what ends within the last `months_back` and starts within the next `months` months."""
    now = timezone.now()
    window = (now - MONTH * months_back, now + MONTH * months)
    calendar = reading.read_calendar(content, zone=time_zone, after=window[0], before=window[1])
    _say_unread(calendar, window, report)
    options = {"language": language, "source": source, "is_ours": calendar.is_ours}
    rows = _read_rows(calendar, report, **options)
    known = again.Known(source or "ics")
    known.take_over([row for _, row in rows if row.source != OUR_SOURCE])
    taken = set()
    for what, row in rows:
        with report.row(what):
            apply_event_row(row, report=report, publish=publish, taken=taken)
    _say_missing(calendar, rows, known, window, report, is_whole_source=bool(source))


def _say_unread(calendar, window, report):
    for what, why in calendar.troubles:
        report.refused(what, why)
    for what, why in calendar.left_out:
        report.left_out(what, why)
    _say_outside(calendar, window, report)
    if calendar.cut:
        report.note(
            ngettext(
                "Of {number} repeating event, only the dates from {day:%Y-%m-%d} are brought in.",
                "Of {number} repeating events, only the dates from {day:%Y-%m-%d} are brought in.",
                calendar.cut,
                day=window[0],
                option=" --months-back takes more.",
            )
        )
    for note in calendar.notes:
        report.note(note)
    if not calendar.found:
        report.note(_("This calendar has no events."))


def _say_outside(calendar, window, report):
    if number := calendar.before:
        said = {"day": window[0], "option": ": --months-back takes more"}
        what = ngettext(
            "{number} event is before {day:%Y-%m-%d}", "{number} events are before {day:%Y-%m-%d}", number, **said
        )
        report.left_out(what, "", number=number)
    if number := calendar.after:
        said = {"day": window[1], "option": ": --months takes more"}
        what = ngettext(
            "{number} event is after {day:%Y-%m-%d}", "{number} events are after {day:%Y-%m-%d}", number, **said
        )
        report.left_out(what, "", number=number)


def _read_rows(calendar, report, **options):
    rows = []
    for entry in calendar.entries:
        what = f"{entry.start:%Y-%m-%d} {entry.title or entry.uid}"
        with report.row(what):
            rows.append((what, ics_rows.row_of(entry, **options)))
    return rows


def _say_missing(calendar, rows, known, window, report, *, is_whole_source):
    """One line for each event that was taken in before and that this file no longer has."""
    names = {row.external_id for _, row in rows}
    uids = known.uids - calendar.unread if is_whole_source else {again.uid_of(name) for name in names}
    taken_back = {entry.uid for entry in calendar.entries if entry.cancels_all}
    for event in known.missing(names, uids=uids | calendar.private, within=window):
        what = f"{event.local_start:%Y-%m-%d %H:%M} {event.wording.title if event.wording else event.slug}"
        if again.uid_of(known.name_of(event)) in taken_back:
            with report.row(what):
                take_back(event, what, known.mark_of(event), report=report)
        elif again.uid_of(known.name_of(event)) in calendar.private:
            report.kept(what, _("it is private there now, and still here: hide it here by hand"))
        else:
            report.kept(what, _("the source no longer has it: cancel or delete it here if it isn’t happening"))
