"""Search over principles, events, microactions, posts and pages."""

import pytest
from django.utils import translation

from chapter.wordings import adopt_wording
from events.models import Event
from microactions.models import Microaction
from otg_site.search import search
from tests.factories import make_event, make_microaction, make_post

pytestmark = pytest.mark.django_db


def found(text, language="nb"):
    with translation.override(language):
        return [(hit.kind, hit.title) for hit in search(text)]


def test_finds_all_kinds():
    make_event(title="Zeppelinkaffe")
    make_post(title="Zeppelinkaffe i praksis")
    make_microaction(what="Invitere til zeppelinkaffe")
    assert {kind for kind, _ in found("zeppelinkaffe")} == {"event", "post", "microaction"}


@pytest.mark.parametrize(
    ("language", "written", "asked"),
    [
        ("nb", "Møtene med innbyggerne", "møte innbygger"),
        ("sv", "Flickorna fikar", "flicka"),
        ("en", "Zeppelins landing", "zeppelin land"),
    ],
)
def test_stems_in_the_language_of_the_text(language, written, asked):
    make_post(title=written, body="x", language=language)
    assert found(asked, language) == [("post", written)]


def test_last_word_may_be_unfinished():
    make_post(title="Informasjonssikkerhetssamordning")
    assert found("informasjonss") == [("post", "Informasjonssikkerhetssamordning")]


def test_a_subject_is_found_once_in_the_readers_language():
    event = make_event(title="Kaffe zeppelin", language="nb")
    adopt_wording(event, language="sv", title="Fika zeppelin")
    assert (found("zeppelin", "nb"), found("zeppelin", "sv")) == (
        [("event", "Kaffe zeppelin")],
        [("event", "Fika zeppelin")],
    )


def test_title_weighs_more_than_text():
    make_post(title="Something else", body="zeppelin " * 3)
    make_post(title="Zeppelin", body="something")
    assert found("zeppelin", "en")[0] == ("post", "Zeppelin")


def test_what_is_not_public_is_not_found():
    make_event(title="Zeppelin draft", state=Event.State.DRAFT)
    make_post(title="Zeppelin draft", is_draft=True)
    make_microaction(what="Zeppelin for me", visibility=Microaction.Visibility.ME)
    make_microaction(what="Zeppelin held", held=True)
    old = make_event(title="Zeppelin before")
    adopt_wording(old, language="nb", title="Another title")
    assert found("zeppelin") == []


def test_words_are_marked_and_the_rest_is_escaped(client):
    make_post(title="Zeppelin <script>", body="The zeppelin & more")
    page = client.get("/en/search/?q=zeppelin").content.decode()
    assert "<mark>Zeppelin</mark> &lt;script&gt;" in page
    assert "<script>" not in page


@pytest.mark.parametrize(
    "text", ["", " ", "'", "a & | ! ( ) :*", "\x00", "%", "å" * 5000, "<b>", "æ" + "\\" * 50, "-1 or 1=1"]
)
def test_any_query_has_an_answer(client, text):
    assert client.get("/nb/search/", {"q": text}).status_code == 200


def test_search_takes_the_same_queries_for_one_and_many(client, django_assert_num_queries):
    make_post(title="Zeppelin 0")
    with django_assert_num_queries(4):
        client.get("/nb/search/?q=zeppelin")
    for n in range(1, 30):
        make_post(title=f"Zeppelin {n}")
    with django_assert_num_queries(4):
        client.get("/nb/search/?q=zeppelin")
