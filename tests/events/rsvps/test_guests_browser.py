"""A guest's own browser: what it is shown after asking, and where it is recognised after confirming."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from events.models import Rsvp
from events.rsvps import actions
from tests.events.rsvps.test_rsvp_pages import guest_data
from tests.factories import make_board, make_event, make_member, make_organiser, make_rsvp, make_venue
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db


def ask(client, event, **fields):
    return client.post(reverse("rsvp_create", args=[event.slug]), guest_data(**fields), follow=True)


def confirm(client, rsvp):
    return client.post(rsvp.get_absolute_url(), {"action": "confirm"})


def read(client, event):
    return client.get(event.get_absolute_url()).content.decode()


def test_page_after_asking_names_the_address_and_the_seat(client):
    page = ask(client, make_event(capacity=10)).content.decode()
    assert "kari@example.org" in page and "30 minut" in page
    assert 'value="Kari Eksempel"' in page and 'value="kari@example.org"' in page


def test_page_after_asking_promises_no_seat_that_is_not_held(client):
    event = make_event(capacity=1)
    make_rsvp(event=event)
    assert "30 minut" not in ask(client, event).content.decode()


def test_another_browser_is_shown_no_address(client):
    event = make_event()
    ask(client, event)
    page = Client().get(reverse("rsvp_sent", args=[event.slug])).content.decode()
    assert "kari@example.org" not in page


@pytest.mark.parametrize("email", ["kari@example.org", "other@example.org"])
def test_it_can_be_sent_again_and_elsewhere(client, email):
    event = make_event(capacity=10)
    ask(client, event)
    assert email in ask(client, event, email=email).content.decode()
    assert Rsvp.objects.filter(email=email).count() == 1


def test_browser_that_confirmed_is_recognised_on_the_page_of_the_event_alone(client):
    event = make_event(capacity=10)
    ask(client, event)
    answer = confirm(client, event.rsvps.get())
    cookies = [cookie for name, cookie in answer.cookies.items() if name.startswith("rsvp")]
    assert {cookie["path"] for cookie in cookies} == {f"/{code}/events/{event.slug}/" for code in ("nb", "sv", "en")}
    assert all(cookie["httponly"] and cookie["samesite"] == "Lax" for cookie in cookies)
    assert 'data-rsvp-state="going"' in read(client, event)
    assert 'data-rsvp-state="open"' in read(Client(), event)


def test_asking_alone_recognises_nobody(client):
    event = make_event(capacity=10)
    make_rsvp(event=event, email="kari@example.org")
    ask(client, event)
    assert 'data-rsvp-state="open"' in read(client, event)


def test_a_link_that_is_only_read_recognises_nobody(client):
    rsvp = make_rsvp()
    client.get(rsvp.get_absolute_url())
    assert 'data-rsvp-state="open"' in read(client, rsvp.event)


def test_a_cookie_that_somebody_made_up_is_nobody(client):
    event = make_event()
    client.cookies["rsvp_nb"] = f'"{make_rsvp(event=event).token}:x:y"'
    assert 'data-rsvp-state="open"' in read(client, event)


def test_page_of_a_recognised_guest_is_kept_by_nobody(client):
    event = make_event(capacity=10)
    ask(client, event)
    confirm(client, event.rsvps.get())
    answer = client.get(event.get_absolute_url())
    assert "private" in answer.headers["Cache-Control"] and "Cookie" in answer.headers["Vary"]


def test_who_is_in_finds_calendar_map_end_and_a_way_out(client):
    event = make_event(capacity=10, venue=make_venue())
    ask(client, event)
    rsvp = event.rsvps.get()
    confirm(client, rsvp)
    for page in (read(client, event), client.get(rsvp.get_absolute_url()).content.decode()):
        assert reverse("event_ics", args=[event.slug]) in page and "calendar.google.com" in page
        assert "openstreetmap.org" in page
    assert f"–{event.local_end:%H.%M}" in page
    assert rsvp.get_absolute_url() in read(client, event)


def test_guest_joins_the_board_from_the_page_of_the_event(client):
    event = make_event(capacity=10)
    board = make_board(event=event, phase="closed")
    ask(client, event)
    assert board.get_absolute_url() not in read(client, event)
    confirm(client, event.rsvps.get())
    assert board.get_absolute_url() in read(client, event)


def test_browser_forgets_a_guest_who_asks_for_it(client):
    event = make_event(capacity=10)
    ask(client, event)
    confirm(client, event.rsvps.get())
    forget = reverse("rsvp_forget", args=[event.slug])
    assert f'action="{forget}"' in read(client, event)
    page = client.post(forget, follow=True).content.decode()
    assert 'data-rsvp-state="open"' in page and forget not in page
    assert event.rsvps.get().is_going


def test_browser_on_which_somebody_signs_in_forgets_the_guest(client, settings):
    event = make_event(capacity=10)
    ask(client, event)
    confirm(client, event.rsvps.get())
    client.force_login(make_member())
    read(client, event)
    del client.cookies[settings.SESSION_COOKIE_NAME]
    assert 'data-rsvp-state="open"' in read(client, event)


def test_who_was_removed_is_shown_nothing_that_is_for_those_who_come(client):
    event = make_event(capacity=10, online_url="https://meet.example.org/x")
    board = make_board(event=event, phase="closed")
    ask(client, event)
    confirm(client, event.rsvps.get())
    for_guests = (event.online_url, board.get_absolute_url())
    assert all(address in read(client, event) for address in for_guests)
    actions.remove(rsvp_id=event.rsvps.get().pk, by=make_organiser())
    assert not any(address in read(client, event) for address in for_guests)


def test_mail_says_until_when_the_seat_is_held(client, mailoutbox):
    ask(client, make_event(capacity=10))
    deliver_all()
    assert re.search(r"\d\d[.:]\d\d", mailoutbox[0].body.split("\n\n")[0])
