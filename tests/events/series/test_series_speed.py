"""What the pages of a series cost does not grow with its events."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.events.series.test_series_pages import edit_fields, running
from tests.factories import make_rsvp, make_venue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _january():
    with time_machine.travel("2027-01-10T12:00:00+01:00", tick=False):
        yield


def look(client, found):
    return client.get(f"/en/events/series/{found.slug}/")


def open_form(client, found):
    return client.get(f"/en/events/series/{found.slug}/edit/")


def open_form_of_later(client, found):
    return client.get(f"/en/events/{found.events.order_by('series_date')[1].slug}/later/")


def open_end(client, found):
    return client.get(f"/en/events/series/{found.slug}/end/")


def read_feed(client, found):
    return client.get(f"/en/events/series/{found.slug}.ics")


def ask_about_another_rule(client, found):
    """Half of the events find no date: whether anything hangs on them is asked once."""
    rule = {"rule": "weeks", "every_weeks": "2", "ahead": str(found.ahead)}
    page = client.post(f"/en/events/series/{found.slug}/edit/", {**edit_fields(client, found, **rule), "show": "1"})
    assert len(page.context["plan"].dropped) + len(page.context["plan"].left) >= 1
    return page


PAGES = [look, open_form, open_form_of_later, open_end, read_feed, ask_about_another_rule]


@pytest.mark.parametrize("visit", PAGES, ids=lambda visit: visit.__name__)
def test_page_costs_the_same_for_two_events_and_for_twenty_six(organiser_client, visit):
    counts = []
    for ahead in (2, 2, 26):
        found = running(ahead=ahead, rule="weeks", venue=make_venue(), publishes=False)
        found.events.filter(pk__in=list(found.events.order_by("id").values_list("pk", flat=True))[::3]).update(
            state="published"
        )
        for event in found.events.filter(state="published"):
            make_rsvp(event=event)
        with CaptureQueriesContext(connection) as queries:
            assert visit(organiser_client, found).status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[2]
