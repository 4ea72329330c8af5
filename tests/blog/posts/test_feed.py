"""The Atom feed: well formed, in one language, whole posts, links that work elsewhere."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from blog.models import Post
from blog.posts.feeds import LATEST, absolute
from tests.factories import make_post

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def feed_of(client, language="nb"):
    response = client.get(f"/{language}/blog/feed/")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def test_feed_has_only_its_own_language(client):
    make_post(title="Norsk", language="nb")
    make_post(title="Svensk", language="sv")
    assert [title.text for title in feed_of(client, "sv").iterfind(f"{ATOM}entry/{ATOM}title")] == ["Svensk"]


def test_entry_has_whole_text_author_and_absolute_links(client):
    make_post(body="Se [prinsippet](/nb/principles/1/).", author="Kari Eksempel")
    entry = feed_of(client).find(f"{ATOM}entry")
    assert '<a href="http://localhost:8000/nb/principles/1/"' in entry.find(f"{ATOM}content").text
    assert entry.find(f"{ATOM}content").get("type") == "html"
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "Kari Eksempel"
    assert entry.find(f"{ATOM}link").get("href").startswith("http://localhost:8000/nb/blog/")


def test_id_stays_when_the_title_changes(client):
    post = make_post(title="Before")
    before = feed_of(client).find(f"{ATOM}entry/{ATOM}id").text
    Post.objects.filter(pk=post.pk).update(title="After", slug="after")
    assert feed_of(client).find(f"{ATOM}entry/{ATOM}id").text == before


def test_feed_survives_control_characters_and_marks(client):
    post = make_post(title="A & B <c>")
    Post.objects.filter(pk=post.pk).update(lead="bell \x07", body_html="<p>form\x0cfeed</p>")
    assert feed_of(client).find(f"{ATOM}entry/{ATOM}title").text == "A & B <c>"


def test_empty_feed_is_valid(client):
    assert feed_of(client).find(f"{ATOM}updated") is not None


def test_absolute_reaches_every_source_and_leaves_text_alone():
    html = (
        '<img alt="a > b" src="/media/x.webp" srcset="/media/x-480.webp 480w, /media/x.webp 960w"><p>or href="/y"</p>'
    )
    site = "http://localhost:8000"
    assert absolute(html) == (
        f'<img alt="a > b" src="{site}/media/x.webp" srcset="{site}/media/x-480.webp 480w, {site}/media/x.webp 960w">'
        '<p>or href="/y"</p>'
    )


def test_feed_has_an_author_for_posts_without_one(client):
    make_post().bylines.all().delete()
    assert feed_of(client).find(f"{ATOM}author/{ATOM}name").text


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_feed_names_its_language_and_itself(client, language):
    make_post(language=language, title=f"In {language}")
    feed = feed_of(client, language)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == f"http://localhost:8000/{language}/blog/feed/"
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == f"In {language}"


def test_feed_holds_the_latest_twenty_newest_first(client):
    for age in range(LATEST + 1):
        make_post(title=f"{age} days old", published_at=timezone.now() - timedelta(days=age))
    titles = [entry.findtext(f"{ATOM}title") for entry in feed_of(client).iterfind(f"{ATOM}entry")]
    assert (len(titles), titles[0], titles[-1]) == (20, "0 days old", "19 days old")


def test_post_is_never_older_than_its_publication(client):
    """A post that was written before its time counts as new when it appears."""
    post = make_post()
    Post.objects.update(changed_at=post.published_at - timedelta(days=30))
    assert feed_of(client).findtext(f"{ATOM}entry/{ATOM}updated")[:19] == f"{post.published_at:%Y-%m-%dT%H:%M:%S}"
