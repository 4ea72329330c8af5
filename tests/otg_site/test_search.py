"""Search over principles, events, microactions, posts and pages."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from chapter.models import Page
from chapter.wordings import adopt_wording
from events.models import Event
from microactions.models import Microaction
from otg_site.search import mark, search, words_of
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


def test_a_single_letter_is_not_the_beginning_of_everything():
    make_post(title="Informasjonssikkerhet", body="Zeppelin 7 lander")
    assert found("i") == []
    assert ("post", "Informasjonssikkerhet") in found("7")


def test_a_word_said_often_is_asked_for_once():
    assert words_of("kaffe kaffe kaffe te kaffe") == ["kaffe", "te"]


def test_what_stands_far_down_in_a_text_is_found_as_well():
    make_post(title="Langt", body="ord " * 2000 + "zeppelin")
    assert found("zeppelin") == [("post", "Langt")]


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
    with django_assert_num_queries(8):
        client.get("/nb/search/?q=zeppelin")
    for n in range(1, 30):
        make_post(title=f"Zeppelin {n}")
    with django_assert_num_queries(8):
        client.get("/nb/search/?q=zeppelin")


@pytest.mark.parametrize("key", ["about", "code-of-conduct", "privacy", "accessibility"])
def test_chapters_own_pages_are_found(client, key):
    adopt_wording(Page.objects.get(key=key), language="nb", title="Zeppelin")
    assert f'href="/nb/{key}/"' in client.get("/nb/search/?q=zeppelin").content.decode()


def test_tagline_is_no_page_to_find():
    adopt_wording(Page.objects.get(key="home"), language="nb", title="Zeppelin")
    assert found("zeppelin") == []


def test_scheduled_post_and_withdrawn_microactions_are_not_found():
    make_post(title="Zeppelin tomorrow", published_at=timezone.now() + timedelta(days=1))
    make_microaction(what="Zeppelin pending", status=Microaction.Status.PENDING)
    make_microaction(what="Zeppelin let go", status=Microaction.Status.LET_GO)
    assert found("zeppelin") == []


def test_cancelled_event_is_still_found():
    make_event(title="Zeppelin", state=Event.State.CANCELLED)
    assert found("zeppelin") == [("event", "Zeppelin")]


def test_all_words_must_be_there_and_only_the_last_may_be_unfinished():
    make_post(title="Zeppelin over fjorden")
    assert (found("zeppelin fjo"), found("zeppe fjorden"), found("zeppelin tog")) == (
        [("post", "Zeppelin over fjorden")],
        [],
        [],
    )


def test_result_of_a_microaction_is_found():
    make_microaction(what="Tried it", result="A zeppelin", status=Microaction.Status.DONE)
    assert found("zeppelin", "en") == [("microaction", "Tried it")]


def test_text_in_another_language_is_found_and_marked_as_such(client):
    make_post(title="Zeppelin på svenska", language="sv")
    assert 'lang="sv"' in client.get("/nb/search/?q=zeppelin").content.decode()


@pytest.mark.parametrize("marks", ["", " !&|():*'\\"])
def test_marks_between_words_change_nothing(marks):
    make_post(title="Zeppelin over fjorden")
    assert len(found(f"{marks}zeppelin{marks} {marks}fjorden{marks}")) == 1


@pytest.mark.parametrize("kind", ["title", "body"])
@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Metoden 25/10 i praksis", "25/10"),
        ("Metoden 1-3-9 på en kveld", "1-3-9"),
        ("Etter covid-19", "covid-19"),
        ("Etter covid-19", "covid"),
        ("Med kaffe/te og kake", "kaffe/te"),
        ("Med kaffe/te og kake", "te"),
        ("Les oneteamgov.no først", "oneteamgov.no"),
        ("Les https://www.oneteamgov.no/om først", "oneteamgov.no"),
        ("Vi begynner 11.30 presis", "11.30"),
        ("Skriv til kari@example.org", "kari@example.org"),
        ("Om C++/Rust <b> og R&D", "R&D"),
    ],
)
def test_words_without_a_space_between_them_are_found(kind, written, asked):
    make_post(**{"title": "Noe annet", "body": "x", kind: written})
    make_post(title="Femogtjue 2510", body="139 covid")
    with translation.override("nb"):
        hits = [hit for hit in mark(search(asked), asked) if hit.kind == "post" and hit.title != "Femogtjue 2510"]
    assert len(hits) == 1
    assert "<mark>" in f"{hits[0].title}{hits[0].passage}"
    assert "\x04" not in f"{hits[0].title}{hits[0].passage}"


def test_ninth_word_is_not_asked_for():
    make_post(title="en to tre fire fem seks sju åtte")
    assert len(found("en to tre fire fem seks sju åtte elefant")) == 1


@pytest.mark.parametrize(("page", "shown"), [("1", 20), ("2", 5), ("99", 5), ("x", 20)])
def test_hits_come_twenty_to_a_page(client, page, shown):
    for n in range(25):
        make_post(title=f"Zeppelin {n}")
    assert len(client.get(f"/nb/search/?q=zeppelin&page={page}").context["hits"]) == shown


def test_passage_is_taken_from_around_the_word():
    make_post(title="Title", body="Before. " * 100 + "The zeppelin <landed> & left. " + "After. " * 100)
    with translation.override("en"):
        (hit,) = mark(search("zeppelin"), "zeppelin")
    assert ("<mark>zeppelin</mark>" in hit.passage, len(hit.passage) < 600) == (True, True)
    assert "<landed>" not in hit.passage


def test_every_form_of_the_word_is_marked_in_its_own_language():
    make_post(title="Flickorna fikar", language="sv", body="En flicka till")
    (hit,) = mark(search("flickor"), "flickor")
    assert hit.title == "<mark>Flickorna</mark> fikar"
    assert hit.passage.endswith("<mark>flicka</mark> till")


def test_what_was_asked_is_shown_as_text(client):
    page = client.get("/en/search/", {"q": '"><script>alert(1)</script>'}).content.decode()
    assert ("<script>alert" in page, "&quot;&gt;&lt;script&gt;" in page) == (False, True)


@pytest.fixture(params=["asked of the index", "among the latest", "narrowed by the others"])
def way(request, monkeypatch):
    """Each of the ways in which words are found, made with few rows."""
    latest, often = {"asked of the index": (1, 99), "among the latest": (600, 99), "narrowed by the others": (1, 1)}[
        request.param
    ]
    for name, value in {"LATEST": latest, "SAMPLE": 99, "OFTEN": often, "NEWEST": 3}.items():
        monkeypatch.setattr("otg_site.search." + name, value)


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("zeppelin", ["Zeppelin og fjord", "Zeppelin og tog"]),
        ("zeppelin fjo", ["Zeppelin og fjord"]),
        ("fjorden zepp", ["Zeppelin og fjord"]),
        ("zeppelin og fjord", ["Zeppelin og fjord"]),
        ("og zeppelin", ["Zeppelin og fjord", "Zeppelin og tog"]),
        ("fjord", ["Fjord", "Fjorder", "Zeppelin og fjord"]),
        ("zeppelin båt", []),
        ("båt zepp", []),
    ],
)
def test_all_ways_find_the_same(way, asked, titles):
    for title in ["Fjord", "Fjorder", "Zeppelin og tog", "Zeppelin og fjord"]:
        make_post(title=title, body="x")
    assert sorted(title for _, title in found(asked)) == titles


def test_what_is_held_or_older_is_found_and_hidden_alike_in_all_ways(way):
    for n in range(3):
        make_post(title=f"Zeppelin {n}", body="x", is_draft=n == 1)
    assert sorted(title for _, title in found("zeppelin")) == ["Zeppelin 0", "Zeppelin 2"]


def test_a_text_that_was_changed_is_found_by_its_new_words():
    post = make_post(title="Zeppelin")
    type(post).objects.filter(pk=post.pk).update(title="Fjord", language="sv")
    assert (found("zeppelin"), found("fjord")) == ([], [("post", "Fjord")])


@pytest.mark.parametrize(
    ("body", "passage"),
    [
        ("The zeppelin has landed.", "The <mark>zeppelin</mark> has landed."),
        (
            "Nothing here at all. " * 20 + "At dusk the old grey zeppelin came down. " + "Nobody saw it come. " * 20,
            "… Nothing here at all. At dusk the old grey <mark>zeppelin</mark> came down.",
        ),
        ("word " * 60 + "zeppelin " + "word " * 60, "… word word"),
    ],
)
def test_passage_begins_with_a_sentence_or_says_that_it_does_not(body, passage):
    make_post(title="Title", body=body)
    with translation.override("en"):
        (hit,) = mark(search("zeppelin"), "zeppelin")
    assert hit.passage.startswith(passage)


def test_passage_of_two_places_says_what_is_left_out_between():
    make_post(title="Title", body="The zeppelin rose. " + "Nothing at all. " * 60 + "The zeppelin fell.")
    with translation.override("en"):
        (hit,) = mark(search("zeppelin"), "zeppelin")
    first, second = hit.passage.split("… ")
    assert first.startswith("The <mark>zeppelin</mark> rose. Nothing at all.")
    assert second.startswith("Nothing at all.") and second.endswith("The <mark>zeppelin</mark> fell.")
