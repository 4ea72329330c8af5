"""The idea bank: enough for each slot of time, good enough for its own hints, and one tap from a pledge."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from microactions.models import MAX_WHAT, Microaction
from microactions.pledges import hints, ideas
from principles.models import PrincipleWording
from tests.factories import make_event, make_member

pytestmark = pytest.mark.django_db


def start(client, query):
    return client.get(reverse("pledge") + query).context["form"]


def test_each_slot_has_six_to_eight_ideas_and_each_idea_a_key_of_its_own():
    assert [minutes for minutes, _ in ideas.by_minutes()] == [2, 5, 15, 60]
    assert {6 <= len(found) <= 8 for _, found in ideas.by_minutes()} == {True}
    assert len(ideas.BY_KEY) == len(ideas.IDEAS) == sum(len(found) for _, found in ideas.by_minutes())


def test_every_principle_has_an_idea():
    assert {idea.principle for idea in ideas.IDEAS} == set(range(1, 8))


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_every_idea_fits_in_a_pledge_and_is_no_direction(language):
    with translation.override(language):
        words = [str(idea.what) for idea in ideas.IDEAS]
    assert [text for text in words if len(text) > MAX_WHAT or hints.find(text, language)] == []


def test_page_shows_all_with_principle_and_way_in(client):
    PrincipleWording.objects.filter(principle_id=5, language="en").delete()
    page = client.get(reverse("idea_bank")).text
    assert page.count('class="chip principle-') == len(ideas.IDEAS)
    assert f'href="{reverse("pledge")}?idea=service-desk">' in page


def test_idea_and_its_principle_stand_in_the_form(client):
    form = start(client, "?idea=service-desk")
    assert (form["what"].value(), form["principle"].value()) == (str(ideas.find("service-desk").what), 5)
    assert "what people asked about most today" in str(form["what"])


@pytest.mark.parametrize("query", ["?idea=unknown", "?idea=%00", "?idea=", "?idea[]=draft", "?idea=DRAFT"])
def test_unknown_idea_is_an_empty_form(client, query):
    form = start(client, query)
    assert (form["what"].value(), form["principle"].value()) == (None, None)


def test_meetup_comes_along_from_its_page_to_the_pledge(client):
    event = make_event()
    page = client.get(reverse("idea_bank") + f"?event={event.slug}").text
    query = f"?idea=draft&event={event.slug}"
    assert query.replace("&", "&amp;") in page
    assert start(client, query)["event"].value() == event.pk


def test_meetup_that_is_none_is_left_out(client):
    page = client.get(reverse("idea_bank") + "?event=a%22b").text
    assert f'{reverse("pledge")}?idea=draft">' in page


def test_idea_is_stored_like_any_other_words(client, typed):
    client.force_login(make_member())
    client.post(reverse("pledge") + "?idea=draft", typed(what="Post the link to my draft, on Monday"))
    assert Microaction.objects.get().what == "Post the link to my draft, on Monday"


@pytest.mark.parametrize("name", ["wall", "pledge", "home", "me"])
def test_those_without_an_idea_find_the_bank(client, name):
    client.force_login(make_member())
    assert reverse("idea_bank") in client.get(reverse(name)).text


def test_meetup_without_microactions_links_to_the_bank(client):
    event = make_event(starts_in=timedelta(days=-2))
    assert f"{reverse('idea_bank')}?event={event.slug}" in client.get(event.get_absolute_url()).text


@pytest.mark.parametrize("number", range(1, 8))
def test_ideas_for_one_principle_alone(client, number):
    page = client.get(reverse("idea_bank") + f"?principle={number}")
    found = [idea for _, slot in page.context["slots"] for idea, _ in slot]
    assert found == [idea for idea in ideas.IDEAS if idea.principle == number]
    assert all(slot for _, slot in page.context["slots"])


@pytest.mark.parametrize("number", ["0", "8", "x", "%00"])
def test_senseless_principle_shows_all_ideas(client, number):
    page = client.get(reverse("idea_bank") + f"?principle={number}")
    assert sum(len(slot) for _, slot in page.context["slots"]) == len(ideas.IDEAS)
