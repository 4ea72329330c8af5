"""The wall's Atom feed."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse
from django.utils import timezone

from chapter.models import Chapter
from microactions.wall.feeds import ENTRIES
from tests.factories import make_microaction

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def entries(client, language="en"):
    answer = client.get(f"/{language}{reverse('wall_feed')[3:]}")
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")


def test_newest_word_comes_first(client):
    long_ago = timezone.now() - timedelta(days=9)
    make_microaction(what="Old pledge, new result", status="done", created_at=long_ago)
    make_microaction(what="Recent pledge", created_at=timezone.now() - timedelta(days=1))
    assert [entry.findtext(f"{ATOM}title") for entry in entries(client)] == [
        "Old pledge, new result",
        "Recent pledge",
    ]


def test_hostile_words_stay_words(client):
    make_microaction(
        what="Tea & <b>\u0007]]>", status="done", result="<script>x</script>", name="<i>&", language="sv"
    )
    (entry,) = entries(client)
    assert entry.findtext(f"{ATOM}title") == "Tea & <b>]]>"
    assert entry.findtext(f"{ATOM}summary") == "<p>&lt;script&gt;x&lt;/script&gt;</p>"
    assert (entry.findtext(f"{ATOM}author/{ATOM}name"), entry.get(LANG)) == ("<i>&", "sv")


def test_entry_is_the_same_in_every_language(client):
    make_microaction()
    assert len({entries(client, code)[0].findtext(f"{ATOM}id") for code in ("nb", "sv", "en")}) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_feed_takes_the_same_queries(client, django_assert_num_queries, rows):
    for _ in range(rows):
        make_microaction()
    client.get(reverse("wall_feed"))
    with django_assert_num_queries(2):
        client.get(reverse("wall_feed"))


def test_pledge_without_a_plan_has_an_empty_summary(client):
    make_microaction()
    assert [entry.findtext(f"{ATOM}summary") for entry in entries(client)] == [""]


def test_feed_ends_after_the_latest_thirty(client):
    for number in range(ENTRIES + 1):
        make_microaction(what=f"note {number}")
    titles = [entry.findtext(f"{ATOM}title") for entry in entries(client)]
    assert (len(titles), titles[0], titles[-1]) == (30, "note 30", "note 1")


def test_entry_was_published_when_pledged_and_updated_when_told(client):
    pledged, told = timezone.now() - timedelta(days=9), timezone.now() - timedelta(days=1)
    make_microaction(status="done", created_at=pledged, result_at=told)
    (entry,) = entries(client)
    stamps = [entry.findtext(f"{ATOM}{name}")[:10] for name in ("published", "updated")]
    assert stamps == [f"{pledged:%Y-%m-%d}", f"{told:%Y-%m-%d}"]


def test_pledge_shows_its_plan_until_there_is_a_result(client):
    make_microaction(cue="come in", first_step="Make tea", language="en")
    assert "When I come in, I will make tea." in entries(client)[0].findtext(f"{ATOM}summary")


def test_unnamed_entry_names_nobody_and_the_feed_its_chapter(client):
    make_microaction()
    assert entries(client)[0].find(f"{ATOM}author") is None
    feed = ElementTree.fromstring(client.get("/sv/microactions/feed/").content)
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == Chapter.load().name
    assert feed.find(f"{ATOM}link[@rel='self']").get("href").endswith("/sv/microactions/feed/")
