"""The time zones of the world, their towns in the reader’s language, and their wall clocks."""

from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import languages

# As people look for them: the islands and the north of Europe are with the rest of it.
REGIONS = {
    "Europe": _("Europe"),
    "Africa": _("Africa"),
    "America": _("America"),
    "Asia": _("Asia"),
    "Atlantic": _("Atlantic Ocean"),
    "Australia": _("Australia"),
    "Indian": _("Indian Ocean"),
    "Pacific": _("Pacific Ocean"),
    "Antarctica": _("Antarctica"),
}
EUROPEAN = {
    "Arctic/Longyearbyen",
    *(f"Atlantic/{town}" for town in ("Azores", "Canary", "Faroe", "Madeira", "Reykjavik")),
}
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
    """Grouped by region, by town within each, and UTC."""
    regions = {name: [] for name in REGIONS}
    for zone in _zones():
        if zone != "UTC":
            regions[region_of(zone)].append((zone, town(zone)))
    grouped = [(str(REGIONS[name]), sorted(found, key=_by_town)) for name, found in regions.items()]
    return [*grouped, ("UTC", "UTC")]


def _by_town(choice):
    return choice[1].casefold(), choice[0]


def region_of(zone: str) -> str:
    return "Europe" if zone in EUROPEAN else zone.partition("/")[0]


# Cached, since the system keeps each zone in a file of its own.
@cache
def _zones():
    """Those that a country has, and all names of Europe's: events of long ago may have one that is out of use."""
    available = available_timezones()
    countries = {line.split("\t")[2] for line in _table("zone.tab") if not line.startswith("#")}
    found = {zone for zone in available if zone.startswith("Europe/")} | (countries & available)
    return [*sorted(found), "UTC"]


@cache
def _other_names():
    lines = (line.split() for line in _table("tzdata.zi") if line.startswith("L "))
    return {name: zone for _mark, zone, name in lines}


def _table(name):
    return files("tzdata").joinpath("zoneinfo", name).read_text("utf-8").splitlines()


def offered(zone: str, *, otherwise: str) -> str:
    """The zone as it can be chosen here: “US/Eastern” is New York's; `otherwise` for one that is none of these."""
    return next((name for name in (zone, _other_names().get(zone)) if name in _zones()), otherwise)


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
