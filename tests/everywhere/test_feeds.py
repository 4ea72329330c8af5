"""Every public page says what can be followed from there, so that a calendar or a feed reader finds it by the page's address."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.everywhere.test_access import ROWS
from tests.factories import make_event, make_member, make_series

pytestmark = pytest.mark.django_db
CALENDAR, ATOM = "text/calendar", "application/atom+xml"
EVENTS, POSTS, WALL = (CALENDAR, "events_feed"), (ATOM, "blog_feed"), (ATOM, "wall_feed")
OF_PART = {"events": [EVENTS], "microactions": [WALL], "blog": [POSTS]}
ELSEWHERE = [EVENTS, POSTS]
# Parts of a page on another site, or of a page of ours.
NO_PAGES = {"embed", "board_mine", "demo_mail_html"}
LINK = re.compile(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">')


def links_of(path):
    answer = Client().get(path)
    is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    return LINK.findall(answer.text) if is_page else None


@pytest.mark.parametrize(("name", "arguments"), [row[:2] for row in ROWS], ids=[row[0] for row in ROWS])
def test_page_says_what_can_be_followed(name, arguments):
    path = reverse(name, kwargs=arguments(make_member()) if callable(arguments) else arguments)
    links = links_of(path)
    if links is None or name in NO_PAGES:
        return
    part = path.split("/")[2]
    expected = [(kind, reverse(feed)) for kind, feed in OF_PART.get(part, ELSEWHERE)]
    assert [link for link in links if link in expected] == expected


def test_each_feed_is_there():
    series = make_series()
    make_event(slug="kaffe", series=series, series_date="2040-01-19")
    found = {link for page in ("/nb/", "/nb/microactions/", "/nb/events/kaffe/") for link in links_of(page)}
    assert len(found) == 5
    for kind, address in found:
        answer = Client().get(address)
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (200, kind)


def test_event_offers_itself_its_series_and_all():
    series = make_series(slug="lunsj")
    make_event(slug="kaffe", series=series, series_date="2040-01-19")
    own = [reverse("event_ics", args=["kaffe"]), reverse("series_feed", args=["lunsj"])]
    assert [address for _, address in links_of("/nb/events/kaffe/")] == [*own, reverse("events_feed")]


def test_chosen_events_can_be_followed_by_themselves():
    links = links_of("/nb/events/?kind=talk")
    assert [address.partition("/nb/")[2] for _, address in links] == ["events/feed.ics?kind=talk", "events/feed.ics"]


def test_draft_offers_no_calendar_of_its_own(client):
    event = make_event(state="draft")
    client.force_login(make_member(is_organiser=True))
    assert reverse("event_ics", args=[event.slug]) not in client.get(event.get_absolute_url()).text
