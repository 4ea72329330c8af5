"""What machines are told: the public pages and nothing else."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Event
from tests.factories import make_event, make_microaction, make_post

pytestmark = pytest.mark.django_db


def addresses(client, section):
    return re.findall("<loc>http://localhost:8000(.*?)</loc>", client.get(f"/sitemap-{section}.xml").content.decode())


def test_index_names_a_sitemap_for_each_section(client):
    found = re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    assert len(found) == 6


def test_events_are_listed_in_each_language_without_drafts(client):
    event = make_event()
    make_event(state=Event.State.DRAFT)
    assert sorted(addresses(client, "events")) == [f"/{code}/events/{event.slug}/" for code in ("en", "nb", "sv")]


def test_posts_are_listed_in_their_own_language_once_they_are_out(client):
    post = make_post(language="sv")
    make_post(published_at=timezone.now() + timedelta(days=1))
    assert addresses(client, "posts") == [f"/sv/blog/{post.slug}/"]


def test_private_microactions_are_not_listed(client):
    public = make_microaction(visibility="public", language="nb")
    make_microaction(visibility="me")
    assert addresses(client, "microactions") == [f"/nb/microactions/{public.pk}/"]


def test_front_pages_pages_and_principles_answer(client):
    found = [address for section in ("front", "pages", "principles") for address in addresses(client, section)]
    assert len(found) == 3 * (6 + 4 + 7)
    assert {client.get(address).status_code for address in found} == {200}


def test_robots_are_shown_the_way_to_the_sitemap(client):
    assert "Sitemap: http://localhost:8000/sitemap.xml\n" in client.get("/robots.txt").content.decode()


def test_security_txt_says_whom_to_write_to(client):
    text = client.get("/.well-known/security.txt").content.decode()
    assert text.startswith("Contact: mailto:hello@chapter.example.org\nExpires: ")
