"""The time zones of Europe and the Nordic islands, their towns in the reader’s language, and their wall clocks."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import languages

BEYOND_EUROPE = ("Atlantic/Faroe", "Atlantic/Reykjavik", "UTC")
# Towns that a language writes otherwise than the zone does; `en` also serves where another says nothing.
TOWNS = {
    "nb": {
        "Atlantic/Azores": "Azorene",
        "Atlantic/Canary": "Kanariøyene",
        "Atlantic/Faroe": "Tórshavn",
        "Europe/Athens": "Aten",
        "Europe/Belgrade": "Beograd",
        "Europe/Brussels": "Brussel",
        "Europe/Bucharest": "București",
        "Europe/Copenhagen": "København",
        "Europe/Helsinki": "Helsingfors",
        "Europe/Isle_of_Man": "Man",
        "Europe/Lisbon": "Lisboa",
        "Europe/Moscow": "Moskva",
        "Europe/Nicosia": "Nikosia",
        "Europe/Prague": "Praha",
        "Europe/Rome": "Roma",
        "Europe/Ulyanovsk": "Uljanovsk",
        "Europe/Uzhgorod": "Uzjhorod",
        "Europe/Vatican": "Vatikanstaten",
        "Europe/Vienna": "Wien",
        "Europe/Warsaw": "Warszawa",
        "Europe/Zaporozhye": "Zaporizjzja",
        "Europe/Zurich": "Zürich",
    },
    "sv": {
        "Atlantic/Azores": "Azorerna",
        "Atlantic/Canary": "Kanarieöarna",
        "Atlantic/Faroe": "Torshamn",
        "Atlantic/Reykjavik": "Reykjavik",
        "Europe/Athens": "Aten",
        "Europe/Belgrade": "Belgrad",
        "Europe/Brussels": "Bryssel",
        "Europe/Bucharest": "Bukarest",
        "Europe/Copenhagen": "Köpenhamn",
        "Europe/Helsinki": "Helsingfors",
        "Europe/Kiev": "Kyjiv",
        "Europe/Kyiv": "Kyjiv",
        "Europe/Lisbon": "Lissabon",
        "Europe/Luxembourg": "Luxemburg",
        "Europe/Moscow": "Moskva",
        "Europe/Prague": "Prag",
        "Europe/Rome": "Rom",
        "Europe/Ulyanovsk": "Uljanovsk",
        "Europe/Uzhgorod": "Uzjhorod",
        "Europe/Vatican": "Vatikanstaten",
        "Europe/Vienna": "Wien",
        "Europe/Warsaw": "Warszawa",
        "Europe/Zaporozhye": "Zaporizjzja",
        "Europe/Zurich": "Zürich",
    },
    "en": {
        "Atlantic/Faroe": "Tórshavn",
        "Atlantic/Reykjavik": "Reykjavík",
        "Europe/Busingen": "Büsingen",
        "Europe/Chisinau": "Chișinău",
        "Europe/Kiev": "Kyiv",
        "Europe/Tirane": "Tirana",
    },
}


# A callable, so that migrations do not list the zones.
def choices():
    return sorted(((zone, town(zone)) for zone in _zones()), key=lambda choice: (choice[1].casefold(), choice[0]))


# Cached, since the system keeps each zone in a file of its own.
@cache
def _zones():
    return [zone for zone in sorted(available_timezones()) if zone.startswith("Europe/") or zone in BEYOND_EUROPE]


def town(zone: str) -> str:
    """The town that a time zone is named after, as the reader calls it: "Europe/Copenhagen" is "København"."""
    name = TOWNS[languages.current()].get(zone) or TOWNS["en"].get(zone)
    return name or zone.rpartition("/")[2].replace("_", " ")


def from_wall_clock(moment: datetime, zone: str) -> datetime:
    """The aware datetime of a naive wall-clock `moment` in an IANA `zone`.

    Raises ValidationError for a time that the change to summer time skips; an ambiguous time means the earlier one.
    """
    aware = moment.replace(tzinfo=ZoneInfo(zone), fold=0)
    if aware.astimezone(UTC).astimezone(aware.tzinfo).replace(tzinfo=None) != moment:
        raise ValidationError(
            _("This time doesn’t exist: the clocks go forward that night. Choose a time an hour earlier or later."),
            code="no_such_time",
        )
    return aware
