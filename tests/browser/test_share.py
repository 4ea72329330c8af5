"""A link to take along: a field to copy from, and buttons where a script can answer them."""

import pytest

from tests.factories import make_event

pytestmark = pytest.mark.django_db(transaction=True)

# The clipboard and the sharing of a device, as a page meets them; what they are given is kept.
DEVICE = """
  window.given = [];
  Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { given.push(text); } } });
  Object.defineProperty(navigator, "share", { value: async (what) => { given.push(what); } });
"""
WITHOUT = """
  Object.defineProperty(navigator, "clipboard", { value: undefined });
  Object.defineProperty(navigator, "share", { value: undefined });
"""


@pytest.fixture
def opened(site, open_page):
    """The page of an event with its sharing unfolded; `device` is what the script finds."""

    def opened(device="", **reader):
        address = f"{site}/en/events/{make_event(title='Kaffe').slug}/"
        page = open_page(address, width=320, **reader)
        page.add_init_script(device)
        page.reload()
        page.get_by_text("Share this event").click()
        return page, address

    return opened


def test_copying_gives_the_link_and_says_so(opened):
    page, address = opened(DEVICE)
    page.get_by_role("button", name="Copy").press("Enter")
    page.get_by_role("status").filter(has_text="Copied").wait_for()
    assert page.evaluate("given") == [address]


def test_sharing_hands_title_and_link_to_the_device(opened):
    page, address = opened(DEVICE)
    page.get_by_role("button", name="Share …").click()
    assert page.evaluate("given") == [{"title": "Kaffe", "url": address}]


def test_without_a_clipboard_the_link_is_copied_the_old_way_and_without_sharing_there_is_no_button(opened):
    page, address = opened(WITHOUT)
    assert page.get_by_role("button", name="Share …").count() == 0
    page.get_by_role("button", name="Copy").click()
    page.get_by_role("status").filter(has_text="Copied").wait_for()
    assert page.evaluate("getSelection().toString()") == address


def test_without_a_script_the_field_stands_alone(opened):
    page, address = opened(script=False)
    assert page.get_by_label("The link to this event").input_value() == address
    assert page.get_by_role("button", name="Copy").count() == 0
