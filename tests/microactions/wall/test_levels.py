"""Who may see it: four circles, and each of the people who might be in them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from chapter.privacy import registry
from events.models import Rsvp
from microactions import pledges
from microactions.models import Makker, Microaction
from otg_site.search import search
from tests.factories import make_event, make_member, make_microaction, make_organiser, make_rsvp

pytestmark = pytest.mark.django_db
LEVELS = ("me", "makker", "event", "public")
PANEL_MARK = "Only people who were there see this"
# What each of them may see, of a microaction made at an event.
MAY = {
    "anonymous": {"public"},
    "member": {"public"},
    "organiser": {"public"},
    "waiting": {"public"},
    "cancelled": {"public"},
    "no-show": {"public"},
    "at another event": {"public"},
    "invited makker": {"public"},
    "going": {"event", "public"},
    "host": {"event", "public"},
    "makker": {"makker", "event", "public"},
    "owner": {"me", "makker", "event", "public"},
}


def person(role, made):
    """Somebody in this role towards the microaction."""
    if role in ("anonymous", "owner"):
        return AnonymousUser() if role == "anonymous" else made.member
    somebody = make_organiser() if role == "organiser" else make_member()
    if role in ("going", "waiting", "cancelled"):
        make_rsvp(event=made.event, member=somebody, status="waitlisted" if role == "waiting" else role)
    elif role == "no-show":
        make_rsvp(event=made.event, member=somebody, attendance=Rsvp.Attendance.NO_SHOW)
    elif role == "at another event":
        make_rsvp(member=somebody)
    elif role == "host":
        made.event.hosts.add(somebody)
    elif "makker" in role:
        status = Makker.Status.INVITED if role == "invited makker" else Makker.Status.ACCEPTED
        Makker.objects.create(microaction=made, member=somebody, status=status)
    return somebody


def at_event(level, **fields):
    event = make_event(starts_in=timedelta(days=-2))
    return make_microaction(what="Whisper it", name="Whisperer", visibility=level, event=event, **fields)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("role", MAY)
def test_each_sees_what_was_meant_for_them_and_no_more(client, role, level):
    made = at_event(level)
    reader = person(role, made)
    may = level in MAY[role]
    assert list(Microaction.objects.visible_to(reader)) == [made] * may
    if role != "anonymous":
        client.force_login(reader)
    assert client.get(reverse("microaction", args=[made.pk])).status_code == (200 if may else 404)
    page = client.get(reverse("event", args=[made.event.slug])).text
    on_panel = may and level in ("event", "public")
    assert ("Whisper it" in page, "Whisperer" in page) == (on_panel, on_panel)
    assert (PANEL_MARK in page) == (on_panel and level == "event")


@pytest.mark.parametrize(
    "fields", [{"status": "let_go"}, {"status": "pending", "member": None, "email": "k@example.org"}]
)
def test_let_go_and_pending_are_for_nobody_else(fields):
    made = at_event("event", **fields)
    assert not Microaction.objects.visible_to(person("going", made)).exists()
    assert not Microaction.objects.visible_to(person("makker", made)).exists()


def test_seat_at_a_meetup_that_has_not_begun_opens_nothing(time_machine):
    made = make_microaction(visibility="event", event=make_event(starts_in=timedelta(days=2)))
    guest = person("going", made)
    assert not Microaction.objects.visible_to(guest).exists()
    time_machine.move_to(made.event.starts_at)
    assert list(Microaction.objects.visible_to(guest)) == [made]


def test_what_an_organiser_has_hidden_is_not_shown_to_a_smaller_circle_either(client):
    made = at_event("public")
    pledges.hide(made)
    pledges.change_visibility(made, visibility="event")
    assert not Microaction.objects.visible_to(person("going", made)).exists()
    page = client.get(reverse("microaction_manage", args=[made.token])).text
    assert "An organiser has removed it from the wall." in page
    assert "People who were at the event can see it." not in page


@pytest.mark.parametrize("level", LEVELS[:3])
def test_wall_feed_and_search_are_public_alone(client, level):
    made = at_event(level, status="done", result="Whisper result")
    client.force_login(person("going", made))
    pages = [client.get(reverse(name)).text for name in ("wall", "wall_feed")]
    assert ["Whisper" in page for page in pages] == [False, False]
    assert search("whisper") == []
    assert (made.is_shared, made.is_public) == (False, False)


@pytest.mark.parametrize("level", LEVELS[:3])
def test_links_wait_for_an_organiser_on_the_wall_only(level):
    made = make_microaction(what="www.example.org", visibility="me", event=make_event())
    assert not pledges.change_visibility(made, visibility=level).held


# Forms


def offered(form):
    return [value for value, label in form.fields["visibility"].choices]


def test_those_at_the_event_are_offered_when_there_is_one(client):
    for event, levels in ((make_event(), [*LEVELS]), (None, ["me", "makker", "public"])):
        made = make_microaction(event=event)
        context = client.get(reverse("microaction_manage", args=[made.token])).context
        assert offered(context["visibility_form"]) == offered(context["report_form"]) == levels


def test_each_choice_is_explained_and_only_me_is_chosen(client, typed):
    client.force_login(make_member())
    page = client.get(client.post(reverse("pledge"), typed(event=make_event().pk)).url)
    field = page.context["visibility_form"]["visibility"]
    assert (field.value(), str(field).count("choice__help")) == ("me", 4)
    assert "not even the organisers" in page.text


def test_those_at_no_event_are_nobody(client):
    made = make_microaction(visibility="me")
    client.post(reverse("microaction_manage", args=[made.token]), {"action": "visibility", "visibility": "event"})
    made.refresh_from_db()
    assert made.visibility == "me"


def test_one_for_those_at_the_event_keeps_its_name(client):
    made = make_microaction(visibility="me", event=make_event())
    chosen = {"action": "visibility", "visibility": "event", "name": "Kari"}
    client.post(reverse("microaction_manage", args=[made.token]), chosen)
    assert Microaction.objects.values_list("visibility", "name").get() == ("event", "Kari")


def test_event_that_is_gone_leaves_it_to_its_person(client):
    made = at_event("event")
    made.event.delete()
    context = client.get(reverse("microaction_manage", args=[made.token])).context
    assert context["visibility_form"]["visibility"].value() == "me"
    assert "Only you see it." in client.get(reverse("microaction_manage", args=[made.token])).text
    client.force_login(made.member)
    assert "· only me</p>" in client.get(reverse("me")).text


# Words about it


@pytest.mark.parametrize(
    ("level", "on_its_page", "on_my_page"),
    [
        ("me", "Only you see it.", "only me"),
        ("makker", "Only you and your buddy see it.", "my buddy and I"),
        ("event", "People who were at the event can see it.", "people who were at the event"),
        ("public", "Everyone can see it on the wall.", "on the wall"),
    ],
)
def test_its_person_is_told_who_sees_it(client, level, on_its_page, on_my_page):
    made = at_event(level)
    assert on_its_page in client.get(reverse("microaction_manage", args=[made.token])).text
    client.force_login(made.member)
    assert f"· {on_my_page}</p>" in client.get(reverse("me")).text


def test_export_tells_the_level_and_that_it_is_unknown(time_machine):
    made = at_event("event")
    time_machine.move_to(timezone.now() + timedelta(days=30))
    [row] = registry.export(made.member)["microactions.Microaction"]
    assert (row["visibility"], row["status"], row["mails"]) == ("event", "unknown", 0)


def test_wall_counts_what_was_told_of_public_ones(client):
    long_ago = make_microaction().due_on - timedelta(days=30)
    for fields in (
        {"status": "done"},
        {"status": "partly"},
        {"due_on": long_ago},
        {"status": "done", "visibility": "event"},
    ):
        make_microaction(**fields)
    page = client.get(reverse("wall")).text
    assert "2 shared results (done: 1, partly done: 1) · no news of 1 more" in page
