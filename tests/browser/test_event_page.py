"""The page of an event on a phone: what it is first, and the way to the form at hand."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_event

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def event():
    return make_event(capacity=3, language="en", body="A long description.\n\n" * 40)


@pytest.mark.parametrize("script", [True, False])
def test_bar_leads_to_the_form_and_rests_above_it(site, open_page, event, script):
    page = open_page(site + event.get_absolute_url().replace("/nb/", "/en/"), script=script, **PHONE)
    bar = page.get_by_role("link", name="Sign me up")
    expect(bar).to_be_in_viewport()
    expect(page.locator(".rsvp-bar")).to_contain_text("3 seats left")
    bar.click()
    expect(page.get_by_label("Your name")).to_be_in_viewport()
    if script:
        expect(bar).to_be_hidden()


def test_bar_is_for_narrow_screens_alone(site, open_page, event):
    page = open_page(site + event.get_absolute_url(), width=1280)
    expect(page.locator(".rsvp-bar")).to_be_hidden()
    expect(page.locator("#rsvp")).to_be_in_viewport()
