"""Venues, texts in more languages, copies and ways back: what the organisers' pages keep, refuse and leave alone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection
from django.urls import reverse
from django.utils import translation

from chapter.models import Image, Member
from chapter.wordings import adopt_wording
from events import planning
from events.models import Event, Rsvp, Venue
from tests.factories import make_event, make_member, make_organiser, make_rsvp, make_venue

pytestmark = pytest.mark.django_db
State, Status = Event.State, Rsvp.Status
NOON = datetime(2099, 5, 7, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def organiser(client):
    member = make_organiser(name="Kari Eksempel")
    client.force_login(member)
    return member


def venue_fields(**changes):
    return {"name": "Kafé", "address": "Eksempelgata 2", "city": "Eksempelby", "language": "nb", **changes}


# Venues


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 201),
        ("address", ""),
        ("city", "x" * 81),
        ("language", "de"),
        ("directions", "x" * 1001),
        ("map_url", "javascript:alert(1)"),
    ],
)
def test_wrong_venue_is_said_beside_the_field_and_nothing_is_lost(client, organiser, field, value):
    sent = venue_fields(access_notes="A lift", **{field: value})
    form = client.post(reverse("venue_new"), sent).context["form"]
    assert (list(form.errors), form[field].value(), form["access_notes"].value()) == ([field], value, "A lift")
    assert not Venue.objects.exists()


def test_map_link_is_https_where_nothing_is_said(client, organiser):
    client.post(reverse("venue_new"), venue_fields(map_url="map.example.org/1"))
    assert Venue.objects.get().map_url == "https://map.example.org/1"


def test_venues_are_listed_by_name_and_open_filled_in(client, organiser):
    second, first = make_venue(name="Ørret"), make_venue(name="Abbor")
    assert list(client.get(reverse("venues")).context["venues"]) == [first, second]
    form = client.get(reverse("venue_edit", args=[second.pk])).context["form"]
    assert (form["name"].value(), form["city"].value()) == ("Ørret", "Eksempelby")


def test_members_keep_no_venues(client):
    venue = make_venue()
    client.force_login(make_member())
    for address in (reverse("venue_new"), reverse("venue_edit", args=[venue.pk])):
        assert client.post(address, venue_fields(name="Theirs")).status_code == 403
    assert [one.name for one in Venue.objects.all()] == ["Kafé Eksempel"]


def test_venue_of_an_event_cannot_vanish():
    make_event(venue=make_venue())
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM events_venue")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


# Texts in more languages


def test_text_page_shows_the_first_text_beside_an_empty_form(client, organiser):
    event = make_event(title="Kaffe", body="Velkommen", language="nb")
    response = client.get(reverse("event_wording", args=[event.slug, "sv"]))
    assert "Velkommen" in response.text
    assert (response.context["form"]["title"].value(), response.context["exists"]) == (None, False)


@pytest.mark.parametrize(("field", "value"), [("title", ""), ("title", "x" * 201), ("body", "x" * 20_001)])
def test_wrong_text_is_said_beside_the_field_and_stays(client, organiser, field, value):
    event = make_event()
    sent = {"title": "Fika", "body": "Kom!", "version": planning.fingerprint(event), field: value}
    form = client.post(reverse("event_wording", args=[event.slug, "sv"]), sent).context["form"]
    assert (list(form.errors), form[field].value()) == ([field], value)
    assert not event.wordings.in_language("sv").exists()


def test_new_text_tells_nobody_and_keeps_time_and_address(client, organiser):
    event = make_event(title="Kaffe", language="nb")
    make_rsvp(event=event)
    sent = {"title": "Fika", "body": "", "version": planning.fingerprint(event)}
    client.post(reverse("event_wording", args=[event.slug, "sv"]), sent)
    same = Event.objects.get()
    assert (same.sequence, same.slug, same.changed_at > event.changed_at) == (0, event.slug, True)


def test_edit_page_links_the_other_languages(client, organiser):
    event = make_event(language="nb")
    adopt_wording(event, language="en", title="Coffee")
    context = client.get(reverse("event_edit", args=[event.slug])).context
    assert context["other_languages"] == [("sv", False), ("en", True)]


# Copies


def make_old():
    cover = Image.objects.create(file="images/a.webp", alt="A cup", width=10, height=10)
    plan = {"kind": "talk", "capacity": 7, "cut_off_hours": 3, "time_zone": "Europe/Helsinki", "cover": cover}
    place = {"venue": make_venue(), "online_url": "https://meet.example.org/1"}
    happened = {"state": State.CANCELLED, "state_reason": "Storm", "moved_from": NOON, "sequence": 4}
    old = make_event(starts_at=NOON, principles=[2, 5], published_at=NOON, body="Kom", **plan, **place, **happened)
    old.hosts.add(make_organiser())
    make_rsvp(event=old, status=Status.WAITLISTED)
    return old


def test_copy_has_the_plan_and_the_people_who_host():
    old = make_old()
    new = Event.objects.get(pk=planning.duplicate(old.pk).pk)
    for name in ("kind", "capacity", "cut_off_hours", "time_zone", "cover", "venue", "online_url"):
        assert getattr(new, name) == getattr(old, name)
    assert (list(new.hosts.all()), [p.number for p in new.principles.all()]) == (list(old.hosts.all()), [2, 5])
    assert (new.ends_at - new.starts_at, new.wording.body) == (timedelta(hours=1), "Kom")


def test_copy_has_nothing_of_what_happened():
    new = Event.objects.get(pk=planning.duplicate(make_old().pk).pk)
    assert (new.state, new.state_reason, new.moved_from, new.sequence, new.published_at) == (
        State.DRAFT,
        "",
        None,
        0,
        None,
    )
    assert not new.rsvps.exists()


def test_two_copies_have_addresses_of_their_own():
    old = make_old()
    assert planning.duplicate(old.pk).slug + "-2" == planning.duplicate(old.pk).slug


# Ways back


def test_published_event_that_nobody_answered_becomes_a_draft_again(client, organiser):
    event = make_event()
    client.post(reverse("event_unpublish", args=[event.slug]))
    client.logout()
    assert client.get(event.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("status", list(Status))
def test_any_answer_keeps_an_event_published(client, organiser, status):
    event = make_event()
    make_rsvp(event=event, status=status)
    page = client.post(reverse("event_unpublish", args=[event.slug]), follow=True).text
    assert "Not saved. Someone else has changed this" in page
    assert Event.objects.get().is_published


@pytest.mark.parametrize("state", [State.DRAFT, State.POSTPONED, State.CANCELLED])
def test_only_a_published_event_becomes_a_draft(state):
    event = make_event(state=state)
    assert planning.unpublish(event.pk) is None
    assert Event.objects.get().state == state


def test_members_delete_no_draft(client):
    event = make_event(state=State.DRAFT)
    client.force_login(make_member())
    assert client.post(reverse("event_delete", args=[event.slug])).status_code == 403
    assert Event.objects.exists()


def test_draft_with_an_answer_is_kept_and_that_is_said(client, organiser):
    event = make_event(state=State.DRAFT)
    make_rsvp(event=event, status=Status.CANCELLED)
    page = client.post(reverse("event_delete", args=[event.slug]), follow=True).text
    assert "Not saved. Someone else has changed this" in page
    assert Event.objects.exists()


# Who comes


def test_attendees_page_leaks_no_address_token_or_key(client, organiser):
    event = make_event(capacity=1)
    rows = [
        make_rsvp(event=event, member=make_member(name="Ada Eksempel", email="ada@example.org")),
        make_rsvp(event=event, name="Bo Eksempel", email="bo@example.org", status=Status.WAITLISTED),
        make_rsvp(event=event, name="Eva Eksempel", email="eva@example.org", status=Status.REMOVED),
    ]
    page = client.get(reverse("event_attendees", args=[event.slug])).text
    assert [name in page for name in ("Ada Eksempel", "Bo Eksempel", "Eva Eksempel")] == [True, True, False]
    assert not any(word in page for row in rows for word in (row.person_email, row.token))
    assert '<meta name="robots" content="noindex">' in page


def test_forgotten_guest_is_a_line_without_a_name(client, organiser):
    event = make_event()
    make_rsvp(event=event, name="", email="")
    page = client.get(reverse("event_attendees", args=[event.slug])).text
    assert "<strong>–</strong>" in page
    assert "1 person is coming" in page


def attendees(client, event, **query):
    return client.get(reverse("event_attendees", args=[event.slug]), query)


@pytest.fixture
def crowd(monkeypatch):
    """Of an event whose list has two people on a page: three who come and two who wait."""
    monkeypatch.setattr("events.planning.organise_views.PEOPLE_PER_PAGE", 2)
    event = make_event(capacity=3)
    for name in ("Ada", "Bo", "Eva"):
        make_rsvp(event=event, member=make_member(name=name))
    for name in ("Gro", "Liv"):
        make_rsvp(event=event, name=name, status=Status.WAITLISTED)
    return event


def test_people_are_paged_and_keep_their_numbers(client, organiser, crowd):
    first = attendees(client, crowd)
    second = attendees(client, crowd, page=first.context["page"].after)
    third = attendees(client, crowd, page=second.context["page"].after)
    found = [
        [(before, [rsvp.person_name for rsvp in people]) for people, before in page.context["groups"]]
        for page in (first, second, third)
    ]
    assert found == [[(0, ["Ada", "Bo"])], [(2, ["Eva"]), (0, ["Gro"])], [(1, ["Liv"])]]
    assert [page.text.count("No one has signed up yet.") for page in (first, second, third)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("words", "names"), [("o", ["Bo", "Gro"]), ("LIV", ["Liv"]), ("quiet", ["quiet"]), ("example", []), ("x", [])]
)
def test_somebody_is_found_by_name_and_never_by_address(client, organiser, crowd, words, names):
    quiet = make_member(email="quiet@example.org")
    Member.objects.filter(pk=quiet.pk).update(name="")
    make_rsvp(event=crowd, member=quiet, status=Status.WAITLISTED)
    page = attendees(client, crowd, q=words)
    assert [rsvp.person_name for people, _ in page.context["groups"] for rsvp in people] == names
    assert ("No one by that name" in page.text) == (not names)


def test_box_to_search_stands_where_there_are_several_pages(client, organiser, crowd):
    alone = make_rsvp().event
    assert ['type="search" name="q"' in attendees(client, event).text for event in (crowd, alone)] == [True, False]


def test_too_many_people_are_said_and_nobody_is_turned_away(client, organiser):
    event = make_event(capacity=3)
    for _ in range(3):
        make_rsvp(event=event)
    address = reverse("event_attendees", args=[event.slug])
    page = client.post(address, {"capacity": "1"}, follow=True).text
    assert "2 more people than there are seats" in page
    assert event.rsvps.going().count() == 3


@pytest.mark.parametrize("status", [Status.CANCELLED, Status.REMOVED, Status.EXPIRED])
def test_whoever_is_off_the_list_is_not_removed_again(client, organiser, status):
    rsvp = make_rsvp(status=status)
    assert client.post(reverse("attendee_remove", args=[rsvp.event.slug, rsvp.pk])).status_code == 404
