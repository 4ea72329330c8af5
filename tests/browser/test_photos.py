"""Photos in a browser: three at once with one bad among them, by keyboard, without a script, and taken out."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.accessibility import violations
from tests.factories import make_event, make_organiser, make_photo
from tests.pictures import encoded, plain

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def event():
    return make_event(starts_in=timedelta(days=-2))


def files():
    good = [
        {"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": encoded(plain(color=(n, 9, 9)))} for n in (1, 99)
    ]
    return [good[0], {"name": "bad.jpg", "mimeType": "image/jpeg", "buffer": b"no picture"}, good[1]]


def open_form(open_page, site, event, **more):
    return open_page(f"{site}/en/events/{event.slug}/photos/add/", member=make_organiser(), **more)


def test_each_file_is_sent_by_itself_and_one_bad_stops_none(site, open_page, event):
    page = open_form(open_page, site, event)
    page.set_input_files("input[type=file]", files())
    page.get_by_role("button", name="Upload the photos").click()
    expect(page.get_by_role("status")).to_have_text("Saved: 2 of 3. Failed: 1.")
    assert page.locator(".uploads__file").evaluate_all("rows => rows.map(row => row.dataset.is)") == [
        "done", "failed", "done",
    ]  # fmt: skip
    assert event.photos.count() == 2
    assert violations(page) == []
    page.get_by_role("link", name="Describe the photos now").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Describe the photo")


def test_a_file_that_got_lost_is_sent_again_by_its_button(site, open_page, event):
    page = open_form(open_page, site, event)
    page.context.set_offline(True)
    page.set_input_files("input[type=file]", files()[:1])
    page.get_by_role("button", name="Upload the photos").click()
    expect(page.locator(".uploads__state")).to_contain_text("No answer")
    page.context.set_offline(False)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("status")).to_have_text("Saved: 1 of 1.")


def test_without_a_script_the_same_form_takes_several(site, open_page, event):
    page = open_form(open_page, site, event, script=False)
    page.set_input_files("input[type=file]", files())
    page.get_by_role("button", name="Upload the photos").click()
    expect(page.get_by_role("alert")).to_contain_text("bad.jpg: We couldn’t read this as a picture")
    expect(page.locator(".photo-row")).to_have_count(2)


def test_a_photo_is_found_and_taken_out_by_keyboard(site, open_page, event):
    make_photo(event=event, alt="Four cups")
    page = open_page(f"{site}/en/events/{event.slug}/photos/", script=False)
    page.get_by_role("link", name="Four cups", exact=True).focus()
    page.keyboard.press("Tab")
    assert "Take me out" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Hide the photo now").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The photo is hidden")
    page.get_by_role("link", name="To the other photos").click()
    expect(page.get_by_role("heading", name="No photos yet")).to_be_visible()
