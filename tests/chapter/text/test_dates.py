"""Days and times as each language writes them."""

from datetime import date, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format, localize

from chapter.text import dates

MOMENT = datetime(2030, 3, 14, 9, 5)


@pytest.fixture(autouse=True)
def _now(time_machine):
    time_machine.move_to("2030-02-01T12:00:00+00:00")


@pytest.mark.parametrize(
    ("language", "show", "said"),
    [
        ("nb", dates.long_date, "torsdag 14. mars 2030"),
        ("sv", dates.long_date, "torsdag 14 mars 2030"),
        ("en", dates.long_date, "Thursday 14 March 2030"),
        ("nb", dates.prose_date, "torsdag 14. mars 2030"),
        ("sv", dates.prose_date, "torsdagen den 14 mars 2030"),
        ("en", dates.prose_date, "Thursday 14 March 2030"),
        ("nb", dates.short_date, "14. mars 2030"),
        ("sv", dates.short_date, "14 mars 2030"),
        ("en", dates.short_date, "14 Mar 2030"),
        ("nb", dates.clock, "09.05"),
        ("sv", dates.at_clock, "kl. 09.05"),
        ("en", dates.at_clock, "09:05"),
        ("nb", dates.long_moment, "torsdag 14. mars 2030 kl. 09.05"),
        ("sv", dates.long_moment, "torsdag 14 mars 2030 kl. 09.05"),
        ("sv", dates.prose_moment, "torsdagen den 14 mars 2030 kl. 09.05"),
        ("en", dates.prose_moment, "Thursday 14 March 2030, 09:05"),
    ],
)
def test_day_and_time_are_written_as_in_the_language(language, show, said):
    with translation.override(language):
        assert show(MOMENT) == said


def test_year_is_said_whichever_it_is(time_machine):
    day = date(2030, 11, 28)
    with translation.override("sv"):
        for now in ("2030-02-01T12:00:00+00:00", "2031-02-01T12:00:00+00:00"):
            time_machine.move_to(now)
            said = (dates.long_date(day), dates.prose_date(day), dates.short_date(day))
            assert said == ("torsdag 28 november 2030", "torsdagen den 28 november 2030", "28 nov. 2030")


def test_zone_is_named_by_its_town():
    with translation.override("nb"):
        assert dates.zone_name("Europe/Copenhagen") == "tidssone: København"


def test_dates_that_django_writes_are_no_american_ones():
    with translation.override("en"):
        assert (localize(MOMENT), date_format(MOMENT, "SHORT_DATE_FORMAT")) == ("14 March 2030, 09:05", "14 Mar 2030")
