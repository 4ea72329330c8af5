"""What machines are told: the public pages and nothing else."""

import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from chapter.models import Chapter
from chapter.wordings import adopt_wording
from events.models import Event
from tests.factories import make_event, make_microaction, make_photo, make_post

pytestmark = pytest.mark.django_db


def addresses(client, section):
    return re.findall("<loc>http://localhost:8000(.*?)</loc>", client.get(f"/sitemap-{section}.xml").content.decode())


def test_index_names_a_sitemap_for_each_section(client):
    found = re.findall("<loc>(.*?)</loc>", client.get("/sitemap.xml").content.decode())
    assert len(found) == 8


def test_index_is_xml_and_has_the_moment_of_a_sections_last_change(client):
    event = make_event()
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    sections = {entry.findtext("{*}loc"): entry.findtext("{*}lastmod") for entry in index}
    assert sections["http://localhost:8000/sitemap-events.xml"] == event.changed_at.isoformat()
    assert sections["http://localhost:8000/sitemap-posts.xml"] is None


def test_events_are_listed_in_the_languages_they_are_written_in_without_drafts(client):
    event = make_event(language="nb")
    adopt_wording(event, language="en", title="Coffee")
    make_event(state=Event.State.DRAFT)
    assert sorted(addresses(client, "events")) == [f"/{code}/events/{event.slug}/" for code in ("en", "nb")]


def test_posts_are_listed_in_their_own_language_once_they_are_out(client):
    post = make_post(language="sv")
    make_post(published_at=timezone.now() + timedelta(days=1))
    assert addresses(client, "posts") == [f"/sv/blog/{post.slug}/"]


def test_galleries_are_listed_once_they_show_something(client):
    photo, hidden = make_photo(), make_photo(hidden=True)
    found = addresses(client, "photos")
    assert sorted(found) == [f"/{code}/events/{photo.event.slug}/photos/" for code in ("en", "nb", "sv")]
    assert hidden.event.slug not in str(found)


def test_private_microactions_are_not_listed(client):
    public = make_microaction(visibility="public", language="nb")
    make_microaction(visibility="me")
    assert addresses(client, "microactions") == [f"/nb/microactions/{public.pk}/"]


def test_front_pages_pages_and_principles_answer(client):
    found = [address for section in ("front", "pages", "principles") for address in addresses(client, section)]
    assert len(found) == 3 * (8 + 4 + 7)
    assert {client.get(address).status_code for address in found} == {200}


def test_robots_are_shown_the_way_to_the_sitemap(client):
    assert "Sitemap: http://localhost:8000/sitemap.xml\n" in client.get("/robots.txt").content.decode()


def test_security_txt_says_whom_to_write_to(client):
    text = client.get("/.well-known/security.txt").content.decode()
    assert text.startswith("Contact: mailto:hello@chapter.example.org\nExpires: ")


def test_what_is_not_public_is_in_no_sitemap(client):
    make_microaction(held=True)
    make_microaction(status="pending")
    make_post(is_draft=True)
    assert (addresses(client, "microactions"), addresses(client, "posts")) == ([], [])


def test_cancelled_event_keeps_its_place_and_says_when_it_changed(client):
    event = make_event(state=Event.State.CANCELLED)
    text = client.get("/sitemap-events.xml").content.decode()
    assert text.count(f"<lastmod>{event.changed_at:%Y-%m-%d}</lastmod>") == 1


@pytest.mark.parametrize("host", ["testserver", "localhost"])
def test_addresses_are_ours_whatever_host_was_asked(client, settings, host):
    settings.ALLOWED_HOSTS = [host]
    for path in ("/sitemap.xml", "/sitemap-front.xml"):
        text = client.get(path, headers={"host": host}).content.decode()
        assert set(re.findall("<loc>(http.*?//.*?)/", text)) == {"http://localhost:8000"}


def test_unknown_section_is_not_found(client):
    assert client.get("/sitemap-members.xml").status_code == 404


def test_robots_stay_out_of_search_and_admin(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert {"Disallow: /admin/", "Disallow: /*/search/"} <= set(response.content.decode().splitlines())


def test_security_txt_is_valid_for_half_a_year_and_in_our_languages(client, time_machine):
    time_machine.move_to("2027-01-01T12:00:00+00:00", tick=False)
    Chapter.objects.update(contact_email="safe@example.org")
    assert client.get("/.well-known/security.txt").content.decode().splitlines() == [
        "Contact: mailto:safe@example.org",
        "Expires: 2027-06-30T12:00:00+00:00",
        "Preferred-Languages: nb, sv, en",
        "Canonical: http://localhost:8000/.well-known/security.txt",
    ]


@pytest.mark.parametrize("path", ["/healthz", "/robots.txt", "/sitemap.xml", "/.well-known/security.txt", "/readyz"])
def test_machines_get_no_cookie(client, path):
    assert dict(client.get(path).cookies) == {}


@pytest.mark.parametrize(("seconds", "is_ready"), [(30, True), (90, False)])
def test_worker_that_fell_silent_is_missed(client, seconds, is_ready):
    with connection.cursor() as cursor:
        silent = timedelta(seconds=seconds)
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s)", [silent])
    assert client.get("/readyz").json()["worker"] is is_ready


def test_release_that_was_not_prepared_is_not_ready(client):
    MigrationRecorder.Migration.objects.filter(app="chapter").order_by("-pk").first().delete()
    response = client.get("/readyz")
    assert (response.status_code, response.json()["migrations"]) == (503, False)
