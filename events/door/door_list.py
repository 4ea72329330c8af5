"""The door list: names for the page, keys without names for the script on the phone."""

import hashlib
import json
import unicodedata
from typing import NamedTuple

from chapter.languages import current

from ..models import Rsvp
from . import attendance

GOING, WAITING, OTHERS = "going", "waiting", "others"
COLUMNS = ("pk", "shown_name", "attendance", "status")
GROUPS = {Rsvp.Status.GOING: GOING, Rsvp.Status.WAITLISTED: WAITING}

# The last letters of each alphabet in order; a neighbour's letter sorts with its own counterpart.
LAST_LETTERS = {"nb": ("æä", "øö", "å"), "sv": ("å", "äæ", "öø")}
# Private characters behind all others, which stand for them where names are sorted.
LAST_PLACE = 0x10FF00
PLACES = {
    language: {ord(letter): chr(LAST_PLACE + place) for place, group in enumerate(groups) for letter in group}
    for language, groups in LAST_LETTERS.items()
}


class Person(NamedTuple):
    """One row: a key that means nothing outside this list, a name and nothing else about the person."""

    key: int
    name: str
    came: bool
    no_show: bool
    group: str


def door_list(event) -> dict:
    """{groups, walk_ins, counts} of the page, in three queries whatever the number of people."""
    # One loop and no models: there may be fourteen hundred, and somebody is waiting at the door.
    rows = [_person(*row) for row in attendance.people(event).with_shown_name().values_list(*COLUMNS)]
    # People without a name, whose data was deleted, come last.
    rows.sort(key=lambda person: (not person.name, sort_key(person.name, current()), person.key))
    groups = {name: [person for person in rows if person.group == name] for name in (GOING, WAITING, OTHERS)}
    walk_ins = list(event.walk_ins.order_by("-created_at", "-id"))
    return {"groups": groups, "walk_ins": walk_ins, "counts": _counts(groups, walk_ins)}


def _person(key, name, noted, status):
    came, no_show = noted == Rsvp.Attendance.CAME, noted == Rsvp.Attendance.NO_SHOW
    return Person(key, name, came, no_show, GROUPS.get(status, OTHERS))


def _counts(groups, walk_ins):
    came = {name: sum(person.came for person in rows) for name, rows in groups.items()}
    return {
        "all": len(groups[GOING]),
        "came": came[GOING],
        "room": sum(came.values()) + len(walk_ins),
        "no_show": sum(person.no_show for person in groups[GOING]),
        "untouched": sum(not (person.came or person.no_show) for person in groups[GOING]),
    }


def sort_key(name, language) -> str:
    """Sorts æ, ø and å last, other letters without their accents; English readers get the Norwegian order."""
    if name.isascii():
        return name.lower()
    letters = unicodedata.normalize("NFC", name).casefold().translate(PLACES.get(language, PLACES["nb"]))
    return "".join(letter for letter in unicodedata.normalize("NFD", letters) if not unicodedata.combining(letter))


def state(event) -> dict:
    # Keys and values only, no names.
    people = attendance.people(event).order_by("pk").values_list("pk", "attendance")
    walk_ins = event.walk_ins.order_by("pk").values_list("client_id", flat=True)
    return {"people": {str(pk): value for pk, value in people}, "walkIns": [str(one) for one in walk_ins]}


def etag(state) -> str:
    digest = hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:24]
    return f'"{digest}"'
