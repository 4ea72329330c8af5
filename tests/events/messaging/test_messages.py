"""A host's message: seen before it is sent, sent once, to those it is meant for."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation

from chapter.models import Chapter, Delivery
from events import messaging, rsvps
from events.models import Message, Rsvp
from tests.factories import make_event, make_member, make_organiser, make_rsvp
from tests.mail import deliver_all
from tests.threads import at_once

pytestmark = pytest.mark.django_db
Status = Rsvp.Status


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def host(client):
    member = make_member(name="Hild Vert")
    client.force_login(member)
    return member


def make_message(*, event, **fields):
    fields = {"language": "nb", "subject": "Ta med kopp", "body": "Vi har **kaffe**.", **fields}
    return Message.objects.create(event=event, **fields)


def send(message, by=None):
    return messaging.send(event_id=message.event_id, message_id=message.pk, by=by or make_organiser())


def recipients():
    deliver_all()
    return sorted(address for letter in mail.outbox for address in letter.to)


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ("going", ["going@example.org"]),
        ("waitlisted", ["waiting@example.org"]),
        ("all", ["going@example.org", "waiting@example.org"]),
    ],
)
def test_it_goes_to_its_audience_and_nobody_else(audience, expected):
    event = make_event()
    people = {
        "going": Status.GOING,
        "waiting": Status.WAITLISTED,
        "pending": Status.PENDING,
        "left": Status.CANCELLED,
    }
    for name, status in people.items():
        make_rsvp(event=event, status=status, email=f"{name}@example.org")
    make_rsvp(email="elsewhere@example.org")
    message = make_message(event=event, audience=audience)
    assert send(message) == len(expected)
    assert recipients() == expected


def test_the_letter_says_which_event_why_and_where_to_leave():
    rsvp = make_rsvp(event=make_event(title="Kaffe"), language="en", email="gro@example.org")
    send(make_message(event=rsvp.event))
    deliver_all()
    letter = mail.outbox[0]
    html = letter.alternatives[0].content
    assert (letter.subject, letter.reply_to) == ("Ta med kopp · Kaffe", [Chapter.load().contact_email])
    assert letter.extra_headers["List-Id"] == "<participants.localhost>"
    for text in (letter.body, html):
        assert rsvp.token in text
        assert "because you signed up" in text
    assert ("<strong>kaffe</strong>" in html, 'lang="nb"' in html) == (True, True)


def test_whoever_leaves_or_gets_a_seat_before_it_is_sent_gets_none():
    event = make_event(capacity=1)
    going, waiting = make_rsvp(event=event), make_rsvp(event=event, status=Status.WAITLISTED)
    send(make_message(event=event, audience="going"))
    send(make_message(event=event, audience="waitlisted"))
    rsvps.cancel(rsvp_id=going.pk)
    waiting.refresh_from_db()
    deliver_all()
    assert waiting.status == Status.GOING
    assert [d.sent_at for d in Delivery.objects.filter(kind="event_message")] == [None, None]


@pytest.mark.django_db(transaction=True)
def test_two_hosts_who_press_at_once_send_one_mail_each():
    event = make_event()
    people = [make_rsvp(event=event) for _ in range(3)]
    message = make_message(event=event)
    results = at_once(lambda by: send(message, by), *[make_organiser() for _ in range(4)])
    assert [type(r) for r in results].count(messaging.AlreadySent) == 3
    assert [r for r in results if r == 3] == [3]
    assert Delivery.objects.filter(kind="event_message").count() == len(people)


def test_five_a_day_are_enough():
    event = make_rsvp().event
    for _ in range(5):
        send(make_message(event=event))
    with pytest.raises(messaging.DailyLimitReached):
        send(make_message(event=event))
    event.messages.update(sent_at=timezone.now() - timedelta(hours=25))
    assert send(make_message(event=event)) == 1


def test_nobody_to_write_to_is_said_and_the_draft_stays(client, host):
    message = make_message(event=make_event())
    message.event.hosts.add(host)
    response = client.post(reverse("message_send", args=[message.event.slug, message.pk]), follow=True)
    message.refresh_from_db()
    assert ("no one to send it to" in response.content.decode(), message.sent_at) == (True, None)


def test_guests_whose_address_is_deleted_are_not_counted():
    event = make_rsvp().event
    make_rsvp(event=event, name="", email="")
    assert send(make_message(event=event)) == 1


def test_a_line_break_in_the_subject_never_becomes_a_header(client, host):
    event = make_rsvp().event
    event.hosts.add(host)
    fields = {"audience": "going", "language": "en", "subject": "Hi\r\nBcc: x@example.org", "body": "Text"}
    client.post(reverse("message_new", args=[event.slug]), fields)
    send(Message.objects.get())
    deliver_all()
    assert mail.outbox[0].subject.startswith("Hi Bcc: x@example.org")
    assert (mail.outbox[0].bcc, mail.outbox[0].message()["Bcc"]) == ([], None)


def test_a_link_to_our_own_page_is_whole_in_the_mail(settings):
    rsvp = make_rsvp()
    send(make_message(event=rsvp.event, body="[here](/nb/events/)"))
    deliver_all()
    assert f'href="{settings.SITE_URL}/nb/events/"' in mail.outbox[0].alternatives[0].content
    assert f"[here]({settings.SITE_URL}/nb/events/)" in mail.outbox[0].body


# The pages


def test_what_another_host_changed_meanwhile_is_not_sent_unread(client, host):
    rsvp = make_rsvp()
    message = make_message(event=rsvp.event)
    rsvp.event.hosts.add(host)
    args = [rsvp.event.slug, message.pk]
    seen = client.get(reverse("message_preview", args=args)).context["form"]["seen"].value()
    messaging.edit(message_id=message.pk, by=make_organiser(), audience="all")
    response = client.post(reverse("message_send", args=args), {"seen": seen}, follow=True)
    message.refresh_from_db()
    assert ("changed since you read it" in response.content.decode(), message.sent_at) == (True, None)
    seen = response.context["form"]["seen"].value()
    client.post(reverse("message_send", args=args), {"seen": seen})
    message.refresh_from_db()
    assert message.sent_to == 1


def test_composing_shows_the_mail_and_how_many_get_it_before_anything_is_sent(client, host):
    event = make_rsvp(email="gro@example.org").event
    event.hosts.add(host)
    fields = {"audience": "going", "language": "nb", "subject": "Ta med kopp", "body": "Vi har kaffe."}
    page = client.post(reverse("message_new", args=[event.slug]), fields, follow=True)
    assert page.context["readers"] == 1
    assert "Vi har kaffe." in page.context["mail"].body
    assert Delivery.objects.count() == 0


def test_the_preview_has_nobodys_secret_link_or_address(client, host):
    rsvp = make_rsvp(email="gro@example.org")
    message = make_message(event=rsvp.event)
    rsvp.event.hosts.add(host)
    for name in ("message_preview", "message_mail"):
        page = client.get(reverse(name, args=[rsvp.event.slug, message.pk])).content.decode()
        assert (rsvp.token in page, "gro@example.org" in page) == (False, False)


def test_a_draft_is_changed_and_thrown_away_and_what_is_sent_is_neither(client, host):
    event = make_rsvp().event
    event.hosts.add(host)
    message = make_message(event=event)
    args = [event.slug, message.pk]
    fields = {"audience": "all", "language": "sv", "subject": "Ny", "body": "Text"}
    client.post(reverse("message_edit", args=args), fields)
    send(message)
    client.post(reverse("message_edit", args=args), {**fields, "subject": "Too late"})
    client.post(reverse("message_delete", args=args))
    message.refresh_from_db()
    assert (message.subject, message.audience, message.sent_to) == ("Ny", "all", 1)


def test_a_message_of_another_event_is_not_there(client, host):
    event, elsewhere = make_event(), make_message(event=make_event())
    event.hosts.add(host)
    for name in ("message_preview", "message_mail", "message_edit"):
        assert client.get(reverse(name, args=[event.slug, elsewhere.pk])).status_code == 404
    assert client.post(reverse("message_send", args=[event.slug, elsewhere.pk])).status_code == 404


def test_what_was_sent_is_listed_with_who_and_how_many(client, host):
    event = make_rsvp().event
    event.hosts.add(host)
    send(make_message(event=event), by=host)
    page = " ".join(client.get(reverse("event_messages", args=[event.slug])).content.decode().split())
    assert ("Ta med kopp" in page, "1 person" in page, "Hild Vert" in page) == (True, True, True)


# Before it is sent


def test_each_audience_says_how_many_it_is(client, host):
    event = make_event()
    event.hosts.add(host)
    for status in (Status.GOING, Status.GOING, Status.WAITLISTED, Status.CANCELLED, Status.PENDING):
        make_rsvp(event=event, status=status, email=f"p{event.rsvps.count()}@example.org")
    make_rsvp(event=event, name="Without an address", email="")
    form = client.get(reverse("message_new", args=[event.slug])).context["form"]
    shown = [label for _key, label in form.fields["audience"].choices]
    assert shown == ["People who are coming (2)", "People on the waitlist (1)", "Both (3)"]


def test_no_message_is_without_a_language(client, host):
    event = make_event()
    event.hosts.add(host)
    page = client.get(reverse("message_new", args=[event.slug])).content.decode()
    assert page.count('<option value=""') == 0


def test_a_test_goes_to_whoever_asks_and_to_nobody_else(client, host):
    event = make_event()
    event.hosts.add(host)
    make_rsvp(event=event, email="kari@example.org")
    message = make_message(event=event)
    for _ in range(2):
        client.post(reverse("message_test", args=[event.slug, message.pk]))
    deliver_all()
    message.refresh_from_db()
    assert ([letter.to for letter in mail.outbox], message.sent_at) == ([[host.email]], None)
    assert "kaffe" in mail.outbox[0].body


def test_a_test_of_what_is_sent_already_is_refused(client, host):
    event = make_event()
    event.hosts.add(host)
    message = make_message(event=event, sent_at=timezone.now())
    answer = client.post(reverse("message_test", args=[event.slug, message.pk]))
    assert (answer.url, Delivery.objects.count()) == (reverse("event_messages", args=[event.slug]), 0)
