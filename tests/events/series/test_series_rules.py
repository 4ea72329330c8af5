"""The dates of a rule, the hours on both sides of a clock change, and the rule in words."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from events.models import Series
from events.series import rules as series_rules
from events.series import words as series_words

Rule = Series.Rule
START = date(2027, 1, 1)
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def rule(**fields):
    """Third Thursdays at 11:30 from New Year 2027; nothing of it is stored."""
    own = {"rule": Rule.WEEKDAY, "starts_on": START, "starts_at": time(11, 30), "skips_july": False}
    return Series(**{**own, **fields})


def first(series, *, number=3, after=START - timedelta(days=1)):
    return [str(day) for day in islice(series_rules.dates(series, after=after), number)]


CASES = {
    "third-thursday": ({}, ["2027-01-21", "2027-02-18", "2027-03-18"]),
    "first-friday-that-is-the-first": ({"nth": 1, "weekday": 4}, ["2027-01-01", "2027-02-05", "2027-03-05"]),
    "last-friday": ({"nth": -1, "weekday": 4}, ["2027-01-29", "2027-02-26", "2027-03-26"]),
    "fourth-is-not-last": ({"nth": 4, "weekday": 4}, ["2027-01-22", "2027-02-26", "2027-03-26"]),
    "every-monday": ({"rule": Rule.WEEKS, "weekday": 0}, ["2027-01-04", "2027-01-11", "2027-01-18"]),
    "every-third-friday": (
        {"rule": Rule.WEEKS, "weekday": 4, "every_weeks": 3},
        ["2027-01-01", "2027-01-22", "2027-02-12"],
    ),
    "fifteenth": ({"rule": Rule.DAY, "day_of_month": 15}, ["2027-01-15", "2027-02-15", "2027-03-15"]),
    "thirty-first-is-the-last": ({"rule": Rule.DAY, "day_of_month": 31}, ["2027-01-31", "2027-02-28", "2027-03-31"]),
    "begins-within-a-month": ({"starts_on": date(2027, 1, 22)}, ["2027-02-18", "2027-03-18", "2027-04-15"]),
    "ends-on-that-day": ({"ends_on": date(2027, 2, 18)}, ["2027-01-21", "2027-02-18"]),
    "not-in-july": ({"starts_on": date(2027, 6, 1), "skips_july": True}, ["2027-06-17", "2027-08-19", "2027-09-16"]),
    "leap-day": ({"rule": Rule.DAY, "day_of_month": 30, "starts_on": date(2028, 2, 1)}, ["2028-02-29", "2028-03-30", "2028-04-30"]),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "expected"), CASES.values(), ids=CASES)
def test_rule_gives_these_dates(fields, expected):
    assert first(rule(**fields)) == expected


def test_dates_come_after_the_day_that_is_given():
    assert first(rule(), after=date(2027, 2, 18), number=1) == ["2027-03-18"]
    assert first(rule(), after=date(2027, 2, 17), number=1) == ["2027-02-18"]


def test_weeks_of_july_are_counted_though_nobody_meets():
    every_third = rule(rule=Rule.WEEKS, weekday=0, every_weeks=3, skips_july=True)
    assert first(every_third, after=date(2027, 6, 1), number=3) == ["2027-06-21", "2027-08-02", "2027-08-23"]


@given(starts_on=DAYS, after=DAYS, weeks=st.integers(1, 52), weekday=st.integers(0, 6), july=st.booleans())
def test_weeks_obey_their_rule(starts_on, after, weeks, weekday, july):
    series = rule(rule=Rule.WEEKS, every_weeks=weeks, weekday=weekday, starts_on=starts_on, skips_july=july)
    found = list(islice(series_rules.dates(series, after=after), 12))
    assert all(day > after and day >= starts_on and day.weekday() == weekday for day in found)
    assert all(later > day and (later - day).days % (7 * weeks) == 0 for day, later in pairwise(found))
    assert not (july and any(day.month == 7 for day in found))


@given(
    starts_on=DAYS, after=DAYS, nth=st.sampled_from([1, 2, 3, 4, -1]), weekday=st.integers(0, 6), july=st.booleans()
)
def test_weekdays_of_the_month_obey_their_rule(starts_on, after, nth, weekday, july):
    series = rule(nth=nth, weekday=weekday, starts_on=starts_on, skips_july=july)
    found = list(islice(series_rules.dates(series, after=after), 12))
    assert all(day > after and day >= starts_on and day.weekday() == weekday for day in found)
    months = [day.year * 12 + day.month for day in found]
    assert all(1 <= later - month <= 1 + july for month, later in pairwise(months))
    if nth > 0:
        assert {(day.day - 1) // 7 + 1 for day in found} <= {nth}
    else:
        assert all((day + timedelta(days=7)).month != day.month for day in found)


@given(starts_on=DAYS, after=DAYS, number=st.integers(1, 31))
def test_days_of_the_month_obey_their_rule(starts_on, after, number):
    found = list(
        islice(series_rules.dates(rule(rule=Rule.DAY, day_of_month=number, starts_on=starts_on), after=after), 12)
    )
    assert all(later > day for day, later in pairwise(found))
    assert all(day.day == number or (day + timedelta(days=1)).day == 1 for day in found)


# Hours


@pytest.mark.parametrize("zone", ["Europe/Oslo", "Europe/Stockholm"])
@pytest.mark.parametrize(
    ("days", "hours"),
    [(("2027-03-18", "2027-04-15"), (10, 9)), (("2027-10-21", "2027-11-18"), (9, 10))],
    ids=["spring", "autumn"],
)
def test_half_past_eleven_stays_half_past_eleven(zone, days, hours):
    series = rule(time_zone=zone)
    starts = [series_rules.moments(series, date.fromisoformat(day))[0] for day in days]
    assert [start.hour for start in starts] == list(hours)
    assert [start.astimezone(series.zone).time() for start in starts] == [time(11, 30)] * 2


@pytest.mark.parametrize(
    ("day", "start"),
    [
        ("2027-03-28", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),
        ("2027-10-31", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
    ],
    ids=["skipped-hour-is-an-hour-later", "double-hour-is-its-first"],
)
def test_hour_of_the_clock_change_has_one_reading(day, start):
    series = rule(starts_at=time(2, 30), minutes=60)
    assert series_rules.moments(series, date.fromisoformat(day)) == (start, start + timedelta(hours=1))


# Words


WORDS = {
    "weekday": ({"skips_july": True}, "Third Thursday of every month, 11:30–12:30, not in July"),
    "last": ({"nth": -1, "weekday": 4}, "Last Friday of every month, 11:30–12:30"),
    "weekly": ({"rule": Rule.WEEKS, "weekday": 0}, "Every Monday, 11:30–12:30"),
    "fortnightly": ({"rule": Rule.WEEKS, "every_weeks": 2}, "Every other Thursday, 11:30–12:30"),
    "weeks": ({"rule": Rule.WEEKS, "every_weeks": 5}, "Every 5 weeks, on a Thursday, 11:30–12:30"),
    "day": ({"rule": Rule.DAY, "day_of_month": 22}, "The 22nd of every month, 11:30–12:30"),
    "late-day": ({"rule": Rule.DAY, "day_of_month": 30}, "The 30th of every month, or its last day, 11:30–12:30"),
    "last-day": ({"rule": Rule.DAY, "day_of_month": 31}, "The last day of every month, 11:30–12:30"),
}


@pytest.mark.parametrize(("fields", "expected"), WORDS.values(), ids=WORDS)
def test_rule_is_said_in_words(fields, expected):
    with translation.override("en"):
        assert series_words.how_often(rule(**fields)) == expected
