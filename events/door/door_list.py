"""The door list as it is drawn, and as the script on the phone asks for it: names for the page, keys for the script."""

import hashlib
import json
from typing import NamedTuple

from chapter.languages import current

from ..models import Rsvp
from . import attendance as door
from .door_names import sort_key

GOING, WAITING, OTHERS = "going", "waiting", "others"
GROUPS = {Rsvp.Status.GOING: GOING, Rsvp.Status.WAITLISTED: WAITING}


class Person(NamedTuple):
    """One row: a key that means nothing outside this list, a name and nothing else about the person."""

    key: int
    name: str
    came: bool
    no_show: bool
    group: str


def door_list(event):
    """{groups, walk_ins, counts} of the page, in three queries whatever the number of people."""
    rows = [_person(rsvp) for rsvp in door.people(event).select_related("member")]
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
    untouched = sum(not (person.came or person.no_show) for person in groups[GOING])
    return {
        "all": len(groups[GOING]),
        "came": came[GOING],
        "room": sum(came.values()) + len(walk_ins),
        "no_show": sum(person.no_show for person in groups[GOING]),
        "untouched": untouched,
    }


def state(event):
    """What the script compares with its page: who is on the list and came, and which walk-ins there are; no names."""
    people = door.people(event).order_by("pk").values_list("pk", "attendance")
    walk_ins = event.walk_ins.order_by("pk").values_list("client_id", flat=True)
    return {"people": {str(pk): attendance for pk, attendance in people}, "walkIns": [str(one) for one in walk_ins]}


def etag(state):
    digest = hashlib.sha256(json.dumps(state, sort_keys=True).encode()).hexdigest()[:24]
    return f'"{digest}"'
