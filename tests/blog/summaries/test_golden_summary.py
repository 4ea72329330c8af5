"""A whole evening as a board gives a draft with exactly its lists, in order, and no name that nobody ticked."""

import re

import pytest

from blog.summaries import actions as summaries
from blog.summaries import third_parties
from blog.summaries.sections import BODY
from tests.blog.summaries.golden import DELTA, MICROACTIONS, NOTES, PLUS, SECRET, TOPICS, golden_event
from tests.factories import make_organiser

pytestmark = pytest.mark.django_db
PROMPTS = {"how_was_it", "thanks", "closing"}
FOR_A_HALL = {"activities", "principles", "principles_prompt"}
FOR_EVENTS_WITHOUT_A_BOARD = {"topics_prompt", "microactions_prompt", "learned_prompt"}


def draft_of(*, language="nb"):
    return summaries.start_summary(
        golden_event(language=language), make_organiser(name="Ola Arrangør", bio="Koker kaffe.")
    )


@pytest.fixture
def draft():
    return draft_of()


@pytest.fixture
def in_english():
    return draft_of(language="en")


def lists_in(html):
    lists = re.findall(r"<[uo]l>(.*?)</[uo]l>", html, re.DOTALL)
    return [re.findall(r"<li>(.*?)</li>", one, re.DOTALL) for one in lists]


def test_lists_are_exactly_those_of_the_evening_in_their_order(draft):
    assert lists_in(draft.body_html) == [TOPICS, NOTES, TOPICS[1:], MICROACTIONS, PLUS, DELTA]
    assert [len(one) for one in lists_in(draft.body_html)] == [3, 12, 2, 4, 4, 3]


def test_sections_stand_in_order_and_all_of_them(draft):
    written = [key for key in BODY if key in draft.composed]
    assert written == [key for key in BODY if key not in FOR_EVENTS_WITHOUT_A_BOARD | FOR_A_HALL]
    places = [draft.body.index(draft.composed[key]) for key in written]
    assert places == sorted(places)
    assert draft.body == "\n\n".join(draft.composed[key] for key in written) + "\n"


def test_how_many_came_and_how_it_was_done_is_said_in_words(in_english):
    said = in_english.body_text
    assert (
        "There were five of us at the table: one organiser, one who had been here before and three new faces." in said
    )
    assert f"“{TOPICS[0]}” was pitched in three variants, which we merged into one." in said
    assert f"We voted to continue “{TOPICS[0]}” three times." in said
    assert "A topic got eight minutes to begin with, then four, then two." in said
    assert "we wrote five notes, gave them dots, talked about one topic, wrote microactions and looked back" in said


def test_microaction_that_it_came_of_is_told_first(in_english):
    earlier = "Anna Eksempel took a microaction home from Lean Coffee på toget on Wednesday 13 August 2025:"
    assert in_english.lead.startswith(f"{earlier} “Holde et treff i min egen by”. It led to this meetup.")
    assert in_english.lead.endswith("We met on Wednesday 17 September 2025 at Kafé Perrong, Eksempelby.")


def test_nobody_is_named_without_a_tick(draft):
    everything = f"{draft.title} {draft.lead} {draft.body} {draft.body_html} {draft.composed}"
    assert SECRET not in everything
    assert "Anna E. og Nykommer" in draft.body_text.replace(" and ", " og ")


def test_headings_are_valid(draft):
    levels = [int(level) for level in re.findall(r"<h(\d)", draft.body_html)]
    assert levels == [2, 2, 2, 3, 2, 2, 2, 3, 3, 2]


def test_initials_from_the_table_are_pointed_out(draft):
    (mention,) = third_parties.in_post(draft)
    assert (mention.words, mention.sentence) == ("BF og K", MICROACTIONS[2])


def test_author_stands_under_it_with_a_word_about_them(in_english):
    assert [(line.name, line.bio) for line in in_english.bylines.all()] == [("Ola Arrangør", "Koker kaffe.")]
    made_from = "Made from the board of Wednesday 17 September 2025, edited by Ola Arrangør."
    assert in_english.body.rstrip().endswith(made_from)


def test_next_meetup_is_linked(draft):
    assert re.search(r'<a href="/nb/events/kaffe-og-arkiv-\d+/" rel="[a-z ]+">Kaffe og arkiv</a>', draft.body_html)


def test_every_prompt_keeps_it_from_being_published_and_is_named(draft, organiser):
    page = organiser.post(f"/nb/blog/{draft.pk}/publish/", {"when": "now"})
    errors = page.context["form"].non_field_errors()
    assert len(errors) == len(PROMPTS)
    for key in PROMPTS:
        assert any(draft.composed[key].removeprefix("> ") in error for error in errors)


@pytest.mark.parametrize(("language", "times"), [("nb", "tre ganger"), ("sv", "tre gånger")])
def test_counts_are_said_in_every_language(language, times):
    said = draft_of(language=language).composed["method"]
    assert (said.count("tre varianter"), said.count(times)) == (1, 1)


@pytest.mark.parametrize("language", ["nb", "sv"])
def test_of_the_sites_own_words_none_stay_english(language):
    own, english = draft_of(language=language).composed, draft_of(language="en").composed
    same_word = {"plus", "delta"}
    assert {key for key in own if own[key] == english[key]} <= same_word
