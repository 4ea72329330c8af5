"""The door list: names for the page, keys without names for the script on the phone."""

import hashlib
import json
import unicodedata
from typing import NamedTuple

from chapter.languages import current

from ..models import Rsvp
from . import attendance

GOING, WAITING, OTHERS = "going", "waiting", "others"
GROUPS = {Rsvp.Status.GOING: GOING, Rsvp.Status.WAITLISTED: WAITING}

# The last letters of each alphabet in order; a neighbour's letter sorts with its own counterpart.
LAST_LETTERS = {"nb": ("æä", "øö", "å"), "sv": ("å", "äæ", "öø")}


class Person(NamedTuple):
    """One row: a key that means nothing outside this list, a name and nothing else about the person."""

    key: int
    name: str
    came: bool
    no_show: bool
    group: str


def door_list(event) -> dict:
    """{groups, walk_ins, counts} of the page, in three queries whatever the number of people."""
    rows = [_person(rsvp) for rsvp in attendance.people(event).select_related("member")]
    # People without a name, whose data was deleted, come last.
    rows.sort(key=lambda person: (not person.name, sort_key(person.name, current()), person.key))
    groups = {name: [person for person in rows if person.group == name] for name in (GOING, WAITING, OTHERS)}
    walk_ins = list(event.walk_ins.order_by("-created_at", "-id"))
    return {"groups": groups, "walk_ins": walk_ins, "counts": _counts(groups, walk_ins)}


def _person(rsvp):
    no_show = rsvp.attendance == Rsvp.Attendance.NO_SHOW
    came = rsvp.attendance == Rsvp.Attendance.CAME
    return Person(rsvp.pk, rsvp.person_name, came, no_show, GROUPS.get(rsvp.status, OTHERS))


def _counts(groups, walk_ins):
    came = {name: sum(person.came for person in rows) for name, rows in groups.items()}
    return {
        "all": len(groups[GOING]),
        "came": came[GOING],
        "room": sum(came.values()) + len(walk_ins),
        "no_show": sum(person.no_show for person in groups[GOING]),
        "untouched": sum(not (person.came or person.no_show) for person in groups[GOING]),
    }


def sort_key(name, language) -> tuple:
    """Sorts æ, ø and å last, other letters without their accents; English readers get the Norwegian order."""
    groups = LAST_LETTERS.get(language, LAST_LETTERS["nb"])
    places = {letter: place for place, group in enumerate(groups, start=1) for letter in group}
    letters = unicodedata.normalize("NFC", name).casefold()
    return tuple(part for letter in letters for part in _sort_parts(letter, places))


def _sort_parts(letter, places):
    if letter in places:
        return [(places[letter], "")]
    return [(0, plain) for plain in unicodedata.normalize("NFD", letter) if not unicodedata.combining(plain)]


def state(event) -> dict:
    # Keys and values only, no names.
    people = attendance.people(event).order_by("pk").values_list("pk", "attendance")
    walk_ins = event.walk_ins.order_by("pk").values_list("client_id", flat=True)
    return {"people": {str(pk): value for pk, value in people}, "walkIns": [str(one) for one in walk_ins]}


def etag(state) -> str:
    digest = hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:24]
    return f'"{digest}"'
