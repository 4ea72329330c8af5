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
        ("nb", dates.long_date, "torsdag 14. mars"),
        ("sv", dates.long_date, "torsdag 14 mars"),
        ("en", dates.long_date, "Thursday 14 March"),
        ("nb", dates.prose_date, "torsdag 14. mars"),
        ("sv", dates.prose_date, "torsdagen den 14 mars"),
        ("en", dates.prose_date, "Thursday 14 March"),
        ("nb", dates.short_date, "14. mars 2030"),
        ("sv", dates.short_date, "14 mars 2030"),
        ("en", dates.short_date, "14 Mar 2030"),
        ("nb", dates.clock, "09.05"),
        ("sv", dates.at_clock, "kl. 09.05"),
        ("en", dates.at_clock, "09:05"),
        ("nb", dates.long_moment, "torsdag 14. mars kl. 09.05"),
        ("sv", dates.long_moment, "torsdag 14 mars kl. 09.05"),
        ("sv", dates.prose_moment, "torsdagen den 14 mars kl. 09.05"),
        ("en", dates.prose_moment, "Thursday 14 March, 09:05"),
    ],
)
def test_day_and_time_are_written_as_in_the_language(language, show, said):
    with translation.override(language):
        assert show(MOMENT) == said


@pytest.mark.parametrize(
    ("language", "long", "prose", "short"),
    [
        ("nb", "torsdag 28. november 2030", "torsdag 28. november 2030", "28. nov. 2030"),
        ("sv", "torsdag 28 november 2030", "torsdagen den 28 november 2030", "28 nov. 2030"),
        ("en", "Thursday 28 November 2030", "Thursday 28 November 2030", "28 Nov 2030"),
    ],
)
def test_another_year_is_said(time_machine, language, long, prose, short):
    time_machine.move_to("2031-02-01T12:00:00+00:00")
    day = date(2030, 11, 28)
    with translation.override(language):
        assert (dates.long_date(day), dates.prose_date(day), dates.short_date(day)) == (long, prose, short)


def test_zone_is_named_by_its_town():
    with translation.override("nb"):
        assert dates.zone_name("Europe/Copenhagen") == "tidssone: København"


def test_dates_that_django_writes_are_no_american_ones():
    with translation.override("en"):
        assert (localize(MOMENT), date_format(MOMENT, "SHORT_DATE_FORMAT")) == ("14 March 2030, 09:05", "14 Mar 2030")
