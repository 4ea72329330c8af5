"""The principles' pages as readers meet them."""

import re

import pytest
from django.urls import reverse
from django.utils import translation

from chapter.models import Chapter
from chapter.wordings import adopt_wording
from principles.models import Principle, PrincipleWording

pytestmark = pytest.mark.django_db
TITLES = {"nb": "Gjør ting i praksis", "sv": "Göra saker i praktiken", "en": "Take practical action"}


def get(client, name, *args, language="nb", query=""):
    with translation.override(language):
        return client.get(reverse(name, args=args) + query)


def page(client, name, *args, **where):
    response = get(client, name, *args, **where)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def only(number, *languages):
    """The principle with a current wording in these languages alone."""
    principle = Principle.objects.get(number=number)
    principle.wordings.all().delete()
    for language in languages:
        adopt_wording(principle, language=language, title=f"Title {language}", body=f"Body {language}.")
    return principle


# List and one page


@pytest.mark.parametrize("language", TITLES)
def test_list_has_seven_titles_in_the_pages_language(client, language):
    html = page(client, "principles", language=language)
    titles = re.findall(r'principle-card__title"> <a href="/\w\w/principles/(\d)/">(.*?)</a>', html)
    assert [number for number, _ in titles] == list("1234567")
    assert titles[1][1] == TITLES[language]


@pytest.mark.parametrize("language", TITLES)
def test_principle_has_its_title_and_text(client, language):
    html = page(client, "principle", 2, language=language)
    wording = PrincipleWording.objects.in_language(language).get(principle=2)
    assert re.findall(r"<h1>(.*?)</h1>", html) == [TITLES[language]]
    assert " ".join(wording.body_html.split()) in html


def test_neighbours_are_linked(client):
    html = page(client, "principle", 3)
    assert re.findall(r'rel="(prev|next)" href="(.*?)"', html) == [
        ("prev", "/nb/principles/2/"),
        ("next", "/nb/principles/4/"),
    ]


@pytest.mark.parametrize(("number", "rel"), [(1, ["next"]), (7, ["prev"])])
def test_ends_have_one_neighbour(client, number, rel):
    assert re.findall(r'rel="(prev|next)"', page(client, "principle", number)) == rel


@pytest.mark.parametrize("number", ["0", "8", "-1", "07", "1" + "0" * 40, "٣", "abc"])
@pytest.mark.parametrize("rest", ["", "poster/", "history/nb/", "wording/"])
def test_other_numbers_are_not_found(client, number, rest):
    assert client.get(f"/nb/principles/{number}/{rest}").status_code == 404


def test_text_in_another_language_is_marked_and_noted(client):
    only(2, "sv")
    html = page(client, "principle", 2, language="en")
    assert '<h1 lang="sv">Title sv</h1>' in html
    assert '<p class="lang-note" lang="en">Shown in Swedish</p>' in html
    assert re.findall(r'hreflang="(\w\w)" href="[^"]*://', html) == ["sv"]


def test_own_language_has_no_note(client):
    assert "lang-note" not in page(client, "principle", 2)


def test_list_marks_the_one_that_is_in_another_language(client):
    only(2, "sv")
    html = page(client, "principles", language="en")
    assert html.count("lang-note") == 1
    assert '<h2 class="principle-card__title" lang="sv">' in html


def test_shipped_wording_is_labelled_and_links_to_the_movement(client):

    Chapter.objects.update(movement_url="https://movement.example.org/")
    html = page(client, "principle", 2, language="en")
    assert "The project’s own plain-language wording" in html
    assert 'href="https://movement.example.org/"' in html


def test_adopted_wording_names_its_source_and_date(client):
    source = {"source_name": "Eksempelbevegelsen", "source_url": "https://page.example.org/p"}
    adopt_wording(only(2), language="nb", title="T", body="B", adopted_on="2018-03-12", **source)
    html = page(client, "principle", 2)
    assert '<a href="https://page.example.org/p" rel="noopener nofollow">Eksempelbevegelsen</a>' in html
    assert '<time datetime="2018-03-12">' in html
    assert "plain-language" not in html


def test_principle_without_any_wording_has_a_page(client):
    only(2)
    assert "<h1>2</h1>" in page(client, "principle", 2)


def test_only_organisers_see_the_way_to_a_new_wording(client, django_user_model):
    address = "/nb/principles/2/wording/"
    assert address not in page(client, "principle", 2)
    client.force_login(django_user_model.objects.create_user("kari@example.org", is_organiser=True))
    assert address in page(client, "principle", 2)


@pytest.mark.parametrize(
    ("name", "args", "queries"),
    [
        ("principles", [], 4),
        ("principle", [3], 9),  # five of them are the panels of other rooms
        ("principles_compare", [], 3),
        ("principle_history", [3, "nb"], 5),
        ("principle_poster", [3], 4),
        ("principles_poster", [], 4),
    ],
)
@pytest.mark.parametrize("versions", [1, 3])
def test_number_of_queries_is_constant(client, django_assert_num_queries, name, args, queries, versions):

    for version in range(versions):
        adopt_wording(Principle.objects.get(number=3), language="nb", title=f"T{version}")
    with django_assert_num_queries(queries):
        get(client, name, *args)


# Side by side


def test_two_languages_stand_side_by_side(client):
    html = page(client, "principles_compare", query="?left=sv&right=en&principle=2")
    assert re.findall(r'<h3 lang="(\w\w)">(.*?)</h3>', html) == [("sv", TITLES["sv"]), ("en", TITLES["en"])]


@pytest.mark.parametrize(("query", "principles"), [("", 1), ("?principle=", 7)])
def test_comparison_shows_one_principle_without_a_choice_and_all_seven_if_asked(client, query, principles):
    html = page(client, "principles_compare", language="sv", query=query)
    assert [code for code, _ in re.findall(r'<h3 lang="(\w\w)">(.*?)</h3>', html)] == ["sv", "nb"] * principles


@pytest.mark.parametrize(
    "query", ["?left=xx&right=nb", "?principle=8", "?principle=1" + "0" * 40, "?left=%00&right="]
)
def test_comparison_forgives_what_it_does_not_understand(client, query):
    assert len(re.findall("<h3 ", page(client, "principles_compare", query=query))) == 2


def test_missing_side_is_said(client):
    only(2, "nb")
    html = page(client, "principles_compare", language="en", query="?left=nb&right=sv&principle=2")
    assert re.findall(r"<h3 .*?</h3>", html) == ['<h3 lang="nb">Title nb</h3>']
    assert "There is no wording in this language yet." in html


# History


def test_history_shows_the_last_change_with_words_for_listeners(client):
    principle = only(2, "sv")
    adopt_wording(principle, language="sv", title="Title sv", body="Body new.")
    html = page(client, "principle_history", 2, "sv", language="en")
    assert "What changed from version 1 to 2" in html
    heard = re.search(r'<div class="diff prose" lang="sv">(.*?)</div>', html)[1]
    assert " ".join(re.sub(r"<(?!/?ins|/?del).*?>", "", heard).split()) == (
        "Title sv Body <del>[removed: sv. end of removed]</del> <ins>[added: new. end of added]</ins>"
    )


def test_history_lists_versions_with_source_and_date(client):
    principle = only(2, "sv")
    adopt_wording(principle, language="sv", title="New", source_name="Eksempelbloggen", adopted_on="2019-04-05")
    html = page(client, "principle_history", 2, "sv", language="en")
    assert re.findall(r'<a href="\?old=(\d)&amp;new=\d">Version', html) == ["2", "1"]
    assert '<time datetime="2019-04-05">5 Apr 2019</time>' in html
    assert "Eksempelbloggen" in html


def test_any_two_versions_can_be_compared(client):
    principle = only(2, "sv")
    for title in ("Second", "Third"):
        adopt_wording(principle, language="sv", title=title)
    html = page(client, "principle_history", 2, "sv", language="en", query="?old=1&new=3")
    assert "What changed from version 1 to 3" in html
    assert "Second" not in html


@pytest.mark.parametrize("query", ["?old=9&new=1" + "0" * 40, "?old=-1&new=abc", "?old=%00"])
def test_history_forgives_versions_that_are_not_there(client, query):
    adopt_wording(only(2, "sv"), language="sv", title="Second")
    html = page(client, "principle_history", 2, "sv", language="en", query=query)
    assert "What changed from version 1 to 2" in html


def test_hostile_words_are_shown_as_text(client):
    principle = only(2, "sv")
    adopt_wording(
        principle, language="sv", title="<script>x</script>", body="a <img src=x onerror=y>\n\n</ins><b>&amp;"
    )
    html = page(client, "principle_history", 2, "sv")
    assert "&lt;script&gt;x&lt;/script&gt;" in html
    assert not re.search("<script>|<img|<b>", html)


@pytest.mark.parametrize("language", ["sv", "xx"])
def test_language_without_wordings_has_no_history(client, language):
    only(2, "nb")
    assert client.get(f"/nb/principles/2/history/{language}/").status_code == 404
