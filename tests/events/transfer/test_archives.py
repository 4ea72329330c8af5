"""The ZIP file in which Google Calendar hands out calendars."""

import zipfile
from io import BytesIO

import pytest
import time_machine

from chapter.transfer import foreign_tables
from chapter.transfer.importing import Report
from events import reading
from events.transfer import files
from tests.events.reading.files import NOW, calendar, event

pytestmark = pytest.mark.django_db
FIRST = calendar(event(start="DTSTART:20260701T113000"), head="X-WR-TIMEZONE:Europe/London")
SECOND = calendar(event(uid="b", start="DTSTART;TZID=Europe/Oslo:20260702T113000"))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def archive(**members):
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in members.items():
            file.writestr(name.replace("__", "/").replace("_", "."), text)
    return content.getvalue()


def take(content):
    report = Report()
    files.import_file(content, report=report)
    return [row.what for row in report.rows]


def notes(content):
    report = Report()
    files.import_file(content, report=report)
    return [str(note) for note in report.notes]


def test_all_its_calendars_are_read_each_on_its_clock():
    assert take(archive(ours_ics=FIRST, theirs_ics=SECOND, read_txt="Hei")) == [
        "2026-07-01 11:30 A",
        "2026-07-02 11:30 A",
    ]


def test_other_files_are_counted_and_said():
    said = "2 other files in the ZIP file aren’t calendars and aren’t read."
    assert said in notes(archive(ours_ics=FIRST, read_txt="Hei", list_csv="a,b", __MACOSX__ours_ics="x"))
    assert not [note for note in notes(archive(ours_ics=FIRST)) if "ZIP" in note]


@pytest.mark.parametrize("content", [archive(a_txt="Hei"), archive(a_ics=FIRST)[:-30], b"PK\x03\x04" + bytes(50)])
def test_a_file_that_holds_none_or_is_broken_is_refused(content):
    with pytest.raises(foreign_tables.Unreadable, match="unpack the ZIP file"):
        take(content)


def test_no_more_is_unpacked_than_a_calendar_may_have():
    with pytest.raises(reading.Unreadable, match="larger than 1000 kB"):
        take(archive(a_ics=FIRST + b" " * 50_000_000, b_ics=SECOND))
