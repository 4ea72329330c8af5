"""The hub of the feeds: named where it should be, told of each change once, and of none when there is no hub."""

from datetime import timedelta
from urllib.parse import parse_qsl
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from blog import tasks as blog_tasks
from blog.models import Post
from chapter.models import FeedTold
from chapter.transfer import fetching
from microactions import tasks as microaction_tasks
from tests.chapter.transfer.test_fetching import site  # noqa: F401
from tests.factories import make_microaction, make_post

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ["blog_feed", "wall_feed"]


@pytest.fixture
def hub(site, settings):  # noqa: F811
    """A hub on this machine, which knows all feeds as they are."""
    site.pages["/hub"] = 204, {}, b""
    settings.WEBSUB_HUB = site.at("/hub")
    run()
    site.posted.clear()
    return site


def run():
    blog_tasks.tell_hub(0)
    microaction_tasks.tell_hub(0)


def topics(hub):
    """What the hub was told of, without the site's own address."""
    told = [(path, dict(parse_qsl(body))) for path, body in hub.posted]
    assert all((path, form["hub.mode"]) == ("/hub", "publish") for path, form in told)
    return [form["hub.url"].removeprefix(settings.SITE_URL) for _, form in told]


def test_without_a_hub_nobody_is_told_and_no_feed_names_one(client, site):  # noqa: F811
    make_post()
    run()
    assert (site.posted, FeedTold.objects.exists()) == ([], False)
    for name in FEEDS:
        answer = client.get(reverse(name))
        assert ("hub" in answer.text, answer.has_header("Link")) == (False, False)


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_feed_names_its_hub_and_itself(client, settings, name, language):
    settings.WEBSUB_HUB = "https://hub.example.org/"
    address = reverse(name).replace("/nb/", f"/{language}/")
    answer = client.get(address)
    own = settings.SITE_URL + address
    assert answer["Link"] == f'<https://hub.example.org/>; rel="hub", <{own}>; rel="self"'
    links = [link.attrib for link in ElementTree.fromstring(answer.content).findall(f"{ATOM}link")]
    assert {(link["rel"], link["href"]) for link in links} >= {("hub", "https://hub.example.org/"), ("self", own)}


def test_new_post_is_told_once_and_in_its_language_alone(hub):
    make_post(language="sv")
    run()
    run()
    assert topics(hub) == ["/sv/blog/feed/"]


def test_post_that_was_scheduled_is_told_when_its_time_has_come(hub):
    post = make_post(published_at=timezone.now() + timedelta(hours=1))
    run()
    assert hub.posted == []
    Post.objects.filter(pk=post.pk).update(published_at=timezone.now())
    run()
    assert topics(hub) == ["/nb/blog/feed/"]


def test_change_and_end_of_a_post_are_told(hub):
    post = make_post()
    run()
    Post.objects.filter(pk=post.pk).update(changed_at=timezone.now())
    run()
    post.delete()
    run()
    assert topics(hub) == ["/nb/blog/feed/"] * 3


def test_draft_and_private_microaction_are_not_told(hub):
    make_post(is_draft=True)
    make_microaction(visibility="me")
    run()
    assert hub.posted == []


def test_result_on_the_wall_is_told_in_each_language(hub):
    make_microaction(status="done", result="It worked")
    run()
    assert topics(hub) == [f"/{code}/microactions/feed/" for code in ("nb", "sv", "en")]


def test_what_the_hub_does_not_take_is_told_again(hub):
    hub.pages["/hub"] = 503, {}, b""
    make_microaction()
    run()
    assert len(hub.posted) == 1  # and not for each language
    hub.pages["/hub"] = 202, {}, b""
    run()
    assert len(hub.posted) == 4


@pytest.mark.parametrize("address", ["http://10.0.0.1/hub", "http://[::1]/hub", "http://169.254.169.254/"])
def test_hub_that_is_not_on_the_public_internet_is_not_asked(settings, address):
    settings.WEBSUB_HUB = address
    make_post()
    run()
    assert not FeedTold.objects.exists()


def test_form_is_not_sent_on_to_where_a_hub_redirects(site):  # noqa: F811
    site.pages["/hub"] = 307, {"Location": "/other"}, b""
    with pytest.raises(fetching.FetchError) as caught:
        fetching.post(site.at("/hub"), {"hub.mode": "publish"}, timeout=30)
    assert (caught.value.code, [path for path, _ in site.posted]) == ("status", ["/hub"])


def test_hub_that_is_away_is_no_error(settings, site):  # noqa: F811
    settings.WEBSUB_HUB = "http://127.0.0.1:9/"
    make_post()
    run()
    assert not FeedTold.objects.exists()
