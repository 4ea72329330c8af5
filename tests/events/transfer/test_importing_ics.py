"""Other people's calendars: repeats, exceptions, zones, and files that are made to do harm."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from chapter.transfer import foreign_tables
from chapter.transfer.importing import Report
from events import calendars, planning
from events.models import Event
from events.sisters import ics_reader, repeats
from events.sisters.ics_reader import read_calendar
from events.transfer import csv_reader, files
from tests.factories import make_event, make_venue

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WINDOW = {"zone": "Europe/Oslo", "after": NOW - timedelta(days=730), "before": NOW + timedelta(days=365)}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


def calendar(*events, head=""):
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}\n{body}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def starts(*events, zone="Europe/Oslo", **options):
    """The local starts of what is read."""
    found = read_calendar(calendar(*events, **options), **WINDOW)
    return [f"{entry.start.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}" for entry in found.entries]


MONTHLY = "UID:m\nSUMMARY:Kaffe\nDTSTART;TZID=Europe/Oslo:20260115T113000\nRRULE:FREQ=MONTHLY;BYDAY=3TH;COUNT=12"


def test_the_third_thursday_stays_at_half_past_eleven_across_both_clock_changes():
    found = starts(MONTHLY)
    assert (len(found), found[0], found[3], found[11]) == (
        12,
        "2026-01-15 11:30",
        "2026-04-16 11:30",
        "2026-12-17 11:30",
    )


def test_dates_are_taken_out_moved_added_and_cancelled():
    out = MONTHLY + "\nEXDATE;TZID=Europe/Oslo:20260219T113000\nRDATE;TZID=Europe/Oslo:20260220T180000"
    moved = "UID:m\nSUMMARY:Moved\nRECURRENCE-ID;TZID=Europe/Oslo:20260319T113000\nDTSTART;TZID=Europe/Oslo:20260320T090000"
    off = "UID:m\nSUMMARY:Off\nSTATUS:CANCELLED\nRECURRENCE-ID:20260416T093000Z\nDTSTART:20260416T093000Z"
    found = read_calendar(calendar(out, moved, off), **WINDOW).entries
    said = [(f"{entry.start:%m-%d %H}", entry.title, entry.is_cancelled) for entry in found[:4]]
    assert said == [
        ("01-15 10", "Kaffe", False),
        ("02-20 17", "Kaffe", False),
        ("03-20 08", "Moved", False),
        ("04-16 09", "Off", True),
    ]
    assert len({entry.recurrence for entry in found}) == len(found) == 12


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("DTSTART;TZID=Europe/Oslo:20260701T113000", "2026-07-01 11:30"),
        ("DTSTART;TZID=W. Europe Standard Time:20260701T113000", "2026-07-01 11:30"),
        ("DTSTART;TZID=/example.org/20080101_1/Europe/Helsinki:20260701T113000", "2026-07-01 10:30"),
        ("DTSTART;TZID=Nowhere:20260701T113000", "2026-07-01 11:30"),
        ('DTSTART;TZID="../../etc/passwd":20260701T113000', "2026-07-01 11:30"),
        ("DTSTART:20260701T113000", "2026-07-01 11:30"),
        ("DTSTART:20260701T093000Z", "2026-07-01 11:30"),
        ("DTSTART;VALUE=DATE:20260701", "2026-07-01 00:00"),
        ("DTSTART:20261025T003000Z", "2026-10-25 02:30"),
        ("DTSTART:20261025T013000Z", "2026-10-25 02:30"),
    ],
)
def test_a_time_is_read_in_its_zone(line, start):
    assert starts(f"UID:a\nSUMMARY:A\n{line}") == [start]


def test_a_calendar_may_name_the_zone_of_its_times():
    event = "UID:a\nSUMMARY:A\nDTSTART:20260701T113000"
    assert starts(event, head="X-WR-TIMEZONE:Europe/London") == ["2026-07-01 12:30"]


@pytest.mark.parametrize(
    ("lines", "hours"),
    [
        ("DTSTART:20260701T113000\nDTEND:20260701T130000", 1.5),
        ("DTSTART:20260701T113000\nDURATION:PT2H", 2),
        ("DTSTART:20260701T113000", 1),
        ("DTSTART:20260701T113000\nDTEND:20260701T100000", 1),
        ("DTSTART;VALUE=DATE:20260701", 24),
        ("DTSTART;VALUE=DATE:20260701\nDTEND;VALUE=DATE:20260703", 48),
        ("DTSTART;TZID=Europe/Oslo:20260701T113000\nDTEND;TZID=Europe/London:20260701T113000", 1),
    ],
)
def test_how_long_an_event_takes(lines, hours):
    (entry,) = read_calendar(calendar(f"UID:a\nSUMMARY:A\n{lines}"), **WINDOW).entries
    assert entry.end - entry.start == timedelta(hours=hours)


def test_texts_lose_their_escapes_and_their_folds():
    (entry,) = read_calendar(
        calendar("UID:a\nSUMMARY:Kaffe\\, te\nDESCRIPTION:En\\nto\\; tr\n e\nDTSTART:20260701T113000"), **WINDOW
    ).entries
    assert (entry.title, entry.description) == ("Kaffe, te", "En\nto; tre")


def test_an_entry_that_is_wrong_leaves_the_others():
    found = read_calendar(calendar("UID:a\nSUMMARY:A\nDTSTART:tomorrow", "UID:b\nSUMMARY:B", MONTHLY), **WINDOW)
    assert (len(found.entries), [what for what, _ in found.troubles]) == (12, ["A", "B"])


@pytest.mark.parametrize(
    ("until", "number"),
    [("20260618T093000Z", 3), ("20260618T092959Z", 2), ("20260618", 3), ("20260617", 2), ("20260618T113000", 3), ("99991231", 77), ("99991231T235959Z", 77)],
)  # fmt: skip
def test_a_rule_ends_with_the_moment_that_it_names_in_utc_or_on_the_wall(until, number):
    rule = f"UID:u\nSUMMARY:Kaffe\nDTSTART;TZID=Europe/Oslo:20260604T113000\nRRULE:FREQ=WEEKLY;UNTIL={until}"
    assert len(starts(rule)) == number


# Repeats, against dateutil as the second opinion

RULES = st.builds(
    lambda *parts: ";".join(filter(None, parts)),
    st.sampled_from([f"FREQ={freq}" for freq in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")]),
    st.sampled_from(["", "INTERVAL=2", "INTERVAL=5", "INTERVAL=13"]),
    st.sampled_from(["", "COUNT=1", "COUNT=30", "COUNT=400", "UNTIL=20260601T090000"]),
    st.sampled_from(["", "BYMONTH=2", "BYMONTH=1,7,12"]),
    st.sampled_from(["", "BYDAY=TH", "BYDAY=MO,WE,SU", "BYMONTHDAY=1,-1", "BYMONTHDAY=30", "BYYEARDAY=1,100,-1"]),
    st.sampled_from(["", "WKST=SU"]),
)


@settings(max_examples=60, deadline=None)
@given(
    RULES, st.datetimes(datetime(2020, 1, 1), datetime(2027, 1, 1)).map(lambda moment: moment.replace(microsecond=0))
)
def test_a_rule_gives_the_dates_that_dateutil_gives(text, start):
    after, before = datetime(2024, 11, 22), datetime(2027, 11, 22)
    until = datetime(2026, 6, 1, 9) if "UNTIL" in text else None
    rule, window = repeats.parse(text, start), {"after": after, "before": before}
    ours = list(repeats.dates(rule, start, until=until, **window, budget=repeats.Budget()))
    # No such day: dateutil would look until the year 9999.
    endless = "BYMONTH=2;" in text + ";" and ("BYMONTHDAY=30" in text or "BYYEARDAY" in text)
    theirs = (
        []
        if endless
        else [day for day in rrulestr(text, dtstart=start).between(after, before, inc=True) if day < before]
    )
    assert ours == theirs


@pytest.mark.parametrize(
    "text",
    [
        *(
            "FREQ=MONTHLY;BYDAY=3TH",
            "FREQ=MONTHLY;BYDAY=-1FR",
            "FREQ=YEARLY;BYDAY=20MO",
            "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        ),
        *("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=YEARLY", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR"),
    ],
)
def test_a_rule_with_places_gives_the_dates_that_dateutil_gives(text):
    start, after, before = datetime(2020, 2, 29, 11, 30), datetime(2024, 11, 22), datetime(2029, 11, 22)
    window = {"until": None, "after": after, "before": before, "budget": repeats.Budget()}
    ours = list(repeats.dates(repeats.parse(text, start), start, **window))
    assert ours == rrulestr(text, dtstart=start).between(after, before, inc=True)


# Hostile files


def repeating(rule, *, start="20260101T110000"):
    return f"UID:x\nSUMMARY:X\nDTSTART:{start}\nRRULE:{rule}"


TIMEZONE = "BEGIN:VTIMEZONE\nTZID:X\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0100\nTZOFFSETTO:+0200\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE"  # fmt: skip
REFUSED = [
    (calendar(repeating("FREQ=SECONDLY")), "exploding"),
    (calendar(repeating("FREQ=MINUTELY;COUNT=2")), "exploding"),
    (calendar(repeating("freq=hourly;INTERVAL=24")), "exploding"),
    (calendar(repeating("FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3;BYSECOND=1,2,3")), "exploding"),
    (calendar(repeating("FREQ=DAILY;COUNT=999999", start="00010101T110000")), "exploding"),
    (calendar(repeating("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=9", start="00010101T110000")), "exploding"),
    (
        calendar(
            *(
                repeating("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", start="19900101T110000").replace(":x", f":{n}")
                for n in range(999)
            )
        ),
        "exploding",
    ),
    (calendar(repeating("FREQ=DAILY")), "too_many"),
    (calendar(*(f"UID:{n}\nSUMMARY:X\nDTSTART:20260101T110000" for n in range(501))), "too_many"),
    (calendar(*("UID:a" for _ in range(5001))), "too_many"),
    (calendar("UID:x\nSUMMARY:X\nDTSTART:20260101T110000" + "\nRDATE:20260101T110000" * 2001), "too_many"),
    (calendar("UID:x\nSUMMARY:X\nDTSTART:20260101T110000\nRDATE:" + ",".join(["20260101"] * 2001)), "too_many"),
    (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 30 + b"END:VCALENDAR", "too_many"),
    (calendar("UID:x\nDESCRIPTION:" + "x" * 1_000_001), "too_big"),
    (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "no_calendar"),
    (b"<html>Sign in</html>", "no_calendar"),
]


@pytest.mark.parametrize(("content", "code"), REFUSED, ids=range(len(REFUSED)))
def test_a_file_that_is_made_to_do_harm_is_refused(content, code):
    with pytest.raises(ics_reader.Unreadable) as caught:
        read_calendar(content, **WINDOW)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=YEARLY;BYWEEKNO=20",
        "",
        "X" * 600,
        "FREQ=MONTHLY;BYMONTHDAY=99",
        "FREQ=YEARLY;BYEASTER=1",
        "FREQ=DAILY;UNTIL=soon",
        "FREQ=DAILY;COUNT=" + "9" * 400,
    ],
    ids=range(10),
)
def test_a_rule_that_cannot_be_followed_is_said_and_the_others_are_read(rule):
    found = read_calendar(calendar(repeating(rule), MONTHLY), **WINDOW)
    assert (len(found.entries), len(found.troubles)) == (12, 1)


def test_a_rule_that_never_comes_true_costs_a_look_at_the_window_alone():
    budget = repeats.Budget()
    rule = repeats.parse("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", datetime(1, 1, 1))
    window = {"until": None, "after": datetime(2024, 1, 1), "before": datetime(2027, 1, 1), "budget": budget}
    assert list(repeats.dates(rule, datetime(1, 1, 1), **window)) == []
    assert repeats.Budget().days - budget.days < 1200


def test_rules_of_time_zones_are_not_even_read():
    event = "UID:a\nSUMMARY:A\nDTSTART;TZID=X:20260701T113000"
    assert starts(event, head=TIMEZONE) == ["2026-07-01 11:30"]


LINES = st.lists(
    st.sampled_from(
        [
            "BEGIN:VCALENDAR",
            "BEGIN:VEVENT",
            "END:VEVENT",
            "END:VCALENDAR",
            "UID:a",
            "SUMMARY:A",
            "DTSTART:20260701T113000",
            "RRULE:FREQ=DAILY;COUNT=3",
            "RRULE:FREQ",
            "DTEND:99999999",
            "EXDATE:",
            "DTSTART;TZID=:1",
            "RECURRENCE-ID:00010101",
            "DURATION:P99999999999D",
            "DTSTART:99991231T235959Z",
            "X:\x00\ufffe",
            " fold",
            'STATUS;X="',
            "SEQUENCE:٣",
            ";",
            ":",
        ]
    )
    | st.text(max_size=30),
    max_size=25,
)


@settings(max_examples=100, deadline=None)
@given(LINES)
def test_garbage_is_refused_or_read_and_never_a_traceback(lines):
    content = "\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]).encode("utf-8", "surrogatepass")
    try:
        read_calendar(content, **WINDOW)
    except ics_reader.Unreadable as refusal:
        assert refusal.code


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(
            st.text(max_size=12) | st.sampled_from(["2026-01-01 11:30", "title", "start", "-1", "nb"]), max_size=6
        ),
        max_size=5,
    )
)
def test_a_table_of_garbage_is_refused_or_read_and_never_a_traceback(rows):
    text = "\n".join(["title;start;end;capacity;time_zone;language;date", *(";".join(row) for row in rows)])
    try:
        header, found = foreign_tables.table(text.encode("utf-8", "surrogatepass"))
        known = csv_reader.columns(header)
        for _, cells in found:
            _read(cells, known)
    except foreign_tables.Unreadable as refusal:
        assert str(refusal)


def _read(cells, known):
    try:
        row = csv_reader.foreign_row(cells, known, language="nb", time_zone="Europe/Oslo")
    except csv_reader.Refused as refusal:
        assert str(refusal)
    else:
        assert row.ends_at > row.starts_at


# Into the database


def take(content, **options):
    report = Report()
    files.import_file(content, report=report, **options)
    return {verdict: number for verdict, number in report.counts.items() if number}


@pytest.mark.django_db
def test_a_calendar_again_makes_nothing_twice():
    assert take(calendar(MONTHLY)) == {"made": 12}
    assert take(calendar(MONTHLY)) == {"same": 12}
    assert list(Event.objects.order_by("starts_at").values_list("state", flat=True)) == ["published"] * 11 + ["draft"]


@pytest.mark.django_db
def test_a_place_and_a_link_are_told_apart():
    take(calendar("UID:a\nSUMMARY:A\nDTSTART:20260701T113000\nLOCATION:Kafé\\, Gata 1\\, By"))
    take(calendar("UID:b\nSUMMARY:B\nDTSTART:20260702T113000\nLOCATION:https://example.org/b"))
    first, second = Event.objects.order_by("starts_at")
    assert (str(first.venue), first.venue.address, second.venue, second.online_url) == (
        "Kafé, By", "Gata 1", None, "https://example.org/b",
    )  # fmt: skip


@pytest.mark.django_db
def test_a_cancelled_date_cancels_the_event_that_came_from_it():
    event = "UID:a\nSUMMARY:A\nDTSTART:20261201T113000"
    take(calendar(event), publish=True)
    assert take(calendar(event + "\nSTATUS:CANCELLED")) == {"changed": 1}
    assert Event.objects.get().state == "cancelled"
    assert take(calendar("UID:b\nSUMMARY:B\nDTSTART:20261201T113000\nSTATUS:CANCELLED")) == {"kept": 1}


@pytest.mark.django_db
def test_our_own_calendar_is_the_same_event_by_its_uid():
    event = make_event(title="Kaffe", body="**Fet**", venue=make_venue())
    planning.cancel(event.pk, reason="Snø")
    content = calendars.feed_ics(language="nb")
    assert take(content) == {"same": 1}
    Event.objects.all().delete()
    assert take(content) == {"kept": 1}


@pytest.mark.django_db
def test_our_own_calendar_makes_the_same_event_elsewhere():
    event = make_event(title="Kaffe", starts_in=timedelta(days=-9), venue=make_venue())
    content = calendars.feed_ics(language="nb")
    uid, start, slug = event.uid, event.starts_at, event.slug
    event.delete()
    assert take(content) == {"made": 1}
    made = Event.objects.get()
    assert (made.uid, made.starts_at.replace(microsecond=0), made.slug, made.wording.title) == (
        uid, start.replace(microsecond=0), slug, "Kaffe",
    )  # fmt: skip
