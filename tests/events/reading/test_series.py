"""The dates of repeating entries, as the library gives them and as RFC 5545 means them."""

import pytest

from .files import MONTHLY, event, read, starts


def series(*rules, start="DTSTART;TZID=Europe/Oslo:20260301T113000", more=()):
    return event(*rules, *more, start=start, uid="s")


def days(*events):
    return [start[5:] for start in starts(*events)]


def whole(*events):
    return [start[5:10] for start in starts(*events)]


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
    found = read(out, moved, off).entries
    said = [(f"{entry.start:%m-%d %H}", entry.title, entry.is_cancelled) for entry in found[:4]]
    assert said == [
        ("01-15 10", "Kaffe", False),
        ("02-20 17", "Kaffe", False),
        ("03-20 08", "Moved", False),
        ("04-16 09", "Off", True),
    ]
    assert len({entry.recurrence for entry in found}) == len(found) == 12


@pytest.mark.parametrize(
    ("until", "number"),
    [("20260618T093000Z", 3), ("20260618T092959Z", 2), ("20260618", 3), ("20260617", 2), ("20260618T113000", 3), ("99991231", 77), ("99991231T235959Z", 77)],
)  # fmt: skip
def test_a_rule_ends_with_the_moment_that_it_names_in_utc_or_on_the_wall(until, number):
    rule = f"UID:u\nSUMMARY:Kaffe\nDTSTART;TZID=Europe/Oslo:20260604T113000\nRRULE:FREQ=WEEKLY;UNTIL={until}"
    assert len(starts(rule)) == number


@pytest.mark.parametrize(
    "until", ["20260303", "20260303T235959Z", "20260303T000000Z", "20260302T230000Z", "20260303T120000"]
)
def test_whole_days_end_with_the_day_that_is_meant(until):
    days = series(f"RRULE:FREQ=DAILY;UNTIL={until}", start="DTSTART;VALUE=DATE:20260301")
    assert whole(days) == ["03-01", "03-02", "03-03"]


def test_several_rules_are_all_followed():
    found = days(series("RRULE:FREQ=WEEKLY;COUNT=2", "RRULE:FREQ=MONTHLY;COUNT=3"))
    assert found == ["03-01 11:30", "03-08 11:30", "04-01 11:30", "05-01 11:30"]


def test_a_rule_of_exceptions_takes_dates_out():
    found = days(series("RRULE:FREQ=WEEKLY;COUNT=4", "EXRULE:FREQ=WEEKLY;INTERVAL=2"))
    assert found == ["03-08 11:30", "03-22 11:30"]


@pytest.mark.parametrize("rule", ["RRULE:", "RRULE: ", "RRULE:;"])
def test_an_empty_rule_is_no_rule(rule):
    assert days(series(rule)) == ["03-01 11:30"]


def test_a_count_of_minus_one_is_for_ever():
    assert len(days(series("RRULE:FREQ=MONTHLY;COUNT=-1"))) == 21


def test_added_dates_may_have_a_length_of_their_own():
    found = read(series("RDATE;VALUE=PERIOD:20260302T103000Z/20260302T133000Z,20260303T103000Z/PT30M")).entries
    lengths = [(f"{entry.start:%d %H:%M}", (entry.end - entry.start).total_seconds() / 60) for entry in found]
    assert lengths == [("01 10:30", 60), ("02 10:30", 180), ("03 10:30", 30)]


@pytest.mark.parametrize(
    "more", ["EXDATE;VALUE=DATE:20260308", "EXDATE:20260308T103000Z", "EXDATE;TZID=Europe/London:20260308T103000"]
)
def test_a_date_is_taken_out_however_it_is_named(more):
    assert days(series("RRULE:FREQ=WEEKLY;COUNT=3", more)) == ["03-01 11:30", "03-15 11:30"]


@pytest.mark.parametrize(
    "name",
    [
        "RECURRENCE-ID;VALUE=DATE:20260308",
        "RECURRENCE-ID:20260308T103000Z",
        "RECURRENCE-ID;TZID=Europe/London:20260308T103000",
    ],
)
def test_a_changed_date_is_found_however_it_is_named(name):
    moved = event(name, start="DTSTART;TZID=Europe/Oslo:20260308T140000", uid="s")
    assert days(series("RRULE:FREQ=WEEKLY;COUNT=3"), moved) == ["03-01 11:30", "03-08 14:00", "03-15 11:30"]


@pytest.mark.parametrize(
    "name",
    [
        "RECURRENCE-ID;VALUE=DATE:20260308",
        "RECURRENCE-ID:20260308T000000Z",
        "RECURRENCE-ID:20260307T230000Z",
        "RECURRENCE-ID;TZID=GMT Standard Time:20260308T000000",
    ],
)
def test_a_changed_whole_day_is_found_however_it_is_named(name):
    moved = event(name, start="DTSTART;VALUE=DATE:20260309", uid="s")
    weekly = series("RRULE:FREQ=WEEKLY;COUNT=3", start="DTSTART;VALUE=DATE:20260301")
    assert whole(weekly, moved) == ["03-01", "03-09", "03-15"]


def test_this_and_all_future_dates_move_together():
    name = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Oslo:20260315T113000"
    moved = event(
        name, "DTEND;TZID=Europe/Oslo:20260315T110000", start="DTSTART;TZID=Europe/Oslo:20260315T090000", uid="s"
    )
    found = read(series("RRULE:FREQ=WEEKLY;COUNT=4"), moved).entries
    assert [f"{entry.start:%d %H}-{entry.end:%H}" for entry in found] == [
        "01 10-11",
        "08 10-11",
        "15 08-10",
        "22 08-10",
    ]
    assert len({entry.recurrence for entry in found}) == 4


def test_a_changed_date_with_a_rule_of_its_own_is_one_date():
    moved = event(
        "RECURRENCE-ID:20260308T103000Z", "RRULE:FREQ=DAILY;COUNT=9", start="DTSTART:20260308T130000Z", uid="s"
    )
    assert days(series("RRULE:FREQ=WEEKLY;COUNT=3"), moved) == ["03-01 11:30", "03-08 14:00", "03-15 11:30"]


def test_a_changed_date_that_was_taken_out_afterwards_is_out():
    moved = event("RECURRENCE-ID:20260308T103000Z", start="DTSTART:20260309T103000Z", uid="s")
    out = series("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20260308T103000Z")
    assert days(out, moved) == ["03-01 11:30", "03-15 11:30"]


def test_changed_dates_alone_are_read():
    assert days(event("RECURRENCE-ID:20260308T103000Z", start="DTSTART:20260309T103000Z")) == ["03-09 11:30"]


def test_a_series_may_be_on_a_clock_that_only_its_file_knows():
    head = (
        "BEGIN:VTIMEZONE\nTZID:Ours\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0300\n"
        "END:STANDARD\nEND:VTIMEZONE"
    )
    weekly = series("RRULE:FREQ=WEEKLY;COUNT=2;UNTIL=20260308T083000Z", start="DTSTART;TZID=Ours:20260301T113000")
    found = read(weekly, head=head).entries
    assert [f"{entry.start:%d %H:%M}" for entry in found] == ["01 08:30", "08 08:30"]


@pytest.mark.parametrize(
    "rule",
    [
        *(
            "FREQ=DAILY;INTERVAL=0",
            "FREQ=WEEKLY;BYDAY=XX",
            "FREQ=DAILY;COUNT=-9",
            "X" * 600,
            "FREQ=MONTHLY;BYMONTHDAY=99",
        ),
        *("FREQ=YEARLY;BYEASTER=1", "FREQ=DAILY;UNTIL=soon", "FREQ=DAILY;COUNT=" + "9" * 400, "FREQ=DAILY;COUNT=0"),
        *("FREQ=MONTHLY;BYDAY=0TH", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=FORTNIGHTLY", "COUNT=3"),
    ],
    ids=range(13),
)
def test_of_a_rule_that_cannot_be_followed_the_first_date_is_read_and_that_is_said(rule):
    found = read(series(f"RRULE:{rule}"), MONTHLY)
    assert (len(found.entries), found.troubles, len(found.notes)) == (13, [], 1)


@pytest.mark.parametrize(
    ("rule", "number"),
    [
        ("FREQ=MONTHLY;BYDAY=3TH", 21),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", 21),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", 2),
        ("FREQ=DAILY;BYHOUR=9,14;COUNT=4", 4),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", 2),
    ],
)
def test_rules_of_all_kinds_are_followed(rule, number):
    # The start itself counts, though no rule names it.
    found = read(series(f"RRULE:{rule}"))
    assert (len(found.entries) - number in (0, 1), found.notes, found.troubles) == (True, [], [])


def test_a_changed_date_that_its_series_takes_out_is_said():
    changed = (
        "UID:a\nSUMMARY:B\nRECURRENCE-ID;TZID=Europe/Oslo:20260708T113000\nDTSTART;TZID=Europe/Oslo:20260709T090000"
    )
    found = read(event("RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Oslo:20260708T113000"), changed)
    assert (len(found.entries), found.left_out) == (2, [("2026-07-09 B", "its series has taken this date out")])


@pytest.mark.parametrize("line", ["EXDATE;TZID=Europe/Oslo:20260701T113000", "RRULE:FREQ=WEEKLY;UNTIL=20200101"])
def test_a_series_without_dates_is_said(line):
    found = read(event("RRULE:FREQ=WEEKLY;COUNT=1" if line.startswith("EX") else "", line))
    assert (found.entries, [what for what, _ in found.left_out], found.before) == ([], ["2026-07-01 A"], 0)
