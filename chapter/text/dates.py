"""Days, times and time zones as the site writes them, in the active language; templates use them as filters.

Everything that shows a date to people goes through here. Machines get ISO 8601: `datetime` attributes, calendars, CSV.
"""

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .. import languages, timezones

LONG = {"nb": "l j. F Y", "sv": "l j F Y", "en": "l j F Y"}
SHORT_MONTHS = {
    "nb": ["jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des."],
    "sv": ["jan.", "feb.", "mars", "april", "maj", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "dec."],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}


def long_date(day) -> str:
    """As "torsdag 14. mars 2026"."""
    return written(day, LONG[languages.current()])


def prose_date(day) -> str:
    """A long date inside a sentence, which in Swedish is "torsdagen den 14 mars 2026"."""
    if languages.current() != "sv":
        return long_date(day)
    return f"{written(day, 'l')}en den {written(day, 'j F Y')}"


def short_date(day) -> str:
    """As "14. mars 2026" or "28. nov. 2026": always with the year, for lists and beside other facts."""
    language = languages.current()
    number = f"{day.day}." if language == "nb" else day.day
    return f"{number} {SHORT_MONTHS[language][day.month - 1]} {day.year}"


def short_month(day) -> str:
    """As "mars" or "nov."."""
    return SHORT_MONTHS[languages.current()][day.month - 1]


def month_and_year(day) -> str:
    """As "november 2026"."""
    return written(day, "F Y")


def clock(moment) -> str:
    """As "17.00", in English "17:00"; after "kl." where the sentence has that word."""
    return f"{moment:%H:%M}" if languages.current() == "en" else f"{moment:%H.%M}"


def at_clock(moment) -> str:
    return clock(moment) if languages.current() == "en" else f"kl. {clock(moment)}"


def long_moment(moment) -> str:
    """As "torsdag 14. mars 2026 kl. 17.00", in English "Thursday 14 March 2026, 17:00"."""
    return _with_clock(long_date(moment), moment)


def prose_moment(moment) -> str:
    return _with_clock(prose_date(moment), moment)


def zone_name(zone: str) -> str:
    """A time zone by its town, which no language has to inflect: "time zone: Helsinki"."""
    return _("time zone: %(city)s") % {"city": timezones.town(zone)}


def written(day, pattern) -> str:
    """Django's `date_format` of a day, or of the day of a moment; remembered."""
    return _written(date(day.year, day.month, day.day), pattern, get_language())


@lru_cache(maxsize=4096)
def _written(day, pattern, _language):
    return date_format(day, pattern)


def _with_clock(day, moment):
    comma = "," if languages.current() == "en" else ""
    return f"{day}{comma} {at_clock(moment)}"


FILTERS = (
    month_and_year,
    long_date,
    prose_date,
    short_date,
    clock,
    at_clock,
    long_moment,
    prose_moment,
    zone_name,
    written,
)
