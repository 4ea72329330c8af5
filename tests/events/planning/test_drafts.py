"""Drafts: how an event is thrown away, and what of a published one outlasts its being a draft again."""

from datetime import timedelta

import pytest

from chapter.wordings import adopt_wording, main_language
from events import planning
from events.models import Event
from tests.events.planning.test_changes import edit
from tests.factories import make_event, make_member, make_rsvp

pytestmark = pytest.mark.django_db
State = Event.State


def test_draft_is_deleted_after_a_question(organiser_client):
    event = make_event(state=State.DRAFT)
    address = f"/en/events/{event.slug}/delete/"
    assert organiser_client.get(address).status_code == 200
    assert Event.objects.filter(pk=event.pk).exists()
    assert organiser_client.post(address).headers["Location"] == "/en/events/"
    assert not Event.objects.filter(pk=event.pk).exists()


@pytest.mark.parametrize("state", [State.PUBLISHED, State.POSTPONED, State.CANCELLED])
def test_announced_event_is_never_deleted(organiser_client, state):
    event = make_event(state=state)
    assert organiser_client.post(f"/en/events/{event.slug}/delete/").status_code == 404
    assert planning.delete_draft(event.pk) is False
    assert Event.objects.filter(pk=event.pk).exists()


def test_draft_with_an_answer_is_never_deleted():
    event = make_event(state=State.DRAFT)
    make_rsvp(event=event)
    assert planning.delete_draft(event.pk) is False


def test_address_that_was_public_stays_when_it_is_a_draft_again():
    event = make_event(state=State.DRAFT)
    planning.publish(event.pk)
    planning.unpublish(event.pk)
    event.refresh_from_db()
    edit(event, title="Another title", starts_at=event.starts_at - timedelta(days=1))
    assert Event.objects.get(pk=event.pk).slug == event.slug


def test_first_language_stays_the_first_when_its_text_is_edited():
    event = make_event(language="nb", title="Kaffe")
    adopt_wording(event, language="en", title="Coffee")
    adopt_wording(event, language="nb", title="Mer kaffe")
    assert main_language(event) == "nb"


def test_duplicate_takes_the_address_from_the_first_language():
    event = make_event(language="nb", title="Kaffe")
    adopt_wording(event, language="en", title="Coffee")
    adopt_wording(event, language="nb", title="Mer kaffe")
    new = planning.duplicate(event.pk)
    assert (new.slug[11:], main_language(new)) == ("mer-kaffe", "nb")


def test_list_shows_hosts_their_own_drafts_and_nobody_else_any(client):
    own = make_event(state=State.DRAFT, title="Our own")
    make_event(state=State.DRAFT, title="Somebody else’s")
    member = make_member()
    own.hosts.add(member)
    assert "Our own" not in client.get("/en/events/").content.decode()
    client.force_login(member)
    page = client.get("/en/events/").content.decode()
    assert "Our own" in page and "Somebody else’s" not in page
