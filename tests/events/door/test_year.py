"""The year by month: numbers of events, drawn and as a table."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from events.door import year
from events.models import WalkIn
from microactions.check_ins import results
from microactions.models import Microaction
from tests.factories import make_event, make_microaction, make_organiser, make_rsvp

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")


@pytest.fixture(autouse=True)
def _november():
    with time_machine.travel("2026-11-15T12:00:00Z", tick=False), translation.override("en"):
        yield


def held(days_ago, *, signed_up=0, came=0, walk_ins=0):
    event = make_event(starts_in=-timedelta(days=days_ago))
    for n in range(signed_up):
        make_rsvp(event=event, attendance="came" if n < came else "")
    for _ in range(walk_ins):
        WalkIn.objects.create(event=event, client_id=f"00000000-0000-4000-8000-{event.pk:012}", name="x")
    return event


def test_there_are_twelve_months_and_this_one_is_last():
    months = year.add_up(OSLO).months
    assert (len(months), months[0].name, months[-1].name) == (12, "December 2025", "November 2026")


def test_events_of_a_month_are_added_up():
    held(1, signed_up=3, came=2, walk_ins=1)
    held(2, signed_up=2)
    held(40, signed_up=1)
    *_, september, october, november = year.add_up(OSLO).months
    assert november[1:] == (2, 5, 3)
    assert october[1:] == (1, 1, None)
    assert september[1:] == (0, 0, None)


def test_month_is_that_of_the_chapters_clock():
    with time_machine.travel("2026-11-15T12:00:00Z"):
        make_event(starts_in=-timedelta(days=14, hours=12, minutes=30))  # 31 October, 23:30 UTC
    months = year.add_up(OSLO).months
    assert [month.events for month in months[-2:]] == [0, 1]


def test_drawing_has_a_title_and_the_table_the_same_numbers(client):
    held(1, signed_up=7, came=4)
    client.force_login(make_organiser())
    page = client.get(reverse("event_figures")).content.decode()
    for ending in ("title", "description"):
        assert f'id="months-chart-{ending}"' in page
    row = page.partition("November 2026")[2].partition("</tr>")[0]
    assert re.findall(r'table__num">(\d+)<', row) == ["1", "7", "4"]


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_no_number_of_a_drawing_has_a_comma(client, language):
    held(1, signed_up=7, came=4)
    make_microaction()
    client.force_login(make_organiser())
    page = client.get(f"/{language}/events/figures/").content.decode()
    numbers = re.findall(r'\b(?:x|y|width|height|x1|x2|y1|y2|dx|dy)="([^"]*)"', page)
    assert numbers and all(re.fullmatch(r"-?\d+(\.\d+)?%?", number) for number in numbers)


def test_results_of_a_year_count_all_that_was_confirmed():
    status = Microaction.Status
    make_microaction(status=status.DONE)
    make_microaction(status=status.DONE, visibility="me")
    make_microaction(status=status.PARTLY)
    make_microaction(status=status.PENDING)
    make_microaction(status=status.LET_GO)
    make_microaction()
    assert [number for _label, number in results.of_last_year()] == [2, 1, 1, 0, 1]
