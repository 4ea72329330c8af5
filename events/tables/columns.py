"""The columns of a table of events that another system or a person wrote: what each is, and which rows are not public.

In any order, with English, Norwegian or Swedish names, and those of Google Calendar, Outlook, Meetup and Eventbrite.
"""

import re
from dataclasses import dataclass, field, replace
from functools import cache

from chapter.remarks import remark as _
from chapter.transfer import foreign_tables

from . import days

ALIASES = {
    "title": (
        *("title", "name", "event", "subject", "summary", "what"),
        *("tittel", "titel", "navn", "namn", "rubrik", "overskrift", "emne", "ämne", "hva", "vad"),
        *("arrangement", "arrangementsnavn", "evenemang", "evenemangsnamn", "hendelse", "aktivitet"),
    ),
    "start": (
        *("start", "starts", "starts at", "start time", "start at", "from", "begin time", "time"),
        *(
            "start date & time",
            "start date and time",
            "date & time",
            "date and time",
            "date time",
            "when",
            "når",
            "när",
        ),
        *("dato og tid", "dato og klokkeslett", "tid og dato", "datum och tid", "tid och datum"),
        *("starter", "startar", "starttid", "starttidspunkt", "starter kl", "begynner", "börjar", "klokkeslett"),
        *("tid", "tidspunkt", "klokka", "kl", "fra", "från", "klockslag"),
    ),
    "end": (
        *("end", "ends", "ends at", "end time", "end at", "until", "to"),
        *("end date & time", "end date and time"),
        *("slutt", "slut", "slutter", "slutar", "sluttid", "sluttidspunkt", "slutter kl", "til", "till"),
    ),
    "date": ("date", "start date", "dato", "datum", "startdato", "startdatum", "day", "dag"),
    "end_date": ("end date", "last day", "sluttdato", "slutdatum", "slutdato", "siste dag", "sista dag"),
    "all_day": (
        *("all day event", "all day", "allday", "whole day"),
        *("heldagshendelse", "hele dagen", "heldagsaktivitet", "heldagshändelse", "hela dagen", "heldag"),
    ),
    "sensitivity": ("sensitivity", "visibility", "class", "følsomhet", "känslighet", "synlighet"),
    "time_zone": ("time zone", "timezone", "tz", "tidssone", "tidszon"),
    "venue": ("venue", "place", "location", "where", "venue name", "sted", "lokale", "plats", "lokal", "hvor", "var"),
    "address": ("address", "street", "venue address", "adresse", "adress", "gate", "gata"),
    "city": ("city", "town", "venue city", "by", "stad", "ort", "poststed"),
    "description": (
        *("description", "body", "text", "details", "notes"),
        *("beskrivelse", "beskrivning", "tekst", "merknader", "anteckningar"),
    ),
    "kind": ("kind", "type", "typ", "slag"),
    "state": ("state", "status", "tilstand"),
    "capacity": ("capacity", "seats", "rsvp limit", "plasser", "platser", "kapasitet", "kapacitet"),
    "online_url": ("online url", "online", "link", "lenke", "länk", "nettlenke"),
    "id": ("id", "external id", "uid", "nummer"),
    "url": ("url", "page", "web page", "nettside", "webbsida", "side"),
    "going": ("going", "attendees", "yes rsvps", "yes rsvp count", "påmeldte", "anmälda", "deltakere", "deltagare"),
    "language": ("language", "språk", "lang"),
}
# Words in the name of a column that says yes of what is not for the site, and no of what is not.
HIDING = re.compile(
    r"\b(?:is)?(?:private?|hidden|secret|draft|internal|confidential|skjult|intern[ta]?|utkast|kladd|dold|hemlig)\b"
)
SHOWING = re.compile(r"\b(?:is)?(?:public|published|publisert|publicera[dt]|offentlig[t]?)\b")
NO = {"", "false", "no", "0", "nei", "nej", "usann", "usant", "falskt", "falsk", "falsch", "off", "av"}
NOT_PUBLIC = {"private", "hidden", "unlisted", "secret", "trash", "deleted", "privat", "skjult", "slettet", "dold"}
PUBLIC = {"", "normal", "public", "offentlig", "offentligt", "vanlig", "standard", "default"}
DAYS = ("date", "start", "end", "end_date")


@dataclass(frozen=True)
class Columns:
    """`known` is {our name: the file's name}, `orders` how each of these writes its days."""

    known: dict[str, str]
    hiding: list[str] = field(default_factory=list)  # a yes in them says that a row is not public
    showing: list[str] = field(default_factory=list)  # a no in them says so
    orders: dict[str, str] = field(default_factory=dict)

    @property
    def used(self) -> set[str]:
        return {*self.known.values(), *self.hiding, *self.showing}


def our_name(name: str) -> str | None:
    """What a column is called here: “Event Start Date (local)”, “startDate” and “start_date” are one."""
    return _names().get(_bare(name))


def _bare(name):
    bare = _squeezed(re.sub(r"\([^()]*\)", "", name))
    return bare if bare in _names() else bare.removeprefix("event")


def _rank(name):
    """Of two columns of one meaning the better name: beside “Dato”, “Dag” says the day of the week."""
    return list(_names()).index(_bare(name)) if our_name(name) else 0


def _squeezed(name):
    return re.sub(r"[\W_]+", "", name.lower())


@cache
def _names():
    return {_squeezed(alias): name for name, aliases in ALIASES.items() for alias in aliases}


def is_header(cells: list[str]) -> bool:
    found = {our_name(cell) for cell in cells}
    return "title" in found and not found.isdisjoint({"start", "date"})


def columns(header) -> Columns:
    """Raises Unreadable without a title or a start."""
    if not is_header(header):
        raise foreign_tables.Unreadable(
            _(
                "The first line has no title and start. The table needs a column called title (or subject, tittel, emne, rubrik, ämne) and one called start or date (dato, datum, startdato, startdatum). It says: {header}.",
                header=", ".join(header)[:200],
            )
        )
    known = {}
    for name in sorted(header, key=_rank):
        if found := our_name(name):
            known.setdefault(found, name)
    others = [name for name in header if name not in known.values()]
    hiding = [name for name in others if HIDING.search(_worded(name))]
    return Columns(known, hiding, [name for name in others if SHOWING.search(_worded(name))])


def _worded(name):
    return name.replace("_", " ")


def with_orders(found: Columns, rows, *, wanted="") -> tuple[Columns, list[str]]:
    """The columns with how their days are written, and the notes that say so. Raises Unreadable for a column with both."""
    _refuse_unknown_times(found, rows)
    names = [found.known[name] for name in DAYS if name in found.known]
    orders, notes = days.orders(rows, names, wanted=wanted)
    return replace(found, orders=orders), notes


def _refuse_unknown_times(found, rows):
    """An hour under a name that we do not know would make a whole day of every event."""
    if "start" in found.known or not rows:
        return
    for name in [name for name in rows[0] if name and name not in found.used]:
        values = [cells[name] for cells in rows if cells.get(name)]
        if values and all(days.is_clock(value) for value in values):
            why = _("The column {name} seems to have times of day: call it start.", name=name)
            raise foreign_tables.Unreadable(why)


def ignored(header, found: Columns) -> list[str]:
    going = found.known.get("going")
    return [name for name in header if name and (name == going or name not in found.used)]


def why_hidden(cells, found: Columns) -> str:
    """Why a row is not for the site: also where a cell says neither yes nor no, since what may be private is not."""
    says = {column: (text or "").lower() for column, text in cells.items()}
    is_hidden = (
        any(says.get(column, "") not in NO for column in found.hiding)
        or any(says.get(column, "") in NO for column in found.showing)
        or says.get(found.known.get("sensitivity", ""), "") not in PUBLIC
        or says.get(found.known.get("state", ""), "") in NOT_PUBLIC
    )
    return _("it isn’t public there") if is_hidden else ""
