"""The hint while typing: said politely below the field, by the same phrases as on the server, and in nobody's way."""

import json
import re

import pytest

from microactions.models import Microaction
from microactions.pledges import hints
from tests.browser.accessibility import violations
from tests.factories import make_member, make_microaction

pytestmark = pytest.mark.django_db(transaction=True)

TEXTS = [
    "Bidra til bedre samarbeid",
    "bli  FLINKERE\ntil å si ifra",
    "PRØVE Å lytte",
    "Spørre dem som jobber med arkiv",
    "Försöka lyssna",
    "påverka förslaget",
    "Fo\u0308rso\u0308ka lyssna",
    "Contribute to it, bidra til det",
    "Ask those who work on it",
    "Ring arkivet",
]


def hint(page):
    return page.locator("#id_what_hint")


def test_hint_comes_while_typing_and_goes_again(site, open_page):
    page = open_page(f"{site}/en/microactions/new/")
    page.get_by_label("What will you do?").press_sequentially("Contribute to openness")
    page.wait_for_selector("#id_what_hint:not(:empty)")
    assert hint(page).inner_text() == "“Contribute to” is a bit vague. What is the first thing you’ll do, and when?"
    assert hint(page).get_attribute("role") == "status"
    page.get_by_label("What will you do?").fill("Ask the archive what they need")
    page.wait_for_selector("#id_what_hint:empty", state="attached")


def test_browser_and_server_find_the_same(site, open_page):
    page = open_page(f"{site}/nb/microactions/new/")
    page.clock.install()
    page.reload()
    found = []
    for text in TEXTS:
        page.locator("#id_what").fill(text)
        page.clock.run_for(800)
        found.append(hint(page).inner_text().partition("«")[2].partition("»")[0])
    assert found == [hints.find(text, "nb") for text in TEXTS]


def test_every_phrase_can_be_read_by_a_browser(site, open_page):
    page = open_page(f"{site}/nb/microactions/new/")
    patterns = json.loads(page.locator("#id_what").get_attribute("data-hints"))
    assert patterns == hints.patterns("nb")
    assert page.evaluate("all => all.map(one => new RegExp(one, 'iu').flags)", patterns) == ["iu"] * 3


def test_vague_pledge_is_stored_all_the_same(site, open_page):
    page = open_page(f"{site}/en/microactions/new/", script=False, member=make_member())
    page.get_by_label("What will you do?").fill("Contribute to openness")
    with page.expect_navigation():
        page.locator("main form.form .button--primary").click()
    assert Microaction.objects.get().what == "Contribute to openness"
    page.get_by_role("link", name="Edit the text").click()
    page.get_by_label("What will you do?").fill("Post my draft on Monday")
    with page.expect_navigation():
        page.get_by_role("button", name="Save the text").click()
    assert Microaction.objects.get().what == "Post my draft on Monday"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_with_the_hint_and_open_form_is_accessible(site, open_page, scheme):
    made = make_microaction(what="Try to listen")
    page = open_page(f"{site}/en/microactions/manage/{made.token}/?change=words", scheme=scheme, width=390)
    assert page.locator("#reword_what_hint").is_visible()
    assert violations(page) == []


def test_only_pages_with_the_field_load_the_script(site, open_page):
    page = open_page(f"{site}/en/microactions/new/")
    assert re.search(r"js/hints[^\"]*\.js", page.content())
    for path in ("", "microactions/", "microactions/ideas/"):
        page.goto(f"{site}/en/{path}")
        assert "js/hints" not in page.content()
