"""Who is coming: a name is shown to whom its person chose, and to nobody else, nowhere else, and no longer."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from chapter.page_cache import answers
from chapter.privacy import registry as privacy_register
from events import rsvps
from events.models import Event, Rsvp
from events.rsvps import actions, privacy
from tests.events.rsvps.test_rsvp_pages import guest_data
from tests.factories import make_event, make_member, make_rsvp

pytestmark = pytest.mark.django_db
S, TO = Rsvp.Status, Rsvp.ShownTo
NAMES = {TO.NO_ONE: "Nora Usynlig", TO.GOING: "Gro Halvveis", TO.EVERYONE: "Eva Åpen"}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def event():
    """One guest of each kind comes, and a member to everyone."""
    event = make_event(capacity=20)
    for to, name in NAMES.items():
        make_rsvp(event=event, name=name, shown_to=to)
    make_rsvp(
        event=event, member=make_member(name="Mia Medlem", organisation="Etaten for Eksempler"), shown_to="everyone"
    )
    return event


def page_of(event):
    return reverse("event_coming", args=[event.slug])


def names(client, event):
    page = client.get(page_of(event)).content.decode()
    return {name for name in [*NAMES.values(), "Mia Medlem"] if name in page}


def as_member(event, **fields):
    client, member = Client(), make_member()
    client.force_login(member)
    if fields:
        make_rsvp(event=event, member=member, **fields)
    return client


# Who reads what


@pytest.mark.parametrize("status", [None, S.WAITLISTED, S.CANCELLED])
def test_whoever_does_not_come_reads_what_is_for_everyone(event, status):
    client = as_member(event, **({"status": status} if status else {}))
    assert names(Client(), event) == names(client, event) == {"Eva Åpen", "Mia Medlem"}


def test_member_who_comes_reads_what_is_for_those_who_come(event):
    assert names(as_member(event, status=S.GOING), event) == {"Gro Halvveis", "Eva Åpen", "Mia Medlem"}


def test_guest_who_confirmed_in_this_browser_reads_it_too(client, event):
    rsvp = make_rsvp(event=event, status=S.PENDING)
    client.post(rsvp.get_absolute_url(), {"action": "confirm"})
    assert names(client, event) == {"Gro Halvveis", "Eva Åpen", "Mia Medlem"}
    client.cookies["rsvp_en"] = rsvp.token
    assert names(client, event) == {"Eva Åpen", "Mia Medlem"}


def test_page_for_one_reader_is_nobody_elses(client, event):
    assert answers.is_shared(Client().get(page_of(event)))
    assert not answers.is_shared(as_member(event, status=S.GOING).get(page_of(event)))
    assert not answers.is_shared(as_member(event, status=S.GOING).get(event.get_absolute_url()))


def test_event_page_has_initials_and_a_number_and_no_name(event):
    page = Client().get(event.get_absolute_url()).content.decode()
    assert page.count('class="face"') == 2 and ">MM<" in page and "and 2 more" in page
    assert not [name for name in [*NAMES.values(), "Mia Medlem", "Etaten"] if name in page]
    assert page.count('class="face"') + 1 == as_member(event, status=S.GOING).get(
        event.get_absolute_url()
    ).content.decode().count('class="face"')


def test_you_are_in_shows_who_else_is(event):
    page = Client().get(make_rsvp(event=event).get_absolute_url()).content.decode()
    assert page.count('class="face"') == 3
    waiting = Client().get(make_rsvp(event=event, status=S.WAITLISTED).get_absolute_url()).content.decode()
    assert 'class="face"' not in waiting


def test_no_name_is_anywhere_else_and_no_search_engine_keeps_it(event):
    answer = Client().get(page_of(event))
    assert answer["X-Robots-Tag"] == "noindex, nofollow" and b"data-nosnippet" in answer.content
    addresses = [reverse(name) for name in ("home", "events", "events_json", "events_feed", "embed")]
    addresses += [reverse("event_ics", args=[event.slug]), reverse("event_poster", args=[event.slug])]
    addresses += [event.get_absolute_url(), f"{reverse('search')}?q=Medlem"]
    for address in addresses:
        body = Client().get(address).content.decode()
        assert not [name for name in [*NAMES.values(), "Mia Medlem"] if name in body], address
    assert page_of(event) not in Client().get("/sitemap-events.xml").content.decode()


def test_export_has_a_persons_own_choice_alone(event):
    member = make_member()
    make_rsvp(event=event, member=member, shown_to="going"), make_rsvp(member=member)
    found = privacy_register.export(member)
    assert found["events.Rsvp.shown_to"] == [{"event": event.slug, "shown_to": "going"}]
    assert not [name for name in NAMES.values() if name in str(found)]


# What is no name to show


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "Eva", "is_active": False},
        {"name": "Eva bit.ly/x"},
        {"name": "Eva", "organisation": "t.co"},
    ],
    ids=["none", "shut out", "an address", "an address for a place of work"],
)
def test_member_without_a_name_to_show_is_counted_only(fields):
    event, member = make_event(), make_member(email="secret@example.org", name="Eva")
    type(member).objects.filter(pk=member.pk).update(**fields)
    make_rsvp(event=event, member=member, shown_to="everyone")
    page = Client().get(page_of(event)).content.decode()
    assert "person__name" not in page and "secret" not in page
    assert 'class="face"' not in Client().get(event.get_absolute_url()).content.decode()


# Choosing


@pytest.mark.parametrize(
    ("sent", "kept"), [({}, "no_one"), ({"shown_to": "everyone"}, "everyone"), ({"shown_to": "x"}, "no_one")]
)
def test_member_chooses_with_the_tap(client, sent, kept):
    event, member = make_event(), make_member()
    client.force_login(member)
    client.post(reverse("rsvp_create", args=[event.slug]), sent)
    assert list(event.rsvps.values_list("status", "shown_to")) == [("going", kept)]


def test_second_tap_without_the_choice_takes_nothing_back():
    event, member = make_event(), make_member()
    rsvps.rsvp_as_member(event_id=event.pk, member=member, shown_to="going")
    rsvps.rsvp_as_member(event_id=event.pk, member=member)
    assert event.rsvps.get().shown_to == "going"


def test_guest_chooses_in_the_form_and_may_choose_otherwise_when_confirming(client):
    event = make_event()
    client.post(reverse("rsvp_create", args=[event.slug]), guest_data(shown_to="everyone"))
    rsvp = event.rsvps.get()
    assert (
        names(Client(), event) == set()
        and 'value="everyone" selected' in client.get(rsvp.get_absolute_url()).content.decode()
    )
    client.post(rsvp.get_absolute_url(), {"action": "confirm", "shown_to": "no_one"})
    assert event.rsvps.get().shown_to == "no_one"


def test_guest_who_says_nothing_is_shown_to_no_one(client):
    event = make_event()
    client.post(reverse("rsvp_create", args=[event.slug]), guest_data())
    client.post(event.rsvps.get().get_absolute_url(), {"action": "confirm"})
    assert list(event.rsvps.values_list("status", "shown_to")) == [("going", "no_one")]


def test_what_is_no_choice_is_refused_beside_the_field_and_nothing_is_lost(client):
    answer = client.post(reverse("rsvp_create", args=[make_event().slug]), guest_data(shown_to="world"))
    assert "shown_to" in answer.context["rsvp_box"]["form"].errors and b'value="Kari Eksempel"' in answer.content


def test_stranger_who_types_the_address_of_somebody_listed_changes_nothing(client):
    event = make_event()
    make_rsvp(event=event, name="Gro", email="kari@example.org", shown_to="going")
    client.post(reverse("rsvp_create", args=[event.slug]), guest_data(shown_to="everyone"))
    assert list(event.rsvps.values_list("name", "shown_to")) == [("Gro", "going")]


@pytest.mark.parametrize(("on", "leads"), [("me", "/en/me/"), ("event", None), ("", "")])
def test_it_is_changed_on_the_page_of_the_rsvp_on_mine_and_on_the_events(client, on, leads):
    member = make_member()
    client.force_login(member)
    rsvp = make_rsvp(member=member, status=S.WAITLISTED)
    for page in (reverse("me"), rsvp.get_absolute_url(), rsvp.event.get_absolute_url()):
        assert b'value="show_name"' in client.get(page).content
    answer = client.post(rsvp.get_absolute_url(), {"action": "show_name", "shown_to": "going", "on": on})
    assert answer.url == {None: rsvp.event.get_absolute_url(), "": rsvp.get_absolute_url()}.get(leads, leads)
    assert Rsvp.objects.get().shown_to == "going"


@pytest.mark.parametrize(
    "leave",
    [lambda rsvp: rsvps.cancel(rsvp_id=rsvp.pk), lambda rsvp: rsvps.remove(rsvp_id=rsvp.pk, by=make_member())],
)
def test_whoever_leaves_and_comes_back_is_asked_again(leave):
    rsvp = make_rsvp(shown_to="everyone")
    leave(rsvp)
    assert rsvps.rejoin(rsvp_id=rsvp.pk).shown_to == "no_one"


def test_choice_of_somebody_who_left_is_not_stored():
    rsvp = make_rsvp(status=S.CANCELLED)
    actions.show_name(rsvp_id=rsvp.pk, to="everyone")
    assert Rsvp.objects.get().shown_to == "no_one"


def test_name_of_an_account_is_not_shown_because_a_guests_was():
    member = make_member()
    make_rsvp(name="K.", email=member.email, shown_to="everyone")
    rsvps.adopt_guest_rows(member)
    assert list(Rsvp.objects.values_list("member", "shown_to")) == [(member.pk, "no_one")]


# How long


@pytest.mark.parametrize(("days", "status"), [(29, 200), (31, 404)])
def test_names_are_shown_until_the_guests_are_forgotten(days, status):
    event = make_event(starts_in=timedelta(days=-days))
    make_rsvp(event=event, member=make_member(name="Mia"), shown_to="everyone")
    assert Client().get(page_of(event)).status_code == status
    assert (b'class="face"' in Client().get(event.get_absolute_url()).content) == (status == 200)


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled"])
def test_no_names_of_an_event_that_does_not_take_place(state):
    event = make_event()
    make_rsvp(event=event, shown_to="everyone")
    Event.objects.filter(pk=event.pk).update(state=state)
    assert Client().get(page_of(event)).status_code == 404


def test_choice_goes_with_the_guests(event):
    Event.objects.filter(pk=event.pk).update(
        starts_at=timezone.now() - timedelta(days=40), ends_at=timezone.now() - timedelta(days=39)
    )
    privacy.expire_rsvps()
    assert set(event.rsvps.values_list("shown_to", flat=True)) == {"no_one"}
    assert privacy.expire_rsvps() == 0


@pytest.mark.parametrize("keep_texts", [True, False])
def test_choice_goes_with_the_account(keep_texts):
    member = make_member()
    make_rsvp(member=member, event=make_event(starts_in=timedelta(days=-2)), shown_to="everyone")
    privacy_register.erase(member, keep_texts=keep_texts)
    assert list(Rsvp.objects.values_list("member", "shown_to")) == [(None, "no_one")]


# What it costs


def test_it_costs_the_same_for_one_and_for_a_hundred(event):
    Event.objects.filter(pk=event.pk).update(capacity=None)
    counts = []
    for number in (0, 99):
        for n in range(number):
            make_rsvp(event=event, member=make_member(name=f"Kari {n}"), shown_to="everyone")
        for page in (page_of(event), event.get_absolute_url()):
            Client().get(page)
            with CaptureQueriesContext(connection) as sent:
                Client().get(page)
            counts.append(len(sent))
    assert counts[:2] == counts[2:]
