"""Files that are made to do harm, and bytes of any kind: rows, remarks or a refusal, within bounds."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events import reading
from events.reading import apart, dates, rules

from .files import MONTHLY, NOW, WINDOW, calendar, read


def repeating(rule, *, start="20260101T110000", uid="x"):
    return f"UID:{uid}\nSUMMARY:X\nDTSTART:{start}\nRRULE:{rule}"


ONCE = "UID:x\nSUMMARY:X\nDTSTART:20260101T110000"
REFUSED = [
    (calendar(repeating("FREQ=SECONDLY")), "exploding"),
    (calendar(repeating("FREQ=MINUTELY;COUNT=2")), "exploding"),
    (calendar(repeating("freq=hourly;INTERVAL=24")), "exploding"),
    (calendar(repeating("FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3;BYSECOND=1,2,3")), "exploding"),
    (
        calendar(*(repeating("FREQ=DAILY;COUNT=999999", start="00010101T110000", uid=n) for n in range(9))),
        "exploding",
    ),
    (calendar(*(repeating("FREQ=DAILY;BYMONTH=2", start="19000101T110000", uid=n) for n in range(99))), "exploding"),
    (calendar(ONCE + "\nEXRULE:FREQ=SECONDLY\nRRULE:FREQ=DAILY"), "exploding"),
    (calendar(repeating("FREQ=DAILY")), "too_many"),
    (calendar(*(f"UID:{n}\nSUMMARY:X\nDTSTART:20260101T110000" for n in range(501))), "too_many"),
    (calendar(*("UID:a" for _ in range(5001))), "too_many"),
    (calendar(ONCE + "\nRDATE:20260101T110000" * 2001), "too_many"),
    (calendar(ONCE + "\nRDATE:" + ",".join(["20260101"] * 2001)), "too_many"),
    (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:X\r\n" * 30 + b"END:VCALENDAR", "too_many"),
    (calendar("UID:x\nDESCRIPTION:" + "x" * 1_000_001), "too_big"),
    (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "garbled"),
    (b"<html>Sign in</html>", "no_calendar"),
]


@pytest.mark.parametrize(("content", "code"), REFUSED, ids=range(len(REFUSED)))
def test_a_file_that_is_made_to_do_harm_is_refused(content, code):
    with pytest.raises(reading.Unreadable) as caught:
        reading.read_calendar(content, **WINDOW)
    assert caught.value.code == code


def test_a_rule_that_never_comes_true_ends_with_the_time_of_its_process():
    # No month is both; the cheap look does not see it. A few seconds each, were it not for the limit.
    never = "FREQ=DAILY;BYMONTH=1;BYYEARDAY=200"
    with pytest.raises(reading.Unreadable) as caught:
        read(*(repeating(never, uid=n) for n in range(20)), MONTHLY)
    assert caught.value.code == "exploding"


def test_a_process_that_asks_for_too_much_memory_ends(monkeypatch):
    lines = ["DTSTART:20260101T000000", "DTEND:20260101T000001", "RRULE:FREQ=SECONDLY"]
    window = {"after": NOW.replace(tzinfo=None), "before": NOW.replace(tzinfo=None, year=2056)}
    with pytest.raises(apart.Overrun):
        apart.dates_of([{"parts": [{"number": 0, "lines": lines}], "less_rules": []}], **window)


def test_the_limits_of_the_process_are_set():
    assert (dates.CPU_SECONDS, dates.MEMORY) == (10, 768 * 1024 * 1024)


@pytest.mark.parametrize("text", ["FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))), "FREQ=WEEKLY;INTERVAL=1000"])
def test_what_a_calendar_may_ask_is_not_refused(text):
    assert rules.read_rule(text)["FREQ"]


LINES = st.lists(
    st.sampled_from(
        [
            *("BEGIN:VCALENDAR", "BEGIN:VEVENT", "END:VEVENT", "END:VCALENDAR", "UID:a", "SUMMARY:A"),
            *("DTSTART:20260701T113000", "RRULE:FREQ=DAILY;COUNT=3", "RRULE:FREQ", "DTEND:99999999", "EXDATE:"),
            *("DTSTART;TZID=:1", "RECURRENCE-ID:00010101", "DURATION:P99999999999D", "DTSTART:99991231T235959Z"),
            *("X:\x00\ufffe", " fold", 'STATUS;X="', "SEQUENCE:٣", ";", ":", "DTSTART:00010101T000000", "CLASS:X"),
            *("BEGIN:VTIMEZONE", "TZID:Z", "BEGIN:STANDARD", "TZOFFSETTO:+9999", "RRULE:FREQ=YEARLY;BYDAY=9SU"),
            *(
                "END:STANDARD",
                "END:VTIMEZONE",
                "DTSTART;TZID=Z:20260701T113000",
                "X-WR-TIMEZONE:Z",
                "TZOFFSETTO:+0100",
            ),
            *(
                "RDATE;VALUE=PERIOD:20260701T113000/P",
                "EXRULE:FREQ=DAILY",
                "RRULE:FREQ=YEARLY;UNTIL=1",
                "METHOD:CANCEL",
            ),
            *("RECURRENCE-ID;RANGE=THISANDFUTURE:20260702T113000", 'LOCATION:(,")', "DTSTART;VALUE=DATE:20260701"),
        ]
    )
    | st.text(max_size=30),
    max_size=25,
)


@settings(max_examples=150, deadline=None)
@given(LINES)
def test_lines_of_any_kind_are_read_or_refused(lines):
    _read_or_refused("\r\n".join(["BEGIN:VCALENDAR", *lines, "END:VCALENDAR"]).encode("utf-8", "surrogatepass"))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400), st.binary(max_size=400), st.integers(0, 400))
def test_bytes_of_any_kind_are_read_or_refused(first, second, cut):
    whole = calendar(MONTHLY)
    _read_or_refused(first)
    _read_or_refused(whole[:cut] + first + whole[cut:] + second)
    _read_or_refused(b"BEGIN:VCALENDAR\n" + first + b"\nEND:VCALENDAR")


def _read_or_refused(content):
    try:
        found = reading.read_calendar(content, **WINDOW)
    except reading.Unreadable as refusal:
        assert refusal.code
    else:
        assert len(found.entries) <= 500
        assert all(entry.start < entry.end and entry.zone for entry in found.entries)
