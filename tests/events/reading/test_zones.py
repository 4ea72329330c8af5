"""Which clock a time is on, however a program calls it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from .files import event, read, starts

RULES = {
    "us": ("-0500", "BYMONTH=11;BYDAY=1SU", "-0400", "BYMONTH=3;BYDAY=2SU"),
    "eu": ("+0100", "BYMONTH=10;BYDAY=-1SU", "+0200", "BYMONTH=3;BYDAY=-1SU"),
}


def vtimezone(name, rules="us", *, extra=""):
    winter, back, summer, forth = RULES[rules]
    return (
        f"BEGIN:VTIMEZONE\nTZID:{name}\n{extra}"
        f"BEGIN:STANDARD\nDTSTART:16010101T030000\nTZOFFSETFROM:{summer}\nTZOFFSETTO:{winter}\nRRULE:FREQ=YEARLY;{back}\nEND:STANDARD\n"
        f"BEGIN:DAYLIGHT\nDTSTART:16010101T020000\nTZOFFSETFROM:{winter}\nTZOFFSETTO:{summer}\nRRULE:FREQ=YEARLY;{forth}\nEND:DAYLIGHT\n"
        "END:VTIMEZONE"
    )


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("DTSTART;TZID=Europe/Oslo:20260701T113000", "2026-07-01 11:30"),
        ("DTSTART;TZID=W. Europe Standard Time:20260701T113000", "2026-07-01 11:30"),
        ("DTSTART;TZID=W. Europe:20260701T113000", "2026-07-01 11:30"),
        ("DTSTART;TZID=/example.org/20080101_1/Europe/Helsinki:20260701T113000", "2026-07-01 10:30"),
        ("DTSTART;TZID=/example.org/Tzfile/America/Argentina/Cordoba:20260701T113000", "2026-07-01 16:30"),
        ("DTSTART;TZID=europe/helsinki:20260701T113000", "2026-07-01 10:30"),
        ("DTSTART:20260701T113000", "2026-07-01 11:30"),
        ("DTSTART:20260701T093000Z", "2026-07-01 11:30"),
        ("DTSTART;TZID=Europe/London:20260701T093000Z", "2026-07-01 11:30"),
        ("DTSTART;VALUE=DATE:20260701", "2026-07-01 00:00"),
        ("DTSTART:20261025T003000Z", "2026-10-25 02:30"),
        ("DTSTART:20261025T013000Z", "2026-10-25 02:30"),
        ("DTSTART;TZID=GMT:20260701T093000", "2026-07-01 11:30"),
        ("DTSTART;TZID=Etc/UTC:20260701T093000", "2026-07-01 11:30"),
        ("DTSTART;TZID=tzone://Example/Utc:20260701T093000", "2026-07-01 11:30"),
        ("DTSTART;TZID=CET:20260701T113000", "2026-07-01 11:30"),
        ("DTSTART;TZID=EET:20260701T113000", "2026-07-01 10:30"),
        ("DTSTART;TZID=US-Pacific:20260701T003000", "2026-07-01 09:30"),
        ('DTSTART;TZID="GMT+03:00":20260701T113000', "2026-07-01 10:30"),
        ("DTSTART;TZID=UTC-5:20260701T043000", "2026-07-01 11:30"),
        ('DTSTART;TZID="(UTC+01:00) Amsterdam, Berlin, Bern, Rome":20260701T113000', "2026-07-01 11:30"),
        ("DTSTART;TZID=(GMT+02.00) Helsinki:20260701T113000", "2026-07-01 10:30"),
        ("DTSTART;TZID=(UTC+02:00) Helsinki\\, Kyiv\\, Riga:20260701T113000", "2026-07-01 10:30"),
        ('DTSTART;TZID="(UTC-05:00) Eastern Time (US & Canada)":20260701T053000', "2026-07-01 11:30"),
        ("DTSTART;TZID=Pacific Time (US & Canada):20260701T023000", "2026-07-01 11:30"),
        ("DTSTART;TZID=Europe/Helsinki (EET):20260701T113000", "2026-07-01 10:30"),
        ('DTSTART;TZID="(UTC) Dublin, Edinburgh, Lisbon, London":20260701T103000', "2026-07-01 11:30"),
        ("DTSTART:20260701T1130", "2026-07-01 11:30"),
        ("DTSTART:20260701T1130Z", "2026-07-01 13:30"),
        ("DTSTART: 20260701T113000", "2026-07-01 11:30"),
        ("DTSTART:2026-07-01T11:30:00+02:00", "2026-07-01 11:30"),
    ],
)
def test_a_time_is_read_in_its_zone(line, start):
    assert starts(event(start=line)) == [start]


@pytest.mark.parametrize(
    "name", ["Nowhere", "../../etc/passwd", "tzone://Example/Custom", "Oslo, Paris", "Europe/Oslo, Paris"]
)
def test_an_unknown_zone_is_the_chapters_and_is_named(name):
    found = read(event(start=f'DTSTART;TZID="{name}":20260701T113000'))
    assert [entry.start.hour for entry in found.entries] == [9]
    assert found.notes == [f"'{name}' isn’t a time zone we know: read as Europe/Oslo"]


def test_an_offset_with_unknown_towns_says_that_it_has_no_summer_time():
    found = read(event(start='DTSTART;TZID="(UTC+01:00) Lilleby":20260701T113000'))
    assert [entry.start.hour for entry in found.entries] == [10]
    assert found.notes == ["'(UTC+01:00) Lilleby': we know only its offset, so it has no summer time"]


@pytest.mark.parametrize(("day", "hour"), [("20260115", 15), ("20260715", 14), ("20260308", 14), ("20261101", 15)])
def test_a_files_own_zone_is_the_clock_of_its_times(day, hour):
    own = event(start=f"DTSTART;TZID=Our Own Clock:{day}T103000")
    (entry,) = read(own, head=vtimezone("Our Own Clock")).entries
    assert (entry.start.hour, entry.zone) == (hour, "Europe/Oslo")


def test_the_next_file_has_its_own_clock_under_the_same_name():
    own = event(start="DTSTART;TZID=Our Own Clock:20260715T103000")
    hours = [read(own, head=vtimezone("Our Own Clock", rules)).entries[0].start.hour for rules in ("us", "eu", "us")]
    assert hours == [14, 8, 14]
    assert read(own).notes == ["'Our Own Clock' isn’t a time zone we know: read as Europe/Oslo"]


def test_a_files_own_zone_may_say_which_it_is():
    own = event(start="DTSTART;TZID=Ours:20260715T103000")
    (entry,) = read(own, head=vtimezone("Ours", extra="X-LIC-LOCATION:America/New_York\n")).entries
    assert (entry.start.hour, entry.zone) == (14, "America/New_York")


def test_a_files_own_zone_with_commas_in_its_name_is_found():
    own = event(start='DTSTART;TZID="(UTC+01:00) Lilleby, Storby":20260715T103000')
    assert starts(own, head=vtimezone("(UTC+01:00) Lilleby\\, Storby", "eu")) == ["2026-07-15 10:30"]


@settings(max_examples=200, deadline=None)
@given(st.datetimes(datetime(2020, 1, 2), datetime(2035, 1, 1)).filter(lambda moment: moment.hour not in (1, 2, 3)))
def test_a_files_own_zone_is_as_good_as_that_of_the_system(moment):
    own = event(start=f"DTSTART;TZID=Ours:{moment:%Y%m%dT%H%M%S}")
    from events.reading.lines import read_lines
    from events.reading.zones import Zones

    from .files import calendar

    zone = Zones(read_lines(calendar(own, head=vtimezone("Ours"))).calendars[0], otherwise="Europe/Oslo").of("Ours")
    real = moment.replace(tzinfo=ZoneInfo("America/New_York"))
    assert moment.replace(tzinfo=zone.tz).utcoffset() == real.utcoffset()
    assert real.astimezone(zone.tz).replace(tzinfo=None) == moment


@pytest.mark.parametrize(
    "head",
    [
        "X-WR-TIMEZONE:Europe/London",
        "x-wr-timezone:Europe/London",
        "X-WR-TIMEZONE;VALUE=TEXT:Europe/London",
        'X-WR-TIMEZONE:"Europe/London"',
        "X-WR-TIMEZONE:/example.org/Europe/London",
        "X-WR-TIMEZONE:GMT Standard Time",
        "TIMEZONE-ID:Europe/London",
    ],
)
def test_a_calendar_may_name_the_zone_of_its_times(head):
    found = read(event(start="DTSTART:20260701T113000"), event(start="DTSTART:20260702T103000Z", uid="b"), head=head)
    assert [(f"{entry.start:%H:%M}", entry.zone) for entry in found.entries] == [("10:30", "Europe/London")] * 2


def test_a_calendar_whose_zone_is_utc_is_shown_on_the_chapters_clock():
    found = read(event(start="DTSTART:20260701T113000"), head="X-WR-TIMEZONE:UTC")
    assert [(entry.start.hour, entry.zone) for entry in found.entries] == [(11, "Europe/Oslo")]


@pytest.mark.parametrize("zone", ["Atlantic/Reykjavik", "Atlantic/Faroe", "America/Argentina/Cordoba"])
def test_an_event_keeps_the_zone_that_it_names(zone):
    (entry,) = read(event(start=f"DTSTART;TZID={zone}:20260701T113000")).entries
    assert (entry.zone, f"{entry.start.astimezone(ZoneInfo(zone)):%H:%M}") == (zone, "11:30")


@pytest.mark.parametrize(
    "text", ["2026071T113000", "202607T113000", "20260701T11", "20260701T250000", "20261301", "soon"]
)
def test_a_time_that_is_none_is_refused_and_never_guessed(text):
    found = read(event(start=f"DTSTART:{text}"))
    assert (found.entries, [what for what, _ in found.troubles]) == ([], ["A"])


@pytest.mark.parametrize(
    "rule", ["FREQ=SECONDLY", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYDAY=9XX", ""]
)
def test_a_zone_with_rules_that_are_none_keeps_nobody_busy(rule):
    head = vtimezone("Ours", "eu").replace("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", rule)
    assert len(read(event(start="DTSTART;TZID=Ours:20260115T103000"), head=head).entries) == 1


@pytest.mark.parametrize("head", ["X-WR-TIMEZONE:UTC", "X-WR-TIMEZONE:Etc/GMT-5", "X-WR-TIMEZONE:America/New_York"])
def test_a_day_is_one_on_the_clock_that_it_is_shown_on(head):
    (entry,) = read(event(start="DTSTART;VALUE=DATE:20260701"), head=head).entries
    assert f"{entry.start.astimezone(ZoneInfo(entry.zone)):%d %H:%M}" == "01 00:00"


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("W. Europe Standard Time", "Europe/Oslo"),
        ("(UTC+01:00) Amsterdam, Berlin, Bern", "Europe/Oslo"),
        ("FLE Standard Time", "Europe/Kiev"),
        ("Europe/Berlin", "Europe/Berlin"),
    ],
)
def test_a_clock_that_is_the_chapters_is_shown_as_that(name, zone):
    assert [entry.zone for entry in read(event(start=f'DTSTART;TZID="{name}":20260701T113000')).entries] == [zone]
