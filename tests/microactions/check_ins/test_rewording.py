"""Other words for one's own microaction: by its person, while it is open, looked at like a new one."""

import pytest
from django.urls import reverse

from microactions import pledges
from microactions.models import Microaction
from tests.factories import make_microaction

pytestmark = pytest.mark.django_db

WORDS = {"what": "Ring the archive", "moment": "at nine", "cue": "open the door", "first_step": "find the number"}
LINK = "Read https://example.org/today"


def words_of(microaction):
    return Microaction.objects.values(*WORDS).get(pk=microaction.pk)


def send(client, microaction, **words):
    return client.post(reverse("microaction_manage", args=[microaction.token]), {"action": "reword", **words})


def is_public(microaction):
    return Microaction.objects.public().filter(pk=microaction.pk).exists()


def test_person_with_the_link_changes_the_words(client):
    made = make_microaction(member=None, email="kari@example.org")
    page = client.get(send(client, made, **WORDS).url)
    assert "The text has been changed." in page.text
    assert words_of(made) == WORDS


def test_only_the_words_change(client):
    made = make_microaction(name="Kari")
    send(client, made, **WORDS, due_on="2030-01-01", visibility="me", name="Ola", status="done", principle="3")
    now = Microaction.objects.get(pk=made.pk)
    assert (now.due_on, now.visibility, now.name, now.status, now.principle) == (
        made.due_on,
        "public",
        "Kari",
        "open",
        None,
    )


def test_member_comes_back_to_their_own_page(client):
    made = make_microaction()
    client.force_login(made.member)
    assert send(client, made, **WORDS).url == made.get_absolute_url()


def test_link_of_the_hint_opens_the_form(client):
    made = make_microaction()
    address = reverse("microaction_manage", args=[made.token])
    assert '<details class="fold" id="words">' in client.get(address).text
    assert '<details class="fold" id="words" open>' in client.get(address + "?change=words").text


def test_what_cannot_be_empty_and_nothing_typed_is_lost(client):
    made = make_microaction()
    form = send(client, made, what="", moment="at noon").context["reword_form"]
    assert (list(form.errors), form["moment"].value()) == (["what"], "at noon")
    assert words_of(made)["what"] == made.what


@pytest.mark.parametrize("status", ["pending", "done", "partly", "let_go"])
def test_words_of_one_that_is_not_open_stay(client, status):
    made = make_microaction(member=None, email="kari@example.org", status=status)
    page = client.get(send(client, made, **WORDS).url).text
    assert "Not changed: you can only edit the text while the microaction is in progress." in page
    assert (words_of(made)["what"], 'id="words"' in page) == (made.what, False)


def test_new_link_waits_for_an_organiser():
    made = make_microaction()
    pledges.reword(made, what=LINK)
    assert (is_public(made), list(Microaction.objects.awaiting_approval())) == (False, [made])


def test_new_link_of_somebody_trusted_does_not_wait():
    made = make_microaction(what="See intranet.example.org", held=True)
    pledges.approve(made)
    pledges.reword(made, what=LINK)
    assert is_public(made)


def test_other_words_do_not_bring_back_what_was_hidden():
    made = make_microaction()
    pledges.hide(made)
    pledges.reword(made, what="Ring the archive")
    assert not is_public(made)


def test_answer_given_meanwhile_wins(client):
    made = make_microaction()
    Microaction.objects.update(status="let_go")
    with pytest.raises(pledges.NotOpen):
        pledges.reword(made, what="Too late")
    assert words_of(made)["what"] == made.what


def test_deleted_meanwhile_is_nowhere():
    made = make_microaction()
    pledges.delete(made)
    with pytest.raises(Microaction.DoesNotExist):
        pledges.reword(made, what="Too late")
