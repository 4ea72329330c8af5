"""Several equal hosts: each can ask another in, and reaches what a host needs, and nothing else."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories import make_event, make_member, make_organiser, make_rsvp

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def host(client):
    member = make_member(name="Hild Vert")
    client.force_login(member)
    return member


def change(client, event, member, what):
    return client.post(reverse("event_hosts", args=[event.slug]), {"member": member.pk, "change": what})


def test_a_host_asks_another_in_and_both_are_equal(client, host):
    event = make_event()
    event.hosts.add(host)
    guest = make_rsvp(event=event, member=make_member()).member
    change(client, event, guest, "add")
    change(client, event, guest, "add")
    assert set(event.hosts.all()) == {host, guest}


def test_a_stranger_cannot_be_made_host(client, host):
    event, stranger = make_event(), make_member(name="Fremmed")
    event.hosts.add(host)
    assert "Fremmed" not in client.get(reverse("event_hosts", args=[event.slug])).content.decode()
    change(client, event, stranger, "add")
    assert set(event.hosts.all()) == {host}


def test_the_last_host_may_go_and_then_sees_nothing_of_it(client, host):
    event = make_event()
    event.hosts.add(host)
    assert change(client, event, host, "remove")["Location"] == "/en/events/"
    assert (event.hosts.count(), client.get(reverse("event_door", args=[event.slug])).status_code) == (0, 404)


def test_an_organiser_changes_the_hosts_of_every_event(client):
    organiser, event = make_organiser(), make_event()
    client.force_login(organiser)
    change(client, event, organiser, "add")
    change(client, event, organiser, "remove")
    assert event.hosts.count() == 0


def test_a_host_sees_who_comes_and_leaves_the_seats_to_the_organisers(client, host):
    event = make_event(capacity=5)
    event.hosts.add(host)
    make_rsvp(event=event, name="Gro Gjest", email="gro@example.org")
    page = client.post(reverse("event_attendees", args=[event.slug]), {"capacity": "9"}).content.decode()
    event.refresh_from_db()
    assert (event.capacity, "Gro Gjest" in page, "gro@example.org" in page) == (5, True, False)
    assert (reverse("attendee_remove", args=[event.slug, event.rsvps.get().pk]) in page) is False


def test_the_hosts_bar_has_what_a_host_may_do(client, host):
    event = make_event()
    event.hosts.add(host)
    page = client.get(event.get_absolute_url()).content.decode()
    links = [name for name in ("event_door", "event_attendees", "event_messages", "event_hosts", "event_edit")
             if f'href="{reverse(name, args=[event.slug])}"' in page]  # fmt: skip
    assert links == ["event_door", "event_attendees", "event_messages", "event_hosts"]
    client.logout()
    assert reverse("event_door", args=[event.slug]) not in client.get(event.get_absolute_url()).content.decode()
