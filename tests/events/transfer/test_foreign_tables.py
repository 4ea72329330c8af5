"""Tables as more programs and people write them."""

from datetime import UTC, datetime

import pytest
import time_machine

from chapter.transfer import foreign_tables
from events.models import Event

from .test_tables import spans, take

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
SPAN = "2026-10-15 11:30–15 13:00"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        *(("Privat?", "ja"), ("Is private", "yes"), ("isPrivate", "true"), ("Draft", "x"), ("Utkast", "ja")),
        *(("Published", "no"), ("publisert", "nei"), ("Offentlig", ""), ("Private event", "True")),
        *(("Status", "hidden"), ("state", "Private"), ("Internal only", "yes")),
    ],
)
def test_what_is_not_public_by_any_column_is_left_out(column, cell):
    report = take(f"title,start,{column}\nA,2026-10-15 11:30,{cell}\n")
    assert [(row.verdict, row.reason) for row in report.rows] == [("left out", "it isn’t public there")]


@pytest.mark.parametrize(
    ("column", "cell"), [("Published", "yes"), ("Draft", "no"), ("Privat?", ""), ("public", "1")]
)
def test_what_is_public_by_its_column_is_not(column, cell):
    assert take(f"title,start,{column}\nA,2026-10-15 11:30,{cell}\n").counts["made"] == 1


@pytest.mark.parametrize(
    "header",
    [
        "Event Name,Event Start Date,Event Start Time,Event End Date,Event End Time",
        "title,startDate,startTime,endDate,endTime",
        "Title (en),start_date,Start time (local),End-Date,End_Time",
        "Arrangement,Dato,Fra,Sluttdato,Til",
        "Evenemang,Datum,Från,Slutdatum,Till",
    ],
)
def test_columns_have_many_names(header):
    take(f"{header}\nA,2026-10-15,11:30,2026-10-15,13:00\n")
    assert spans() == [SPAN]


def test_eventbrites_words_for_a_state_are_known():
    rows = "".join(
        f"{said},2026-10-1{n} 11:30,{said}\n" for n, said in enumerate(("Live", "Ended", "Draft", "Canceled"))
    )
    take("Event name,Event start,Event status\n" + rows)
    states = {event.wording.title: event.state for event in Event.objects.all()}
    assert states == {"Live": "published", "Ended": "published", "Draft": "draft", "Canceled": "cancelled"}


@pytest.mark.parametrize("above", ["Table 1\n\n", "Tabell 1;;\n", "Arrangementer 2026;;\n;;\n", "# Our events\n"])
def test_a_title_above_the_names_is_passed_over_with_a_line(above):
    report = take(f"{above}Title;Start;End\nA;15.10.2026 11:30;15.10.2026 13:00\n")
    assert (spans(), len(report.notes)) == ([SPAN], 1)
    assert report.notes[0].startswith("Left out above the names of the columns: ")


def test_lines_are_counted_with_what_stands_above():
    report = take("Table 1\nTitle;Start\nA;soon\n")
    assert [row.what for row in report.rows] == ["line 3"]
    assert [row.what for row in take("sep=;\nTitle;Start\nA;soon\n").rows] == ["line 3"]


@pytest.mark.parametrize("text", ["Title|Start\nA|2026-10-15 11:30\n", "Title\tStart\rA\t2026-10-15 11:30\r"])
def test_bars_and_tabs_separate_too(text):
    take(text)
    assert Event.objects.get().wording.title == "A"


@pytest.mark.parametrize(
    ("day", "time"),
    [
        ("15.10.2026", "11:30-13:00"),
        ("15.10.2026", "kl. 11.30–13"),
        ("15.10.2026", "11.30 til 13.00"),
        ("10/15/2026", "11:30 AM - 1 pm"),
        ("15-Oct-26", "11:30 to 13:00"),
        ("15-Oct-2026", "11:30-13:00"),
    ],
)
def test_a_column_may_hold_a_span(day, time):
    take(f"Title;Date;Time\nA;{day};{time}\n")
    assert spans() == [SPAN]


def test_half_of_a_day_is_of_both_ends():
    take("Title;Start\nA;15.10.2026 5-7\u202fPM\n")
    assert spans() == ["2026-10-15 17:00–15 19:00"]


@pytest.mark.parametrize("start", ["10-15", "2026-10-15 18-", "15.10.2026 11:30 - 16.10.2026 12:00"])
def test_a_span_that_is_none_is_refused(start):
    assert take(f"title;start\nA;{start}\n").counts["refused"] == 1


def test_a_name_that_stands_there_twice_is_the_first_and_said():
    report = take("Title,Date,Time,Time\nA,2026-10-15,11:30,13:00\n")
    assert (spans(), report.notes) == (["2026-10-15 11:30–15 12:30"], ["Left out: time (4)."])


def test_a_quote_that_nobody_closed_swallows_no_rows_silently():
    with pytest.raises(foreign_tables.Unreadable, match="quotation mark that isn’t closed: see line 3"):
        take('Title,Start\nA,2026-10-15 11:30\n"B,2026-10-16 11:30\nC,2026-10-17 11:30\n')


def test_a_quote_inside_a_cell_is_a_letter():
    assert take('Title,Start,Text\n5" pizza,2026-10-15 11:30,"a\nb"\n').counts["made"] == 1


@pytest.mark.parametrize("content", [b"PK\x03\x04" + bytes(99), b"\xd0\xcf\x11\xe0" + bytes(99)])
def test_a_workbook_is_refused_with_what_to_do(content):
    with pytest.raises(foreign_tables.Unreadable, match="Save the sheet as CSV"):
        take(content)


@pytest.mark.parametrize(("said", "seats"), [("20", 20), ("20,0", 20), ("20 plasser", 20), ("unlimited", None)])
def test_seats_are_read_as_people_write_them(said, seats):
    take(f"title;start;seats\nA;2026-10-15 11:30;{said}\n")
    assert Event.objects.get().capacity == seats


@pytest.mark.parametrize("said", ["20-30", "many"])
def test_seats_that_are_no_number_are_refused(said):
    assert take(f"title;start;seats\nA;2026-10-15 11:30;{said}\n").counts["refused"] == 1


def test_a_day_of_the_week_beside_the_day_is_none():
    take("Dag;Dato;Tid;Tittel\nTorsdag;15.10.2026;11.30–13.00;A\n")
    assert spans() == [SPAN]


@pytest.mark.parametrize("day", ["torsdagen den 15 oktober 2026", "den 15 oktober 2026", "torsdag 15. oktober 2026"])
def test_long_days_are_read(day):
    take(f"Titel;Datum;Tid\nA;{day};11:30-13\n")
    assert spans() == [SPAN]


@pytest.mark.parametrize(
    ("said", "hour", "zone"),
    [
        ("W. Europe Standard Time", 9, "Europe/Oslo"),
        ("CET", 9, "Europe/Oslo"),
        ("Europe/Berlin", 9, "Europe/Berlin"),
        ("UTC", 11, "Europe/Oslo"),
        ("GMT", 11, "Europe/Oslo"),
        ("Eastern Standard Time", 15, "America/New_York"),
    ],
)
def test_a_zone_means_what_it_means_in_a_calendar(said, hour, zone):
    take(f"Title;Start;Time zone\nA;2026-10-15 11:30;{said}\n")
    event = Event.objects.get()
    assert (event.starts_at.astimezone(UTC).hour, event.time_zone) == (hour, zone)


def test_a_line_of_very_many_names_keeps_nobody_busy():
    with pytest.raises(foreign_tables.Unreadable, match="no title and start"):
        take("a," * 400_000)
