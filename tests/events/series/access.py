"""Who may open the pages of series."""

from datetime import date

from tests.factories import make_event, make_series

EVERYONE = {"anonymous": 200, "member": 200, "other": 200, "organiser": 200}
ORGANISERS = {"anonymous": 302, "member": 403, "other": 403, "organiser": 200}
THEIR_HOSTS = {"anonymous": 404, "member": 200, "other": 404, "organiser": 200}


def announced(member):
    return {"slug": make_event(series=make_series(), series_date=date(2027, 1, 21)).series.slug}


def of_drafts(member):
    """A host may look at the series of their own draft; its feed is empty until an event is announced."""
    event = make_event(series=make_series(), series_date=date(2027, 1, 21), state="draft")
    event.hosts.add(member)
    return {"slug": event.series.slug}


def an_event(member):
    return {"slug": make_event(series=make_series(), series_date=date(2027, 1, 21)).slug}


def alone(member):
    return {"slug": make_event().slug}


def a_text(member):
    return {**announced(member), "language": "sv"}


SERIES_ROWS = [
    ("series_list", {}, EVERYONE),
    ("series", announced, EVERYONE),
    ("series", of_drafts, THEIR_HOSTS),
    ("series_feed", announced, EVERYONE),
    ("series_feed", of_drafts, THEIR_HOSTS),
    ("series_new", {}, ORGANISERS),
    ("series_edit", announced, ORGANISERS),
    ("series_wording", a_text, ORGANISERS),
    ("series_skip", announced, {**ORGANISERS, "organiser": 405}),
    ("series_end", announced, ORGANISERS),
    ("event_and_later", an_event, ORGANISERS),
    ("event_and_later", alone, {**ORGANISERS, "organiser": 404}),
]
