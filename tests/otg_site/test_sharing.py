"""What links to the site look like elsewhere, and what search engines are told of languages and changes."""

import io
import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone
from PIL import Image

from chapter.models import Chapter
from chapter.wordings import adopt_wording
from events import planning
from events.models import Event
from tests.factories import make_event, make_member, make_microaction, make_organiser, make_post, make_rsvp

pytestmark = pytest.mark.django_db
HERE = "http://localhost:8000"
State = Event.State


def page(client, path):
    return client.get(path).content.decode()


def meta(html):
    """{property or name: content} of a page's head; what comes several times is joined."""
    found = {}
    for name, content in re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', html):
        found[name] = " ".join(filter(None, [found.get(name), unescape(content)]))
    return found


def canonical(html):
    return re.findall('<link rel="canonical" href="([^"]*)"', html)


def picture(client, html):
    """The card that a page names, fetched."""
    return client.get(meta(html)["og:image"].removeprefix(HERE))


# Tags


def test_event_says_what_it_is(client):
    event = make_event(title='Coffee & "cake"', body="Come <as> you are.", language="en")
    adopt_wording(event, language="nb", title="Kaffe")
    html = page(client, f"/en/events/{event.slug}/")
    found = meta(html)
    assert found["og:title"].startswith('Coffee & "cake", ')
    assert found["og:description"] == found["description"] == "Come <as> you are."
    assert found["og:url"] == f"{HERE}/en/events/{event.slug}/"
    assert (found["og:locale"], found["og:locale:alternate"]) == ("en_GB", "nb_NO")
    assert (found["og:type"], found["twitter:card"]) == ("website", "summary_large_image")
    assert canonical(html) == [found["og:url"]]


def test_page_without_an_own_text_points_to_the_one_that_has_it(client):
    event = make_event(language="sv")
    assert canonical(page(client, f"/en/events/{event.slug}/")) == [f"{HERE}/sv/events/{event.slug}/"]


def test_post_is_an_article_in_its_own_language(client):
    post = make_post(title="Ny uke", lead="To setninger.", language="nb")
    html = page(client, f"/en/blog/{post.slug}/")
    found = meta(html)
    assert (found["og:type"], found["og:title"], found["og:description"]) == ("article", "Ny uke", "To setninger.")
    assert canonical(html) == [found["og:url"]] == [f"{HERE}/nb/blog/{post.slug}/"]
    assert f"/nb/blog/{post.slug}/card.png?v=" in found["og:image"]


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", ""),
        ("?kind=talk", ""),
        ("?page=after-0_0_1", "?page=after-0_0_1"),
        ("?page=2", ""),
        ("?page=after-0_1", ""),
        ("?page=%00", ""),
    ],
)
def test_filters_are_no_part_of_a_lists_address(client, query, kept):
    for _ in range(22):
        make_event()
    assert canonical(page(client, f"/en/events/{query}")) == [f"{HERE}/en/events/{kept}"]


@pytest.mark.parametrize(
    "path", ["/nb/", "/nb/events/", "/nb/principles/3/", "/nb/about/", "/nb/blog/", "/nb/microactions/"]
)
def test_every_other_page_shares_the_chapters_card(client, path):
    html = page(client, path)
    assert meta(html)["og:title"] and meta(html)["og:description"]
    response = picture(client, html)
    assert (response["Content-Type"], Image.open(io.BytesIO(response.content)).size) == ("image/png", (1200, 630))


def test_what_is_not_to_be_found_says_nothing_to_networks(client):
    token = make_rsvp().token
    draft = make_event(state=State.DRAFT)
    client.force_login(make_organiser())
    for path in (f"/nb/events/rsvp/{token}/", f"/nb/events/{draft.slug}/", "/nb/me/", "/nb/search/?q=x", "/nb/nope/"):
        html = page(client, path)
        assert ("og:image" in html, canonical(html)) == (False, []), path


# hreflang


def test_home_is_chosen_by_the_browser_for_everybody_else(client):
    assert f'hreflang="x-default" href="{HERE}/"' in page(client, "/sv/")


def test_other_pages_have_one_for_everybody_else(client):
    event = make_event(language="en")
    adopt_wording(event, language="sv", title="Fika")
    html = page(client, f"/en/events/{event.slug}/")
    assert f'hreflang="x-default" href="{HERE}/sv/events/{event.slug}/"' in html


def alternates(client, section):
    """{address: {language: address}} of a sitemap."""
    text = client.get(f"/sitemap-{section}.xml").content.decode()
    urls = [re.sub(r"\s+", " ", url) for url in re.findall("<url>(.*?)</url>", text, re.DOTALL)]
    links = r'hreflang="([\w-]+)" href="([^"]*)"'
    return {re.search("<loc>(.*?)</loc>", url)[1]: dict(re.findall(links, url)) for url in urls}


@pytest.mark.parametrize("section", ["front", "pages", "principles", "events", "posts"])
def test_sitemap_and_pages_name_the_same_languages(client, section):
    event, post = make_event(language="sv"), make_post(language="nb")
    adopt_wording(event, language="en", title="Coffee")
    make_post(language="en", translation_of=post)
    listed = alternates(client, section)
    assert len(listed) >= 2
    for address, links in listed.items():
        html = page(client, address.removeprefix(HERE))
        assert dict(re.findall(r'rel="alternate" hreflang="([\w-]+)" href="([^"]*)"', html)) == links
        assert canonical(html) == [address]
        assert len(links) >= 3 and "x-default" in links


def lastmods(client, section):
    return set(re.findall("<lastmod>(.*?)</lastmod>", client.get(f"/sitemap-{section}.xml").content.decode()))


def test_new_text_changes_the_date_of_an_event_and_of_a_page(client, time_machine):
    event = make_event()
    later = timezone.now() + timedelta(days=40)
    time_machine.move_to(later)
    adopt_wording(event, language="nb", title="Te")
    assert lastmods(client, "events") == {f"{later:%Y-%m-%d}"}


@pytest.mark.parametrize("section", ["front", "pages", "principles", "events", "posts", "microactions"])
def test_every_section_says_when_it_changed(client, section):
    make_event(), make_post(), make_microaction()
    assert lastmods(client, section)
    index = client.get("/sitemap.xml").content.decode()
    assert re.search(rf"sitemap-{section}.xml</loc><lastmod>\d{{4}}-", re.sub(r"\s", "", index))


# Cards


def test_event_card_is_a_small_png_that_is_kept_for_ever(client):
    html = page(client, f"/nb/events/{make_event(title='Åpen kaffe på Ørjans kjøkken').slug}/")
    response = picture(client, html)
    image = Image.open(io.BytesIO(response.content))
    assert (response["Content-Type"], image.format, image.size) == ("image/png", "PNG", (1200, 630))
    assert len(response.content) <= 60_000
    assert "immutable" in response["Cache-Control"]
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not response.cookies


def test_card_that_is_known_is_304(client):
    path = meta(page(client, f"/nb/events/{make_event().slug}/"))["og:image"].removeprefix(HERE)
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again["ETag"], again.content) == (304, first["ETag"], b"")


def test_old_or_made_up_version_shows_the_present_and_is_not_kept(client):
    response = client.get(f"/nb/events/{make_event().slug}/card.png?v=0123456789ab")
    assert (response.status_code, "immutable" in response["Cache-Control"]) == (200, False)


def renamed(event):
    adopt_wording(event, language="nb", title="Te")


def moved(event):
    Event.objects.filter(pk=event.pk).update(
        starts_at=event.starts_at + timedelta(days=1), ends_at=event.ends_at + timedelta(days=1)
    )


def cancelled(event):
    planning.cancel(event.pk, reason="Storm")


def chapter_renamed(event):
    Chapter.objects.update(name="One Team Gov Testby")


@pytest.mark.parametrize("happens", [renamed, moved, cancelled, chapter_renamed])
def test_change_gives_the_card_a_new_address_and_another_look(client, happens):
    event = make_event(title="Kaffe")
    path = f"/nb/events/{event.slug}/"
    before, first = meta(page(client, path))["og:image"], picture(client, page(client, path)).content
    happens(event)
    after = meta(page(client, path))["og:image"]
    assert after != before
    assert picture(client, page(client, path)).content != first


def test_sign_up_leaves_the_card_as_it_is(client):
    event = make_event(capacity=3)
    before = meta(page(client, f"/nb/events/{event.slug}/"))["og:image"]
    make_rsvp(event=event, member=make_member())
    assert meta(page(client, f"/nb/events/{event.slug}/"))["og:image"] == before


def test_what_is_not_out_has_no_card_not_even_for_organisers(client):
    client.force_login(make_organiser())
    later = make_post(published_at=timezone.now() + timedelta(days=1))
    paths = [f"/nb/events/{make_event(state=State.DRAFT).slug}/card.png", f"/nb/blog/{later.slug}/card.png"]
    assert [client.get(path).status_code for path in paths] == [404, 404]


def test_structured_data_names_the_card(client):
    html = page(client, f"/nb/events/{make_event().slug}/")
    assert f'"image": ["{meta(html)["og:image"]}"]' in html
