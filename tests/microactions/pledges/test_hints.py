"""Hints at vague words: found in three languages, said once, and never in anybody's way."""

import unicodedata

import pytest
from django.urls import reverse

from microactions.models import Microaction
from microactions.pledges import hints
from tests.factories import make_member, make_microaction

pytestmark = pytest.mark.django_db

SAYS = "is a bit vague. What is the first thing you’ll do, and when?"


@pytest.mark.parametrize(
    ("language", "text", "phrase"),
    [
        ("nb", "Bidra til bedre samarbeid", "Bidra til"),
        ("nb", "Jeg skal fokusere mer på brukerne", "fokusere mer på"),
        ("nb", "Jobber for åpenhet", "Jobber for"),
        ("nb", "jobbe med kulturen", "jobbe med"),
        ("nb", "Ha større fokus på klarspråk", "Ha større fokus på"),
        ("nb", "PRØVE Å lytte", "PRØVE Å"),
        ("nb", "Bli flinkere til å si ifra", "Bli flinkere til"),
        ("nb", "Være bedre på å dele", "Være bedre på"),
        ("nb", "Legge bedre til rette for nye", "Legge bedre til rette for"),
        ("sv", "Bidrar till öppenhet", "Bidrar till"),
        ("sv", "Jobba aktivt för mångfald", "Jobba aktivt för"),
        ("sv", "Försöka lyssna mer", "Försöka"),
        ("sv", "Bli bättre på att dela", "Bli bättre på"),
        ("sv", "Skapa goda förutsättningar för samverkan", "Skapa goda förutsättningar för"),
        ("en", "Contribute to a better culture", "Contribute to"),
        ("en", "Focusing on users", "Focusing on"),
        ("en", "I will try to listen", "try to"),
        ("en", "Get better at sharing", "Get better at"),
        ("en", "Work towards openness", "Work towards"),
    ],
)
def test_vague_phrase_is_found_as_it_was_written(language, text, phrase):
    assert hints.find(text, language) == phrase


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Ring arkivet og spør hva de savner i skjemaet",
        "Prøve ut skjemaet på telefonen med Kari",
        "Spørre dem som jobber med arkiv om en kopi",
        "Göra ett försök med öppen dörr på tisdag",
        "Fråga dem som arbetar med arkivet",
        "Ask those who work on the forms for one example",
        "Write to the workshop about industry today",
        "Show a visitor what we are working on",
        "Medbidra tilfeldig; fokusere påfallende",
    ],
)
@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_steps_and_parts_of_words_are_left_alone(text, language):
    assert hints.find(text, language) == ""


def test_writers_language_is_looked_at_first_and_then_the_others():
    text = "Contribute to more, bidra til mer"
    assert (hints.find(text, "en"), hints.find(text, "nb")) == ("Contribute to", "bidra til")
    assert hints.find("Bidra till mer", "en") == "Bidra till"


def test_letters_in_parts_and_odd_spaces_are_the_same_words():
    decomposed = unicodedata.normalize("NFD", "Prøve  å\nlytte, ha fokus på dem")
    assert hints.find(decomposed.replace("Prøve", "Gjøre"), "nb") == "ha fokus på"
    assert hints.find("Prøve \u00a0å lytte", "nb") == "Prøve å"


def test_long_texts_are_looked_through_at_once():
    assert hints.find("ha et " * 5000, "nb") == ""


def test_guest_is_told_once_after_the_pledge_is_stored(client, typed):
    page = client.post(reverse("pledge"), typed(what="Contribute to <b>"), follow=True).text
    assert "“Contribute to” " + SAYS + " You can edit the text once you have confirmed." in page
    assert Microaction.objects.get().what == "Contribute to <b>"
    assert SAYS not in client.get(reverse("pledge_sent")).text


def test_member_is_told_once_with_a_link_to_other_words(client, typed):
    client.force_login(make_member())
    answer = client.post(reverse("pledge"), typed(what="Try to listen"))
    made = Microaction.objects.get()
    link = f'“Try to” {SAYS} <a href="{made.get_absolute_url()}?change=words#words">Edit the text</a>'
    assert link in client.get(answer.url).text
    assert link not in client.get(answer.url).text


def test_clear_words_bring_no_hint(client, typed):
    assert "is a bit vague" not in client.post(reverse("pledge"), typed(), follow=True).text


def test_form_that_comes_back_says_it_below_the_field(client, typed):
    page = client.post(reverse("pledge"), typed(what="Try to listen", due_on="")).text
    assert f'<p class="field__hint" id="id_what_hint" role="status" data-hint-line>“Try to” {SAYS}</p>' in page


def test_empty_form_brings_the_phrases_and_an_empty_line(client):
    page = client.get(reverse("pledge")).text
    assert '<p class="field__hint" id="id_what_hint" role="status" data-hint-line></p>' in page
    assert 'data-hint-shown-in="id_what_hint"' in page
    assert 'aria-describedby="id_what_helptext id_what_hint"' in page
    assert "js/hints" in page


def test_own_page_hints_where_the_words_are_changed(client):
    made = make_microaction(what="Try to listen")
    page = client.get(reverse("microaction_manage", args=[made.token])).text
    assert f'<p class="field__hint" id="reword_what_hint" role="status" data-hint-line>“Try to” {SAYS}</p>' in page
