"""What the readers' choices start with, what an organiser typed and keeps, and sheets without a text."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import translation

from chapter.wordings import adopt_wording
from principles.models import Principle, PrincipleWording
from tests.factories import make_organiser

pytestmark = pytest.mark.django_db
FORM = "/en/principles/3/wording/"


def chosen(client, address):
    form = client.get(address).context["form"]
    return form.cleaned_data


def make_versions(language="sv", *, days=()):
    principle = Principle.objects.get(number=2)
    principle.wordings.filter(language=language).delete()
    for day in days:
        adopt_wording(principle, language=language, title=f"Of {day}", body="Text.", adopted_on=day)
    return principle


# Comparing and history


@pytest.mark.parametrize(("language", "pair"), [("nb", "nb sv"), ("sv", "sv nb"), ("en", "en nb")])
def test_comparison_starts_with_the_readers_language_and_the_nearest(client, language, pair):
    data = chosen(client, f"/{language}/principles/compare/")
    assert (f"{data['left']} {data['right']}", data["principle"]) == (pair, 1)


def test_one_wrong_choice_leaves_the_others(client):
    data = chosen(client, "/nb/principles/compare/?left=en&right=xx&principle=4")
    assert (data["left"], data["right"], data["principle"]) == ("en", "sv", 4)


def test_a_language_beside_itself_is_the_same_text_twice(client):
    rows = client.get("/nb/principles/compare/?left=sv&right=sv&principle=4").context["rows"]
    [(_, (left, right))] = rows
    assert left == right


def test_history_offers_every_version_newest_first_and_starts_with_the_last_change(client):
    make_versions(days=["2019-01-05", "2020-02-06", "2021-03-07"])
    form = client.get("/en/principles/2/history/sv/").context["form"]
    assert [number for number, _ in form.fields["old"].choices] == [3, 2, 1]
    assert form.cleaned_data == {"old": 2, "new": 3}
    with translation.override("en"):
        assert str(form.fields["new"].choices[0][1]).startswith("Version 3, ")


def test_only_version_is_compared_with_itself(client):
    make_versions(days=["2019-01-05"])
    response = client.get("/en/principles/2/history/sv/")
    assert response.context["form"].cleaned_data == {"old": 1, "new": 1}
    assert {piece.kind for line in response.context["text_changes"] for piece in line} == {"same"}


def test_versions_can_be_compared_backwards(client):
    make_versions(days=["2019-01-05", "2020-02-06"])
    lines = client.get("/en/principles/2/history/sv/?old=2&new=1").context["title_changes"]
    assert [(piece.kind, piece.words) for piece in lines[0]] == [
        ("same", "Of"),
        ("removed", "2020-02-06"),
        ("added", "2019-01-05"),
    ]


# Writing


def test_form_starts_with_the_adopted_texts_source(client):
    client.force_login(make_organiser())
    source = {"source_name": "Eksempelbevegelsen", "source_url": "https://page.example.org/p"}
    adopt_wording(Principle.objects.get(number=3), language="sv", title="T", body="B", **source)
    initial = client.get(FORM + "?language=sv").context["form"].initial
    assert {name: initial[name] for name in source} == source


def test_error_keeps_every_field_as_it_was_typed(client):
    client.force_login(make_organiser())
    typed = {
        "language": "sv",
        "title": "",
        "body": "Ny <text>",
        "source_name": "Eksempelbevegelsen",
        "source_url": "page.example.org/p",
        "adopted_on": "2020-02-03",
    }
    response = client.post(FORM, typed)
    assert {name: response.context["form"][name].value() for name in typed} == typed
    assert "Ny &lt;text&gt;" in response.text


# Without a text, and in another language


@pytest.mark.parametrize("rest", ["", "2/", "2/poster/", "poster/", "compare/"])
def test_principle_without_any_wording_breaks_no_page(client, rest):
    make_versions()
    PrincipleWording.objects.filter(principle=2).delete()
    assert client.get(f"/nb/principles/{rest}").status_code == 200


def test_poster_in_another_language_is_marked_and_says_so(client):
    PrincipleWording.objects.filter(principle=2).exclude(language="sv").delete()
    page = client.get("/en/principles/2/poster/").text
    assert re.search(r'<article class="poster[^"]*" lang="sv">', page)
    assert "Shown in Swedish" in page


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_poster_of_all_has_seven_titles_and_the_address_in_each_language(client, language):
    page = client.get(f"/{language}/principles/poster/").text
    titles = re.findall(r'item-no">\d</span>\s*<span>(.*?)</span>', page)
    current = PrincipleWording.objects.in_language(language).order_by("principle")
    assert titles == list(current.values_list("title", flat=True))
    assert f"/{language}/principles/</span>" in page


def test_cut_poster_says_so(client):
    adopt_wording(Principle.objects.get(number=3), language="en", title="T", body="word " * 2_000)
    assert "The text is longer than a sheet" in client.get("/en/principles/3/poster/").text


# The command and the database


@pytest.mark.parametrize("missing", ["--language", "--source", "--adopted"])
def test_import_names_the_option_that_is_missing(missing):
    options = {"--language": "nb", "--source": "https://page.example.org/", "--adopted": "2018-03-12"}
    given = [word for name, value in options.items() if name != missing for word in (name, value)]
    with pytest.raises(CommandError, match=f"required: {missing}"):
        call_command("import_wordings", "page.txt", *given)


@pytest.mark.parametrize(
    ("change", "constraint"),
    [("principles_principle SET number = 8 WHERE number = 7", "principle_one_to_seven")]
    + [(f"principles_principlewording SET {column}", "principle_wording") for column in ("version = 2", "is_current = true")],
)  # fmt: skip
def test_database_keeps_seven_principles_and_one_current_wording(change, constraint):
    make_versions(days=["2019-01-05", "2020-02-06"])
    with pytest.raises(IntegrityError, match=constraint), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {change}")


# Cards


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("One. Two! " + "Three " * 60, "One. Two!"),
        ("Say “hello.” Then " + "go " * 90, "Say “hello.”"),
        ("On " * 90 + "and on.", "On " * 17 + "On…"),
        ("Version 2.1 is out. It is " + "good " * 50, "Version 2.1 is out."),
    ],
)
def test_card_of_a_principle_ends_with_a_sentence(text, opening):
    assert PrincipleWording(body_text=text).opening == opening


def test_principle_leads_to_the_ideas_for_it(client):
    assert f'href="{reverse("idea_bank")}?principle=3"' in client.get("/nb/principles/3/").text
