"""The page of an event on a phone: what it is first, and the way to the form at hand."""

import pytest
from playwright.sync_api import expect

from tests.factories import make_event, make_venue

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


def test_drawing_leaves_the_first_screen_to_what_when_where_and_seats(site, open_page):
    event = make_event(capacity=3, language="en", venue=make_venue(), principles=[1, 5], body="Long.\n\n" * 40)
    page = open_page(site + event.get_absolute_url().replace("/nb/", "/en/"), **PHONE)
    drawing = page.locator(".drawing").first.bounding_box()
    assert (drawing["x"], drawing["width"]) == (0, PHONE["width"])
    assert drawing["height"] <= 50
    for text in ("h1", ".facts__row:has-text('When')", ".facts__row:has-text('Where')", ".rsvp-bar__seats"):
        expect(page.locator(text)).to_be_in_viewport(ratio=1)
    for light in ("light", "dark"):
        page.emulate_media(color_scheme=light)
        inks = page.locator(".tile").evaluate_all("all => all.map(one => getComputedStyle(one).color)")
        grounds = page.locator(".tile").evaluate_all("all => all.map(one => getComputedStyle(one).backgroundColor)")
        assert all(ink != ground for ink, ground in zip(inks, grounds, strict=True))
