"""The RSVP box, the guest's form, and the page that the link in the mail opens."""

import re
import time
from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import translation

from chapter.forms import SALT
from chapter.models import Delivery
from events import rsvps
from events.models import Event, Rsvp
from tests.factories import make_event, make_member, make_organiser, make_rsvp

pytestmark = pytest.mark.django_db
S = Rsvp.Status


@pytest.fixture(autouse=True)
def _norwegian():
    with translation.override("nb"):
        yield


@pytest.fixture
def sign_in(client):
    def sign_in(member):
        client.force_login(member)
        return client

    return sign_in


def guest_data(**fields):
    opened = signing.dumps(int(time.time()) - 60, salt=SALT)
    return {"name": "Kari Eksempel", "email": "kari@example.org", "website": "", "opened": opened, **fields}


def box(page):
    """(state, seats left, place in line) as the page says them to machines."""
    found = re.search(
        r'data-rsvp-state="(.*?)"(?: data-seats-left="(.*?)")? data-waitlist-pos="(.*?)"', page.content.decode()
    )
    return found.groups()


def rows():
    return list(Rsvp.objects.order_by("pk").values()), list(Delivery.objects.order_by("pk").values())


# The box


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ({"capacity": 3}, ("open", "2", "")),
        ({"capacity": None}, ("open", "", "")),
        ({"capacity": 1}, ("full", "0", "")),
        ({"state": "cancelled", "capacity": 3}, ("cancelled", "2", "")),
        ({"state": "postponed", "capacity": 3}, ("postponed", "2", "")),
        ({"starts_in": timedelta(minutes=-5), "capacity": 3}, ("started", "2", "")),
        ({"starts_in": timedelta(days=-5), "capacity": 3}, ("past", "2", "")),
    ],
    ids=str,
)
def test_box_of_a_visitor(client, event, expected):
    event = make_event(**event)
    make_rsvp(event=event)
    page = client.get(event.get_absolute_url())
    assert box(page) == expected
    assert (b'id="id_email"' in page.content) == (expected[0] in ("open", "full"))
    assert not page.cookies


def test_box_of_members(sign_in):
    event = make_event(capacity=1)
    going, waiting = make_rsvp(event=event, member=make_member()), []
    for _ in range(3):
        waiting.append(make_rsvp(event=event, member=make_member(), status=S.WAITLISTED))
    assert box(sign_in(going.member).get(event.get_absolute_url())) == ("going", "0", "")
    assert box(sign_in(waiting[2].member).get(event.get_absolute_url())) == ("waitlisted", "0", "3")


def test_box_after_the_cut_off_offers_the_seat(sign_in):
    event = make_event(capacity=1, starts_in=timedelta(hours=1))
    rsvp = make_rsvp(event=event, member=make_member(), status=S.WAITLISTED)
    page = sign_in(rsvp.member).get(event.get_absolute_url())
    assert box(page) == ("claim", "0", "1")
    assert rsvp.get_absolute_url() in page.content.decode()


@pytest.mark.parametrize(("make", "seen"), [(make_organiser, True), (make_member, False)])
def test_only_organisers_read_that_too_many_are_going(sign_in, make, seen):
    event = make_event(capacity=2)
    make_rsvp(event=event), make_rsvp(event=event)
    Event.objects.update(capacity=1)
    page = sign_in(make(language="en")).get(event.get_absolute_url().replace("/nb/", "/en/"))
    assert (b"overbooked by 1" in page.content) is seen


def test_the_online_link_is_for_those_who_are_in(sign_in):
    event = make_event(online_url="https://meet.example.org/secret", capacity=1)
    going, waiting = make_rsvp(event=event, member=make_member()), make_rsvp(event=event, status=S.WAITLISTED)
    assert b"meet.example.org" in sign_in(going.member).get(event.get_absolute_url()).content
    assert b"meet.example.org" not in sign_in(make_member()).get(event.get_absolute_url()).content
    assert b"meet.example.org" not in sign_in(make_member()).get(waiting.get_absolute_url()).content


# Members


def test_one_tap_in_and_one_tap_out(sign_in):
    event, member = make_event(capacity=1), make_member()
    client = sign_in(member)
    page = client.post(reverse("rsvp_create", args=[event.slug]), follow=True)
    assert (page.redirect_chain, box(page)) == ([(event.get_absolute_url(), 302)], ("going", "0", ""))
    page = client.post(reverse("rsvp_cancel", args=[event.slug]), follow=True)
    assert box(page) == ("open", "1", "")


def test_too_late_is_said_on_the_events_page(sign_in):
    event = make_event(state="cancelled")
    page = sign_in(make_member()).post(reverse("rsvp_create", args=[event.slug]), follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert not event.rsvps.exists()


def test_somebody_elses_rsvp_is_not_there(sign_in):
    rsvp = make_rsvp(member=make_member())
    page = sign_in(make_member()).post(reverse("rsvp_cancel", args=[rsvp.event.slug]))
    rsvp.refresh_from_db()
    assert (page.status_code, rsvp.status) == (404, S.GOING)


def test_a_draft_takes_no_rsvp_and_is_not_there(client, sign_in):
    address = reverse("rsvp_create", args=[make_event(state="draft").slug])
    assert client.post(address, guest_data()).status_code == 404
    assert sign_in(make_member()).post(address).status_code == 404


# Guests


def test_guest_asks_and_is_told_to_look_in_the_mail(client):
    event = make_event()
    page = client.post(reverse("rsvp_create", args=[event.slug]), guest_data(), follow=True)
    assert page.redirect_chain == [(reverse("rsvp_sent", args=[event.slug]), 302)]
    assert list(event.rsvps.values_list("name", "email", "status", "language")) == [
        ("Kari Eksempel", "kari@example.org", "pending", "nb")
    ]


def test_known_and_unknown_addresses_get_the_same_answer(client):
    event, member = make_event(capacity=20), make_member()
    make_rsvp(event=event, email="going@example.org"), make_rsvp(event=event, member=member)
    address = reverse("rsvp_create", args=[event.slug])
    answers = set()
    for number, email in enumerate(["new@example.org", "going@example.org", member.email]):
        network = f"203.0.113.{number}"
        answer = client.post(address, guest_data(email=email), follow=True, REMOTE_ADDR=network)
        assert "30 minut" in answer.content.decode()
        # The page says which address was typed, and shows a form that was opened just now.
        page = re.sub(r'value="[\w:-]{40,}"', "", answer.content.decode().replace(email, "typed"))
        answers.add((page, str(answer.redirect_chain), tuple(answer.cookies)))
    assert len(answers) == 1


@pytest.mark.parametrize(
    "wrong", [{"email": "no address"}, {"email": "a@example.org\nBcc: b@example.org"}, {"name": ""}, {"website": "x"}]
)
def test_a_mistake_loses_nothing_that_was_typed(client, wrong):
    event, data = make_event(), guest_data(**wrong)
    page = client.post(reverse("rsvp_create", args=[event.slug]), data)
    assert (page.status_code, event.rsvps.count(), box(page)[0]) == (200, 0, "open")
    form = page.context["box"]["form"]
    assert (form["name"].value(), form["email"].value()) == (data["name"], data["email"])
    assert b"error-summary" in page.content


@pytest.mark.parametrize(
    "name", ["nul\x00l", "CR\r\nBcc: all@example.org", "x" * 10_000, "\u202egnitrats", "{event.__class__}"]
)
def test_hostile_names_break_nothing(client, mailoutbox, name):
    event = make_event()
    page = client.post(reverse("rsvp_create", args=[event.slug]), guest_data(name=name))
    assert page.status_code in (200, 302)
    stored = [rsvp.name for rsvp in event.rsvps.all()]
    assert not [letter for letter in "".join(stored) if letter in "\x00\r\n\u202e"]


def test_bytes_that_are_no_text_break_nothing(client):
    event = make_event()
    body = b"name=%ff%fe%00&email=a%ff@example.org&opened=%ff&website="
    page = client.post(reverse("rsvp_create", args=[event.slug]), body, "application/x-www-form-urlencoded")
    assert (page.status_code, event.rsvps.count()) == (200, 0)


@pytest.mark.usefixtures("early_in_the_hour")
def test_too_many_mails_for_one_mailbox_are_refused(client):
    answers = [
        client.post(reverse("rsvp_create", args=[make_event().slug]), guest_data(email="victim@example.org"))
        for _ in range(6)
    ]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429]


# The page of the link


@pytest.mark.parametrize("status", list(S))
@pytest.mark.parametrize("state", ["published", "postponed", "cancelled", "draft"])
def test_opening_the_link_changes_nothing(client, status, state):
    rsvp = make_rsvp(event=make_event(state=state, capacity=5), status=status)
    before = rows()
    for path in (rsvp.get_absolute_url(), f"{rsvp.get_absolute_url()}?action=cancel"):
        page = client.get(path)
        assert page.status_code == 200
        assert client.head(path).status_code == 200
    assert rows() == before
    assert page["X-Robots-Tag"] == "noindex" and "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "same-origin" and not page.cookies


@pytest.mark.parametrize(
    ("status", "action", "becomes"),
    [
        (S.PENDING, "confirm", S.GOING),
        (S.EXPIRED, "confirm", S.GOING),
        (S.GOING, "confirm", S.GOING),
        (S.CANCELLED, "confirm", S.CANCELLED),
        (S.CANCELLED, "again", S.GOING),
        (S.REMOVED, "again", S.GOING),
        (S.GOING, "cancel", S.CANCELLED),
        (S.PENDING, "cancel", S.CANCELLED),
        (S.CANCELLED, "cancel", S.CANCELLED),
        (S.GOING, "claim", S.GOING),
    ],
)
def test_buttons_of_the_link(client, status, action, becomes):
    rsvp = make_rsvp(status=status)
    for _ in range(2):
        page = client.post(rsvp.get_absolute_url(), {"action": action}, follow=True)
        assert (page.status_code, box(page)[0]) == (200, becomes)


def test_claiming_too_late_is_a_friendly_page(client):
    event = make_event(capacity=1, starts_in=timedelta(hours=1))
    make_rsvp(event=event)
    rsvp = make_rsvp(event=event, status=S.WAITLISTED)
    page = client.post(rsvp.get_absolute_url(), {"action": "claim"})
    assert (page.status_code, box(page)[0], box(page)[2]) == (409, "waitlisted", "1")


def test_confirming_for_a_closed_event_is_a_friendly_page(client):
    rsvp = make_rsvp(event=make_event(state="cancelled"), status=S.PENDING)
    page = client.post(rsvp.get_absolute_url(), {"action": "confirm"})
    assert (page.status_code, box(page)[0]) == (409, "pending")


@pytest.mark.parametrize("data", [{}, {"action": "delete"}, {"action": "\x00"}, {"action": "x" * 10_000}])
def test_other_words_do_nothing(client, data):
    rsvp = make_rsvp()
    before = rows()
    assert client.post(rsvp.get_absolute_url(), data).status_code == 400
    assert rows() == before


@pytest.mark.parametrize("token", ["x", "0", "-1", "a" * 5000, "%00", "..", "%ff"])
def test_no_such_link(client, token):
    assert client.get(f"/nb/events/rsvp/{token}/").status_code == 404


def test_a_link_whose_person_was_forgotten_opens_and_offers_nothing(client):
    rsvp = make_rsvp(status=S.CANCELLED, name="", email="")
    page = client.get(rsvp.get_absolute_url())
    assert (page.status_code, b"<button" in page.content) == (200, False)
    assert client.post(rsvp.get_absolute_url(), {"action": "again"}).status_code == 302
    rsvp.refresh_from_db()
    assert rsvp.status == S.CANCELLED


def test_a_member_can_leave_by_the_link_without_signing_in(client):
    rsvp = rsvps.rsvp_as_member(event_id=make_event().pk, member=make_member())
    client.post(rsvp.get_absolute_url(), {"action": "cancel"})
    rsvp.refresh_from_db()
    assert rsvp.status == S.CANCELLED
