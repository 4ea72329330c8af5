"""What every form says when something is missing: first in the title, then in a summary that has the focus."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from tests.everywhere.hostile import FORMS, ON_THE_SPOT
from tests.everywhere.test_hostile import FORM, clients, people, prepared, undone

pytestmark = pytest.mark.django_db
__all__ = ["clients", "people"]
MARKS = {"nb": "Feil: ", "sv": "Fel: ", "en": "Error: "}
SUMMARY = re.compile(r'<div class="error-summary"[^>]*>')
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
REFUSED = re.compile(r'id="([\w-]+)_error"')
with_forms = pytest.mark.parametrize(
    ("name", "arguments", "who", "fields"),
    FORMS + ON_THE_SPOT,
    ids=[f"{row[0]}-{row[2]}" for row in FORMS + ON_THE_SPOT],
)


def with_gaps(fields):
    """The form without anything, and without each of its fields."""
    yield ""
    for gap in fields:
        yield urlencode({name: "" if name == gap else value for name, value in fields.items()})


def refusals(client, path, fields):
    """(what was sent, the page) of each form with a gap that was not taken."""
    for body in with_gaps(fields):
        with undone():
            response = client.post(path, body, content_type=FORM)
        page = response.content.decode() if response.get("Content-Type", "").startswith("text/html") else ""
        if 'class="errorlist"' in page or "error-summary" in page:
            yield body, unescape(page)


@with_forms
def test_what_is_missing_is_said(clients, people, name, arguments, who, fields):
    path, fields = prepared(name, arguments, people[who], fields)
    refused = list(refusals(clients[who], path, fields))
    assert [(body, trouble) for body, page in refused for trouble in what_is_wrong_with(page)] == []


def what_is_wrong_with(page):
    title, summaries = TITLE.search(page).group(1).strip(), SUMMARY.findall(page)
    if not title.startswith(tuple(MARKS.values())):
        yield title
    if len(summaries) != 1 or "autofocus" not in summaries[0]:
        yield summaries
    for field in REFUSED.findall(page):
        label = re.search(rf'<label[^>]* for="{field}">(.*?)</label>', page, re.DOTALL)
        if label and "field__optional" in label.group(1):
            yield f"{field} is demanded, and yet optional"


@pytest.mark.parametrize(("language", "mark"), MARKS.items())
def test_the_mark_is_in_the_language_of_the_page(client, language, mark):
    page = client.post(f"/{language}/events/propose/", {}).content.decode()
    assert TITLE.search(page).group(1).startswith(mark)


def test_a_form_that_is_only_shown_says_nothing_of_errors(client):
    page = client.get("/en/events/propose/").content.decode()
    assert TITLE.search(page).group(1).startswith("Propose a meetup")
    assert "autofocus" not in page
