"""Telling the hosts what one needs to take part, with the keyboard alone; with a mistake, and taking it back."""

import pytest

from events.models import AccessNeed
from tests.browser.test_tasks import tab_to
from tests.factories import make_event, make_member, make_rsvp

pytestmark = pytest.mark.django_db(transaction=True)


def submit(page):
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_keyboard_alone_is_enough_to_tell_and_to_take_back(site, open_page):
    rsvp = make_rsvp(event=make_event(asks_access_needs=True))
    rsvp.event.hosts.add(make_member())
    page = open_page(f"{site}/en/events/rsvp/{rsvp.token}/access-need/")
    tab_to(page, "What do you need")
    page.keyboard.type("A seat near the door")
    tab_to(page, "Tell the hosts")
    submit(page)
    assert (AccessNeed.objects.count(), page.locator("[aria-invalid=true]").count()) == (0, 1)
    # The first of that name is the link in the list of mistakes; it leads to the box itself.
    tab_to(page, "Yes: the hosts")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    tab_to(page, "Tell the hosts")
    submit(page)
    assert AccessNeed.objects.get().text == "A seat near the door"
    page.goto(f"{site}/en/events/rsvp/{rsvp.token}/access-need/")
    tab_to(page, "Delete my answer")
    submit(page)
    assert not AccessNeed.objects.exists()
