"""Panels: how a page of a lower room shows what the rooms above it know, without importing them.

An app names its panels in its `panels.py`:

    @panel("event", template="microactions/_on_event.html", order=20)
    def microactions_of_event(event, request):
        return {"microactions": …}          # or None: nothing to show

and the page includes `includes/_panels.html` with `panels=panels_for("event", event, request)`.
Places: "event" (the foot of an event's page), "event opening" (what its text opens with), "event beside" (its narrow
column, with the RSVP: what one came to press), "principle" (in practice), "me" (my page; the subject is the member),
"board" (a board's page; the subject is the board), "microaction" (its person's own page of it, and nobody else's), "desk" (what waits for an organiser, as list items; no subject).
"""

from collections import defaultdict
from typing import NamedTuple

_panels = defaultdict(list)


class Panel(NamedTuple):
    template: str
    context: dict


def panel(place, *, template, order=50):
    def add(make):
        _panels[place].append((order, template, make))
        _panels[place].sort(key=lambda entry: entry[0])
        return make

    return add


def panels_for(place, subject, request):
    """The panels that have something to show, in order."""
    made = ((template, make(subject, request)) for _, template, make in _panels[place])
    return [Panel(template, context) for template, context in made if context is not None]
