"""The poster of an event: what stands on it, and of which events there is one."""

import pytest
from django.conf import settings

from chapter.templatetags.chapter_tags import qr_code
from events.sharing import poster
from tests.factories import make_event, make_venue

pytestmark = pytest.mark.django_db


def poster_of(client, event, language="nb"):
    return client.get(f"/{language}/events/{event.slug}/poster/")


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_poster_says_what_and_where_and_leads_to_the_event(client, language):
    event = make_event(title="Kaffe & kake", venue=make_venue(name="Kafé Eksempel"))
    page = poster_of(client, event, language).content.decode()
    address = f"/{language}/events/{event.slug}/"
    sheet = page.partition('class="poster__sheet')[2]
    assert "Kaffe &amp; kake</h1>" in sheet and "Kafé Eksempel" in sheet
    assert f"{settings.SITE_HOST}/{language}/events/</span>" in sheet
    assert qr_code(f"{settings.SITE_URL}{address}") in sheet


def test_link_to_an_online_meeting_is_not_on_the_wall(client):
    page = poster_of(client, make_event(online_url="https://meet.example.org/secret")).content.decode()
    assert "meet.example.org" not in page


@pytest.mark.parametrize("state", ["cancelled", "postponed", "draft"])
def test_what_does_not_take_place_has_none(client, state):
    assert poster_of(client, make_event(state=state)).status_code == 404


@pytest.mark.parametrize(
    ("title", "place", "size"),
    [
        ("Kaffe", "Her", "poster--short"),
        ("t" * 50, "Her", ""),
        ("Kaffe", "p" * 100, "poster--long"),
        ("t" * 200, "", "poster--fullest"),
    ],
)
def test_more_words_are_smaller(title, place, size):
    assert poster.size_of(title, place) == size


def test_lead_ends_with_a_sentence_and_is_no_heading():
    first = "Vi drikker kaffe og snakker om skjemaer. "
    assert poster.lead_of("Hva\n" + first * 9, "") == (first * 3).strip()
    assert poster.lead_of("ord " * 99, "").endswith("ord …")
    assert poster.lead_of(first * 9, "poster--long") == ""
