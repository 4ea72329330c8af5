"""Files that are damaged, or written before there was RFC 5545: what is whole is read, and what is not is said."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events import reading
from events.reading import rules

from .files import MONTHLY, WINDOW, calendar, event, read

WHOLE = calendar(event(), event(uid="b"))
NO_END = "its end is missing: the file breaks off or is damaged here"
CUT = "This file breaks off before its end. What should come after is missing."
BARE = "This file has events without a calendar around them (VCALENDAR)."


def taken(content):
    found = reading.read_calendar(content, **WINDOW)
    return [entry.uid for entry in found.entries], [why for _, why in found.troubles], found.notes


@pytest.mark.parametrize(
    ("content", "uids", "troubles", "notes"),
    [
        (WHOLE[:-60], ["a"], [NO_END], [CUT]),
        (WHOLE.replace(b"END:VCALENDAR\r\n", b""), ["a", "b"], [], [CUT]),
        (WHOLE.replace(b"END:VEVENT\r\n", b"", 1), ["b"], [NO_END], []),
        (WHOLE[:-60] + b"\r\n" + calendar(event(uid="c")), ["a", "c"], [NO_END], [CUT]),
        (WHOLE.replace(b"END:VEVENT", b"BEGIN:VALARM\r\nEND:VEVENT"), ["a", "b"], [], []),
        (WHOLE.replace(b"BEGIN:VEVENT", b"BEGIN:X-GROUP\r\nBEGIN:VEVENT", 1), ["a", "b"], [], []),
        (WHOLE + WHOLE.replace(b"BEGIN:VCALENDAR", b"").replace(b"UID:", b"UID:x"), ["a", "b", "xa", "xb"], [], []),
    ],
    ids=range(7),
)
def test_what_is_whole_is_read_and_what_is_not_is_said(content, uids, troubles, notes):
    assert taken(content) == (uids, troubles, notes)


def test_a_cut_file_without_a_whole_event_is_refused():
    with pytest.raises(reading.Unreadable, match="cut off"):
        taken(calendar(event())[:-40])


CLOCK = "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETTO:-0500\n"


@pytest.mark.parametrize(
    "rest", ["END:VTIMEZONE", "END:STANDARD\nBEGIN:DAYLIGHT\nDTSTART:19700301T000000\nEND:DAYLIGHT\nEND:VTIMEZONE"]
)
def test_half_of_a_clock_is_none(rest):
    half = CLOCK + rest
    found = read(event(start="DTSTART;TZID=Ours:20260701T113000"), head=half)
    assert (found.entries[0].start.hour, len(found.guesses)) == (9, 1)


def test_bare_events_are_read_with_a_line():
    bare = WHOLE[WHOLE.index(b"BEGIN:VEVENT") :].replace(b"END:VCALENDAR", b"")
    assert reading.is_calendar(bare)
    assert taken(bare) == (["a", "b"], [], [BARE])


def test_a_file_that_is_set_in_is_read():
    assert taken(b"  " + WHOLE.replace(b"\r\n", b"\r\n    ")) == (["a", "b"], [], [])


@pytest.mark.parametrize("piece", [b"\r", b"X;QUOTED-PRINTABLE ", b"X;QUOTED-PRINTABLE:=\n", b"= "])
def test_what_is_repeated_keeps_nobody_busy(piece):
    assert taken(WHOLE + (piece * 500_000)[:500_000])[0] == ["a", "b"]


def test_a_day_that_says_a_time_is_at_that_time():
    hour, day = read(
        event(start="DTSTART;VALUE=DATE:20260701T180000"), event(start="DTSTART;VALUE=DATE:20260702T000000", uid="b")
    ).entries
    assert (hour.start.hour, hour.is_whole_days, day.is_whole_days) == (16, False, True)


def test_a_draft_is_left_out():
    found = read(event("STATUS:DRAFT"))
    assert (found.entries, found.left_out) == ([], [("2026-07-01 A", "it is a draft there")])


def test_what_is_too_long_is_cut_and_said():
    found = read(event("DESCRIPTION:" + "x" * 70_000).replace("SUMMARY:A", "SUMMARY:" + "A" * 300))
    assert (len(found.entries[0].title), len(found.entries[0].description)) == (200, 20_000)
    assert [note.partition(": ")[2] for note in found.notes] == [
        "its title is cut after 200 characters",
        "its description is cut after 20000 characters",
    ]


@pytest.mark.parametrize("codec", ["cp1252", "mac_roman", "cp850", "utf-16", "utf-32"])
def test_the_letters_of_all_lines_tell_what_they_are(codec):
    content = calendar(event("LOCATION:Låven").replace("SUMMARY:A", "SUMMARY:Blåbærgrøt på")).decode().encode(codec)
    (entry,) = reading.read_calendar(content, **WINDOW).entries
    assert (entry.title, entry.location) == ("Blåbærgrøt på", "Låven")


# vCalendar 1.0


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("SUMMARY;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=B8te p=C3=A5=\n kaf=C3=A9", "Møte på kafé"),
        ("SUMMARY;ENCODING=QUOTED-PRINTABLE:M=C3=B8te, med=\n =C3=A5pen d=C3=B8r", "Møte, med åpen dør"),
        ("SUMMARY;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=F8te", "Møte"),
        ("SUMMARY;QUOTED-PRINTABLE:M=F8te", "Møte"),
        ("SUMMARY;ENCODING=BASE64:TcO4dGU=", "Møte"),
        ("SUMMARY;ENCODING=BASE64:Møte", "Møte"),
        ("SUMMARY;CHARSET=punycode;ENCODING=QUOTED-PRINTABLE:M=C3=B8te", "Møte"),
    ],
)
def test_texts_are_decoded(line, title):
    (entry,) = read(event().replace("SUMMARY:A", line)).entries
    assert entry.title == title


def test_an_encoded_text_has_its_lines():
    (entry,) = read(event("DESCRIPTION;ENCODING=QUOTED-PRINTABLE:En=0D=0Ato; tr=\ne=3D3", "LOCATION:Kafé")).entries
    assert (entry.description, entry.location) == ("En\nto; tre=3", "Kafé")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("D1 #10", "FREQ=DAILY;INTERVAL=1;COUNT=10"),
        ("W2 MO WE #0", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE"),
        ("W1 20261231T000000", "FREQ=WEEKLY;INTERVAL=1;UNTIL=20261231T000000"),
        ("MP1 1+ 1- FR #4", "FREQ=MONTHLY;INTERVAL=1;BYDAY=1FR,-1FR;COUNT=4"),
        ("MP2 1+ SU 2- MO #4", "FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU,-2MO;COUNT=4"),
        ("MD1 15 LD #4", "FREQ=MONTHLY;INTERVAL=1;BYMONTHDAY=15,-1;COUNT=4"),
        ("YM1 6 #4", "FREQ=YEARLY;INTERVAL=1;BYMONTH=6;COUNT=4"),
        ("YD1 100 #4", "FREQ=YEARLY;INTERVAL=1;BYYEARDAY=100;COUNT=4"),
    ],
)
def test_rules_of_1996_are_read(old, new):
    assert rules.read_rule(old) == rules.read_rule(new)


@pytest.mark.parametrize("text", ["M5 #4", "W1 1130 #4", "D1"])
def test_rules_of_1996_that_do_not_say_enough_give_one_date_and_a_line(text):
    found = read(event(f"RRULE:{text}"))
    assert (len(found.entries), len(found.notes)) == (1, 1)


def test_exceptions_stand_between_semicolons():
    found = read(event("RRULE:D1 #4", "EXDATE:20260702T093000Z;20260703T093000Z"))
    assert [entry.start.day for entry in found.entries] == [1, 4]


@pytest.mark.parametrize(
    ("head", "hour"),
    [
        ("TZ:-05\nDAYLIGHT:TRUE;-04;20260308T020000;20261101T020000;EST;EDT", 15),
        ("TZ:-05:00\nDAYLIGHT:FALSE", 16),
        ("TZ:+01\nDAYLIGHT:TRUE;+02;20260329T020000;20261025T030000;CET;CEST", 9),
        ("TZ:+01", 9),
        ("TZ:Oslo", 9),
    ],
)
def test_times_are_on_the_clock_that_the_calendar_names(head, hour):
    (entry,) = read(event(start="DTSTART:20260701T113000"), head=head).entries
    assert (entry.start.hour, entry.zone) == (hour, "Europe/Oslo")


def test_a_series_of_a_cut_file_is_whole():
    assert len(reading.read_calendar(calendar(MONTHLY, event())[:-50], **WINDOW).entries) == 12


# Whatever is done to a file, its counts add up

SINGLE = (
    calendar(
        event("DESCRIPTION:Kaffe\\, te", " og blåbær", uid="a"),
        event("CLASS:PRIVATE", uid="b"),
        event("STATUS:CANCELLED", uid="c", start="DTSTART;VALUE=DATE:20260702"),
        event("SEQUENCE:2", uid="d", start="DTSTART:20110519T180000Z"),
        event("BEGIN:VALARM", "TRIGGER:-PT5M", "END:VALARM", uid="e", start="DTSTART;TZID=Ours:20260703T113000"),
        head=CLOCK + "END:STANDARD\nEND:VTIMEZONE",
    )
    .decode()
    .splitlines()
)
LINES = st.integers(0, len(SINGLE) - 1)
CHANGES = st.lists(
    st.tuples(st.just("drop"), LINES, LINES)
    | st.tuples(st.just("copy"), LINES, LINES)
    | st.tuples(st.just("swap"), LINES, LINES),
    max_size=6,
)


def changed(lines, changes):
    lines = list(lines)
    for what, one, other in changes:
        one, other = one % len(lines), other % len(lines)
        if what == "drop" and len(lines) > 1:
            del lines[one]
        elif what == "copy":
            lines.insert(other, lines[one])
        elif what == "swap":
            lines[one], lines[other] = lines[other], lines[one]
    return "\r\n".join([*lines, ""])


@settings(max_examples=300, deadline=None)
@given(CHANGES, st.integers(0, 60), st.sampled_from(["utf-8", "cp1252", "mac_roman", "utf-16", "cp850"]))
def test_every_event_of_a_changed_file_is_read_or_counted(changes, cut, codec):
    content = changed(SINGLE, changes).encode(codec)
    content = content[: len(content) - cut]
    try:
        found = reading.read_calendar(content, **WINDOW)
    except reading.Unreadable as refusal:
        assert refusal.code
        return
    text = content.decode(codec, "ignore")
    assert found.found == len(re.findall(r"^\s*BEGIN:VEVENT\s*$", text, re.MULTILINE))
    counted = len(found.entries) + found.before + found.after + len(found.troubles) + len(found.left_out)
    assert counted == found.found
