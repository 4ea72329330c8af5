"""The pledge form at a board: started from an idea, with a gentle hint when the words are vague."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from microactions.models import Microaction
from microactions.pledges import ideas
from tests.facilitation.table.table import Person
from tests.factories import make_board, make_member

pytestmark = pytest.mark.django_db
VAGUE = "Bidra til åpenhet"


def seated(phase="microaction", **options):
    closed = {"closed_at": timezone.now(), "sealed_at": timezone.now()} if phase == "closed" else {}
    person = Person(make_board(), **options).join("Kari")
    type(person.board).objects.update(phase=phase, **closed)
    return person


def pledge(person, what=VAGUE, **fields):
    due = timezone.localdate() + timedelta(days=7)
    return person.do("pledge", client_id=uuid4(), what=what, due_on=due, visibility="me", **fields)


# The idea bank


def test_idea_bank_that_was_opened_at_a_board_leads_back_there(client):
    kari = seated()
    bank = f"{reverse('idea_bank')}?board={kari.board.code}"
    assert f'href="{bank}"' in kari.page()
    page = client.get(bank).text
    assert page.count(f'href="{kari.address()}?idea=') == len(ideas.IDEAS)
    assert reverse("pledge") not in page


@pytest.mark.parametrize("part", [(), ("mine",)])
def test_idea_stands_in_the_form_of_the_board(part):
    page = seated().page(*part, idea="draft")
    assert f">\n{ideas.find('draft').what}</textarea>" in page
    assert 'data-draft="idea-draft"' in page


def test_part_that_is_fetched_later_keeps_the_idea():
    kari = seated()
    assert f'data-mine="{kari.address("mine")}?idea=draft"' in kari.page(idea="draft")
    assert f'data-mine="{kari.address("mine")}"' in kari.page(idea="<nothing>")


def test_closed_board_passes_the_idea_on_to_the_open_form():
    kari = seated(phase="closed")
    assert f'href="{reverse("pledge")}?event={kari.board.event.slug}&amp;idea=draft"' in kari.page(idea="draft")


def test_what_was_refused_stays_instead_of_the_idea():
    kari = seated()
    due = timezone.localdate() - timedelta(days=7)
    fields = {"client_id": uuid4(), "what": "My own words", "due_on": due, "visibility": "me"}
    refused = kari.client.post(f"{kari.address('do', 'pledge')}?idea=draft", fields)
    assert (refused.status_code, ">\nMy own words</textarea>" in refused.text) == (422, True)


# The hint


def test_form_brings_the_phrases_and_the_page_the_script():
    page = seated().page()
    assert "data-hints=" in page and "js/hints.js" in page


def test_without_a_script_the_hint_comes_after_storing_with_the_way_to_change_the_words():
    kari = seated()
    page = kari.client.get(pledge(kari)["Location"]).text
    address = reverse("microaction_manage", args=[Microaction.objects.get().token])
    assert "«Bidra til»" in page and f'href="{address}?change=words#words"' in page


def test_member_changes_the_words_on_their_own_page():
    kari = seated(member=make_member())
    page = kari.client.get(pledge(kari)["Location"]).text
    assert f'href="{Microaction.objects.get().get_absolute_url()}?change=words#words"' in page


def test_link_to_change_the_words_is_not_for_whoever_typed_an_address():
    kari = seated()
    page = kari.client.get(pledge(kari, email="somebody@example.org")["Location"]).text
    assert "«Bidra til»" in page and "change=words" not in page
    assert Microaction.objects.get().token not in page


@pytest.mark.parametrize(("what", "script"), [("Ring arkivet", False), (VAGUE, True)])
def test_nothing_is_said_of_a_step_nor_twice_to_those_with_a_script(what, script):
    kari = seated(script=script)
    pledge(kari, what)
    assert "«Bidra til»" not in kari.page()
