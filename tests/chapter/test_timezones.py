"""The wall clock of the place, also in the two nights when it changes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from chapter.timezones import TOWNS, choices, from_wall_clock, offered, town

ZONES = [
    "Europe/Oslo",
    "Europe/Stockholm",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Helsinki",
    "Europe/Istanbul",
    "UTC",
]
# The hour that the last Sunday of March skips, and the one that the last of October has twice.
CHANGES = [("Europe/Oslo", 2), ("Europe/London", 1), ("Europe/Dublin", 1), ("Europe/Helsinki", 3)]


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "winter", "summer"),
    [
        ("Europe/Oslo", 1, 2),
        ("Europe/London", 0, 1),
        ("Europe/Dublin", 0, 1),
        ("Europe/Istanbul", 3, 3),
        ("UTC", 0, 0),
    ],
)
def test_clock_is_that_of_the_zone_and_season(zone, winter, summer):
    for month, offset in ((1, winter), (7, summer)):
        moment = from_wall_clock(datetime(2027, month, 15, 12), zone)
        assert moment == utc(2027, month, 15, 12 - offset)


@pytest.mark.parametrize(("zone", "hour"), CHANGES)
@pytest.mark.parametrize("minute", [0, 30, 59])
def test_time_that_the_night_skips_is_refused(zone, hour, minute):
    with pytest.raises(ValidationError) as refused:
        from_wall_clock(datetime(2027, 3, 28, hour, minute), zone)
    assert refused.value.code == "no_such_time"


@pytest.mark.parametrize(("zone", "hour"), CHANGES)
def test_minutes_around_the_skipped_hour_are_neighbours(zone, hour):
    before = from_wall_clock(datetime(2027, 3, 28, hour) - timedelta(minutes=1), zone)
    after = from_wall_clock(datetime(2027, 3, 28, hour + 1), zone)
    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(minutes=1)


@pytest.mark.parametrize(("zone", "hour"), CHANGES)
@pytest.mark.parametrize("fold", [0, 1])
def test_time_that_the_night_has_twice_is_the_first(zone, hour, fold):
    moment = from_wall_clock(datetime(2027, 10, 31, hour, 30, fold=fold), zone)
    assert moment.astimezone(UTC) == utc(2027, 10, 31, 0, 30)


@given(
    st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1)),
    st.sampled_from(ZONES),
)
def test_clock_shows_what_was_typed(moment, zone):
    try:
        aware = from_wall_clock(moment, zone)
    except ValidationError:
        assert moment.month == 3
    else:
        assert (aware.replace(tzinfo=None), aware.tzinfo.key) == (moment, zone)


def zones():
    """{zone: town} of all regions."""
    *regions, utc_alone = choices()
    return dict([utc_alone, *(zone for _, found in regions for zone in found)])


def test_zones_of_the_whole_world_can_be_chosen():
    assert zones().keys() >= {*ZONES, "Atlantic/Reykjavik", "America/Lima", "Asia/Kolkata", "Pacific/Auckland"}


def test_zones_are_grouped_with_europe_and_the_north_first():
    with translation.override("en"):
        # Lazy texts: read while it is English.
        name, found = str(choices()[0][0]), choices()[0][1]
    assert (name, {"Atlantic/Faroe", "Arctic/Longyearbyen"} - dict(found).keys()) == ("Europe", set())
    assert [town for _, town in found] == sorted((town for _, town in found), key=str.casefold)


@pytest.mark.parametrize(
    ("zone", "here"),
    [
        ("Europe/Oslo", "Europe/Oslo"),
        ("US/Eastern", "America/New_York"),
        ("Atlantic/Faeroe", "Atlantic/Faroe"),
        ("Etc/GMT+5", "Europe/Helsinki"),
        ("Mars/Base", "Europe/Helsinki"),
    ],
)
def test_another_name_of_a_zone_is_that_zone(zone, here):
    assert offered(zone, otherwise="Europe/Helsinki") == here


@pytest.mark.parametrize(
    ("zone", "nb", "sv", "en"),
    [
        ("Europe/Copenhagen", "København", "Köpenhamn", "Copenhagen"),
        ("Europe/Helsinki", "Helsingfors", "Helsingfors", "Helsinki"),
        ("Atlantic/Reykjavik", "Reykjavík", "Reykjavik", "Reykjavík"),
        ("Europe/Prague", "Praha", "Prag", "Prague"),
        ("Europe/Vienna", "Wien", "Wien", "Vienna"),
        ("Europe/San_Marino", "San Marino", "San Marino", "San Marino"),
        ("UTC", "UTC", "UTC", "UTC"),
    ],
)
def test_town_of_a_zone_is_named_as_its_reader_does(zone, nb, sv, en):
    for language, name in (("nb", nb), ("sv", sv), ("en", en)):
        with translation.override(language):
            assert zones().get(zone) == town(zone) == name


def test_towns_are_of_zones_that_exist():
    assert {zone for names in TOWNS.values() for zone in names} <= available_timezones()
