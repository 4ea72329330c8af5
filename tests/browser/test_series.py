"""A series is made with the keyboard alone; the dates come by themselves, or by a button where there is no script."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from events.models import Series
from tests.browser.test_tasks import press, tab_to
from tests.factories import make_organiser

pytestmark = pytest.mark.django_db(transaction=True)

DATES = ".series-dates__item"


def first_dates(page):
    return page.locator(DATES).all_inner_texts()


def test_series_is_made_by_keyboard(site, open_page):
    page = open_page(f"{site}/en/events/series/new/", member=make_organiser())
    tab_to(page, "Title")
    page.keyboard.type("Lunch")
    tab_to(page, "Link to the online meeting")
    page.keyboard.type("https://meet.example.org/lunch")
    tab_to(page, "Weekday")
    page.keyboard.type("Mon")
    expect(page.locator(DATES).first).to_contain_text("Monday")
    shown = first_dates(page)
    tab_to(page, shown[0])
    page.keyboard.press("Space")
    expect(page.locator(DATES)).to_have_count(7)
    tab_to(page, "Create the series")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    made = Series.objects.get()
    assert (made.weekday, made.skips.count(), made.events.count()) == (0, 1, 6)


def test_dates_are_shown_by_the_button_without_a_script(site, open_page):
    page = open_page(f"{site}/en/events/series/new/", member=make_organiser(), script=False)
    page.get_by_label("Title").fill("Lunch")
    page.get_by_label("Link to the online meeting").fill("https://meet.example.org/lunch")
    page.get_by_label("Every few weeks").check()
    page.get_by_label("From", exact=True).fill(str(timezone.localdate() + timedelta(days=1)))
    press(page, page.get_by_role("button", name="Show the dates"))
    assert (len(first_dates(page)), page.get_by_label("Title").input_value()) == (6, "Lunch")
    press(page, page.get_by_role("button", name="Create the series"))
    assert Series.objects.get().events.count() == 6
