"""Dates, times and zones are written one way, on every page and in every letter: as their reader does."""

import re
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.test import Client, override_settings

from chapter.mail import queue as mail
from chapter.models import Member
from tests import database
from tests.everywhere.letters import LETTERS, Words
from tests.everywhere.test_every_page import ORGANISERS, VISITORS, of_the_demo

pytestmark = pytest.mark.django_db
LANGUAGES = ("nb", "sv", "en")
MONTHS = "Jan|Feb|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec"
MACHINES = re.compile(
    r"\b\d{4}-\d\d-\d\d\b"  # ISO 8601
    r"|\b\d{1,2}/\d{1,2}/\d{2,4}\b"  # 11/28/2026
    rf"|\b(?:{MONTHS})[a-z]*\.? \d{{1,2}}, \d{{4}}"  # Nov. 28, 2026
    r"|\b(?:Europe|Atlantic)/\w+"
)
ADDRESS = re.compile(r"https?://\S+")
LONG = re.compile(
    r"(?i:\b(?:\w+dag(?:en den)?|\w+day) \d{1,2}\.? "
    r"(?:januar[iy]?|februar[iy]?|mars|march|april|ma[ijy]|jun[ie]|jul[iy]|august[i]?|september|o[kc]tober|november|"
    r"de[sc]ember))\b(?! \d{4})"
)
# Beside the addresses of the sweep with a browser, those that show more dates.
MORE = [
    "principles/3/history/nb/", "principles/3/wording/", "organise/pages/", "organise/pages/privacy/nb/",
    "organise/members/", "organise/chapter/", "organise/pictures/", "blog/posts/",
]  # fmt: skip


class Seen(HTMLParser):
    """What a page shows: its texts, and those that stand in attributes."""

    def __init__(self, html):
        super().__init__()
        self.words, self._hidden = [], 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self._hidden += tag in ("script", "style", "pre", "code")
        attrs = dict(attrs)
        shown = ["alt", "aria-label", "title", "placeholder"]
        shown += ["content"] if attrs.get("name") == "description" else []
        self.words += [attrs[name] or "" for name in shown if name in attrs]

    def handle_endtag(self, tag):
        self._hidden -= tag in ("script", "style", "pre", "code")

    def handle_data(self, data):
        if not self._hidden:
            # An address that is written out, as in the text of a mail, has the day in it.
            self.words.append(ADDRESS.sub("", data))


def for_machines(html):
    return MACHINES.findall(" ".join(Seen(html).words))


def without_year(html):
    # Each text by itself: a ticket puts its year below the day, and only if it is another one.
    return [found for text in Seen(html).words for found in LONG.findall(text)]


@pytest.fixture(scope="module")
def found(kept_demo, django_db_blocker):
    """The demo, rolled back after the file, and what stands in the braces of an address."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=kept_demo), transaction.atomic():
        database.restore("demo")
        yield of_the_demo()
        transaction.set_rollback(True)


@pytest.mark.parametrize("path", dict.fromkeys([*VISITORS, *ORGANISERS, *MORE]))
def test_page_shows_no_date_or_zone_for_machines(found, path):
    client = Client()
    if path in {*ORGANISERS, *MORE}:
        client.force_login(Member.objects.organisers().first())
    shown = []
    for language in LANGUAGES:
        html = client.get(f"/{language}/{path.format_map(found)}", follow=True).content.decode()
        shown += for_machines(html) + without_year(html)
    assert shown == []


@pytest.mark.parametrize("kind", LETTERS)
@pytest.mark.parametrize("reads", LANGUAGES)
def test_letter_shows_no_date_or_zone_for_machines(kind, reads, mailoutbox):
    mail.send(LETTERS[kind](Words(line="Kaffe", text="Hei", reads=reads)).pk)
    letter = mailoutbox[-1]
    html = letter.alternatives[0].content
    assert for_machines(html) + without_year(html) + MACHINES.findall(f"{letter.subject}\n{letter.body}") == []
