"""What readers see: published posts, in the language that serves them best, and nothing else."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from blog.models import Post
from chapter.models import Chapter
from chapter.panels import panels_for
from principles.models import Principle
from tests.blog.conftest import signed_in
from tests.factories import make_comment, make_event, make_organiser, make_post

pytestmark = pytest.mark.django_db
SECRET = "Not for your eyes yet"


def make_secrets(**fields):
    """A draft, a scheduled post, and a draft that had a date once."""
    later = timezone.now() + timedelta(days=1)
    make_post(title=SECRET, is_draft=True, **fields)
    make_post(title=SECRET, published_at=later, **{**fields, "language": "sv"})
    make_post(title=SECRET, is_draft=True, published_at=timezone.now(), **{**fields, "language": "en"})


def titles(response):
    return [post.title for post in response.context["page"]]


def test_list_shows_published_posts_newest_first(client):
    make_secrets()
    old = make_post(title="Old", published_at=timezone.now() - timedelta(days=2))
    new = make_post(title="New")
    assert titles(client.get("/nb/blog/")) == [new.title, old.title]


@pytest.mark.parametrize("path", ["blog/", "blog/feed/", "blog/?language=sv", "blog/?principle=2"])
def test_what_is_not_published_is_on_no_list(client, path):
    make_secrets(principles=[2])
    for language in ("nb", "sv", "en"):
        assert SECRET not in client.get(f"/{language}/{path}").text


def test_what_is_not_published_has_no_page(client):
    make_secrets()
    answers = {client.get(post.get_absolute_url()).status_code for post in Post.objects.all()}
    assert answers == {404}


def test_unpublished_translations_and_neighbours_are_not_linked(client):
    original = make_post(title="Original")
    make_secrets(translation_of=original)
    response = client.get(original.get_absolute_url())
    assert (response.status_code, SECRET in response.text) == (200, False)
    assert response.context["alternates"] == [("nb", original.get_canonical_url())]


def test_unpublished_posts_are_in_no_panel(rf):
    event = make_event(starts_in=timedelta(days=-3))
    make_secrets(summary_of=event, principles=[1])
    request = rf.get("/")
    request.user = AnonymousUser()
    principle = Principle.objects.get(number=1)
    places = [*panels_for("event", event, request), *panels_for("principle", principle, request)]
    assert [place for place in places if place.template.startswith("blog/")] == []


def test_scheduled_post_appears_at_its_time(client):
    due = timezone.now() + timedelta(hours=3)
    post = make_post(title="Soon", published_at=due)
    assert client.get(post.get_absolute_url()).status_code == 404
    with time_machine.travel(due + timedelta(seconds=1), tick=False):
        assert client.get(post.get_absolute_url()).status_code == 200
        assert titles(client.get("/nb/blog/")) == ["Soon"]


def test_organiser_sees_a_draft_with_a_banner(client):
    signed_in(client, make_organiser())
    response = client.get(make_post(is_draft=True).get_absolute_url())
    assert "notice--warning" in response.text and 'content="noindex"' in response.text


@pytest.mark.parametrize(("reader", "shown"), [("nb", "Norsk tekst"), ("sv", "Svensk text"), ("en", "Norsk tekst")])
def test_of_a_text_and_its_translations_one_is_listed(client, reader, shown):
    original = make_post(title="Norsk tekst", language="nb")
    make_post(title="Svensk text", language="sv", translation_of=original)
    assert titles(client.get(f"/{reader}/blog/")) == [shown]


def test_language_filter_shows_that_language_whatever_the_page(client):
    original = make_post(title="Norsk tekst", language="nb")
    make_post(title="Svensk text", language="sv", translation_of=original)
    assert titles(client.get("/nb/blog/?language=sv")) == ["Svensk text"]


def test_principle_filter(client):
    make_post(title="About two", principles=[2])
    make_post(title="About three", principles=[3])
    assert titles(client.get("/nb/blog/?principle=2")) == ["About two"]


@pytest.mark.parametrize(
    "query", ["principle=abc", "principle=-1", "language=xx", "page=abc", f"page={10**40}", "%00=%00"]
)
def test_filter_that_makes_no_sense_counts_as_none(client, query):
    make_post(title="Here")
    assert titles(client.get(f"/nb/blog/?{query}")) == ["Here"]


def test_post_in_another_language_says_so_and_points_home(client):
    post = make_post(language="sv", title="Hej")
    response = client.get(f"/en/blog/{post.slug}/")
    assert '<h1 lang="sv">Hej</h1>' in response.text and "lang-note" in response.text
    assert f'<link rel="canonical" href="http://localhost:8000/sv/blog/{post.slug}/">' in response.text


def test_translations_are_linked_both_ways(client):
    original = make_post(language="nb")
    swedish = make_post(language="sv", translation_of=original)
    both = {("nb", original.get_canonical_url()), ("sv", swedish.get_canonical_url())}
    for post in (original, swedish):
        assert set(client.get(post.get_canonical_url()).context["alternates"]) == both


def test_summary_links_its_event_but_not_a_draft_event(client):
    past = make_event(title="Kaffe på torget", starts_in=timedelta(days=-2))
    assert past.get_absolute_url() in client.get(make_post(summary_of=past).get_absolute_url()).text
    hidden = make_event(title="Hemmelig", state="draft")
    assert "Hemmelig" not in client.get(make_post(summary_of=hidden).get_absolute_url()).text


def test_neighbours_of_a_post(client):
    first, middle, last = [make_post(published_at=timezone.now() - timedelta(days=n)) for n in (3, 2, 1)]
    context = client.get(middle.get_absolute_url()).context
    assert (context["older"], context["newer"]) == (first, last)


@pytest.mark.parametrize("rows", [1, 3])
def test_list_needs_seven_queries_whatever_its_length(client, django_assert_num_queries, rows):
    for _ in range(rows):
        make_post(principles=[1, 2])
    Chapter.load()
    with django_assert_num_queries(7):
        client.get("/nb/blog/")


@pytest.mark.parametrize("rows", [1, 3])
def test_post_page_needs_the_same_queries_for_many_comments(client, django_assert_num_queries, rows):
    post = make_post(principles=[1], summary_of=make_event(starts_in=timedelta(days=-2)))
    for _ in range(rows):
        make_comment(post=post)
    Chapter.load()
    with django_assert_num_queries(11):
        client.get(post.get_absolute_url())


def test_anonymous_pages_set_no_cookie(client):
    post = make_post()
    for path in ("/nb/blog/", post.get_absolute_url(), "/nb/blog/feed/"):
        assert client.get(path).cookies == {}


@pytest.mark.parametrize(("words", "minutes"), [(0, 1), (1, 1), (299, 1), (301, 2), (1000, 5)])
def test_reading_time_is_in_whole_minutes_and_at_least_one(words, minutes):
    assert make_post(body="word " * words).reading_minutes == minutes


def test_reading_time_counts_no_addresses_and_no_marks():
    assert make_post(body="[word](https://example.org/a-b) **word** " * 150).reading_minutes == 2


def test_neighbours_are_those_of_the_list_without_double_translations(client):
    original = make_post(language="nb", published_at=timezone.now() - timedelta(days=3))
    make_post(language="sv", translation_of=original, published_at=timezone.now() - timedelta(days=2))
    assert client.get(make_post().get_absolute_url()).context["older"] == original
