"""Panels: how a page shows rows of the apps above it without importing them.

An app registers its panels in its `panels.py`:

    @panel("event", template="microactions/_on_event.html", order=20)
    def microactions_of_event(event, request):
        return {"microactions": …}          # or None: nothing to show

and the page includes `includes/_panels.html` with `panels=panels_for("event", event, request)`. Within a place panels
are drawn by `order`, lowest first. The places, and the subject that a panel is called with:

    "event"           the foot of an event's page            the event
    "event opening"   above an event's text                  the event
    "event beside"    its narrow column, with the RSVP       the event
    "rsvp"            the page of an RSVP's link             the RSVP
    "principle"       a principle's page, "in practice"      the principle
    "home"            the home page                          None
    "events"          the list of events                     None
    "series"          a series' page                         the series
    "rsvp"            the page of the link in RSVP mails     the RSVP
    "post"            the end of a post                      the post
    "post opening"    above a post                           the post
    "board"           the foot of a board's page             the board
    "microaction"     its person's own page of it            the microaction
    "me"              my page                                the member
    "figures"         sections of the page of figures        None
    "desk now"        what cannot wait, as <li>              None
    "desk people"     somebody waits for an answer, as <li>  None
    "desk later"      what may be finished some day, as <li> None

A list asks each place once for all its rows: those panels are called with the rows and return {primary key: context}.
It takes them by `panels_for_each(…)`.

    "past event"      a row of the list of past events       the events
"""

from collections import defaultdict
from typing import NamedTuple

_panels = defaultdict(list)


class Panel(NamedTuple):
    template: str
    context: dict


def panel(place: str, *, template: str, order: int = 50):
    def add(make):
        _panels[place].append((order, template, make))
        _panels[place].sort(key=lambda entry: entry[0])
        return make

    return add


def panels_for(place: str, subject, request) -> list[Panel]:
    """The panels of a place that have something to show, in order."""
    made = ((template, make(subject, request)) for _, template, make in _panels[place])
    return [Panel(template, context) for template, context in made if context is not None]


def panels_for_each(place: str, subjects, request) -> dict[int, list[Panel]]:
    """The panels of each subject that has any, by its primary key; in as many queries as for one."""
    found = defaultdict(list)
    for _, template, make in _panels[place]:
        for pk, context in make(subjects, request).items():
            found[pk].append(Panel(template, context))
    return found
