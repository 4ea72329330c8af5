"""A series is made with the keyboard alone; the dates come by themselves, or by a button where there is no script."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Series
from tests.browser.test_tasks import press, tab_to
from tests.factories import make_organiser

pytestmark = pytest.mark.django_db(transaction=True)


def first_dates(page):
    return page.locator(".series-dates__item").all_inner_texts()


def test_series_is_made_by_keyboard(site, open_page):
    page = open_page(f"{site}/en/events/series/new/", member=make_organiser())
    tab_to(page, "Title")
    page.keyboard.type("Lunch")
    tab_to(page, "Link to the online meeting")
    page.keyboard.type("https://meet.example.org/lunch")
    tab_to(page, "Weekday")
    page.keyboard.type("Mon")
    page.wait_for_function("document.querySelector('.series-dates__item').innerText.includes('Monday')")
    shown = first_dates(page)
    tab_to(page, shown[0])
    page.keyboard.press("Space")
    page.wait_for_function("document.querySelectorAll('.series-dates__item').length === 7")
    tab_to(page, "Make the series")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    made = Series.objects.get()
    assert (made.weekday, made.skips.count(), made.events.count()) == (0, 1, 6)


def test_dates_are_shown_by_the_button_without_a_script(site, open_page):
    page = open_page(f"{site}/en/events/series/new/", member=make_organiser(), script=False)
    page.get_by_label("Title").fill("Lunch")
    page.get_by_label("Link to the online meeting").fill("https://meet.example.org/lunch")
    page.get_by_label("Every so many weeks").check()
    page.get_by_label("From", exact=True).fill(str(timezone.localdate() + timedelta(days=1)))
    press(page, page.get_by_role("button", name="Show the dates"))
    assert (len(first_dates(page)), page.get_by_label("Title").input_value()) == (6, "Lunch")
    press(page, page.get_by_role("button", name="Make the series"))
    assert Series.objects.get().events.count() == 6
