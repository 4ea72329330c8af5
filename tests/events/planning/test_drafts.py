"""Drafts: how an event is thrown away, and what of a published one outlasts its being a draft again."""

import re
from datetime import timedelta

import pytest

from chapter.models import AuditEntry, Member
from chapter.wordings import adopt_wording, main_language
from events import planning
from events.models import Event
from tests.events.planning.test_changes import edit
from tests.events.planning.test_organise import as_shown, typed
from tests.factories import make_event, make_member, make_rsvp, make_venue
from tests.mail import deliver_all

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


# Publishing from the form


def form_of(**changes):
    return typed(**{"title": "Coffee", **changes})


def test_new_event_is_published_from_its_form(organiser_client):
    response = organiser_client.post("/en/events/new/", form_of(publish="1"), follow=True)
    event = Event.objects.get()
    assert (event.is_published, event.published_at is not None, event.sequence) == (True, True, 1)
    assert "Published. It is now on the site and in the calendars." in response.content.decode()
    verbs = AuditEntry.objects.order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["event_drafted", "event_published"]


def test_form_with_an_error_publishes_nothing(organiser_client):
    organiser_client.post("/en/events/new/", form_of(publish="1", title=""))
    assert not Event.objects.exists()


def test_draft_is_published_from_its_edit_page_and_nobody_is_mailed(organiser_client, mailoutbox):
    event = make_event(state=State.DRAFT, venue=make_venue())
    sent = as_shown(organiser_client, event, title="Better", publish="1")
    organiser_client.post(f"/en/events/{event.slug}/edit/", sent)
    deliver_all()
    event.refresh_from_db()
    assert (event.is_published, event.wording.title, mailoutbox) == (True, "Better", [])


@pytest.mark.parametrize("state", [State.POSTPONED, State.CANCELLED])
def test_edit_page_of_an_announced_event_publishes_nothing(organiser_client, mailoutbox, state):
    event = make_event(state=state, venue=make_venue())
    make_rsvp(event=event)
    organiser_client.post(f"/en/events/{event.slug}/edit/", as_shown(organiser_client, event, publish="1"))
    deliver_all()
    event.refresh_from_db()
    assert (event.state, mailoutbox) == (state, [])


def test_publish_button_comes_after_the_one_that_enter_presses(organiser_client):
    page = organiser_client.get("/en/events/new/").content.decode()
    buttons = re.findall(r'<button type="submit"[^>]*>([^<]+)', page)
    assert buttons == ["Save the draft", "Publish"]


def test_page_of_a_draft_says_once_that_it_is_one(organiser_client):
    event = make_event(state=State.DRAFT, asks_access_needs=True)
    event.hosts.add(Member.objects.get(is_organiser=True))
    page = organiser_client.get(f"/en/events/{event.slug}/").content.decode()
    main = page[page.index("<main") : page.index("</main")]
    text = re.sub(r"<[^>]+>", " ", main)
    assert re.findall(r"draft|not published", text, re.IGNORECASE) == ["draft"]
    assert main.count('class="notice') == main.count('class="rsvp') == 0


def test_list_of_drafts_still_marks_them(organiser_client):
    make_event(state=State.DRAFT, title="Our own")
    page = organiser_client.get("/en/events/").content.decode()
    assert "chip--draft" in page
