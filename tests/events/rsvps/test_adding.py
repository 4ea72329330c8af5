"""An organiser puts somebody on the list: by the rules that hold for everybody, and with one letter at most."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from chapter.mail import MailboxFull, gate
from chapter.models import Delivery
from events import rsvps
from events.models import Rsvp
from events.rsvps import reminders
from tests.factories import make_event, make_member, make_organiser, make_rsvp
from tests.mail import deliver_all
from tests.threads import at_once

pytestmark = pytest.mark.django_db
Status = Rsvp.Status


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def add(event, name="Kari Eksempel", email="", by=None):
    return rsvps.add(event_id=event.pk, name=name, email=email, language="nb", by=by or make_organiser())


def page_of(client, event, **fields):
    client.force_login(make_organiser())
    return client.post(reverse("attendee_add", args=[event.slug]), fields)


def test_somebody_without_an_address_gets_a_seat_and_no_mail():
    added = add(make_event(capacity=2))
    deliver_all()
    assert (added.status, added.person_name, added.person_email, mail.outbox) == ("going", "Kari Eksempel", "", [])


def test_full_event_puts_them_at_the_end_of_the_waitlist():
    event = make_event(capacity=1)
    make_rsvp(event=event)
    before = make_rsvp(event=event, status=Status.WAITLISTED)
    assert add(event).status == "waitlisted"
    assert event.rsvps.waitlisted().in_queue_order().first() == before


def test_freed_seat_goes_to_them_in_turn():
    event = make_event(capacity=1)
    going = make_rsvp(event=event)
    added = add(event)
    rsvps.cancel(rsvp_id=going.pk)
    added.refresh_from_db()
    assert added.is_going


def test_an_address_gets_one_letter_that_says_how_to_leave_and_no_name():
    event = make_event(title="Coffee")
    added = add(event, name="Kanarifugl", email="kari@example.org")
    deliver_all()
    (letter,) = mail.outbox
    assert (letter.to, added.get_absolute_url().partition("/nb/")[2] in letter.body) == (["kari@example.org"], True)
    assert "Kanarifugl" not in letter.body


def test_nobody_is_reminded_who_has_not_asked_for_it():
    add(make_event(starts_in=timedelta(hours=20)), email="kari@example.org")
    Rsvp.objects.update(changed_at="2020-01-01T00:00Z")
    reminders.remind_due()
    assert set(Delivery.objects.values_list("kind", flat=True)) == {"rsvp_added"}


def test_letter_is_not_sent_once_they_have_left():
    added = add(make_event(), email="kari@example.org")
    rsvps.cancel(rsvp_id=added.pk)
    deliver_all()
    assert ["on the list" in letter.subject for letter in mail.outbox] == [False]


def test_letters_pass_the_budget_of_the_mailbox():
    organiser = make_organiser()
    for _ in range(gate.PER_MAILBOX):
        add(make_event(), email="kari@example.org", by=organiser)
    event = make_event()
    with pytest.raises(MailboxFull):
        add(event, email="kari+more@example.org", by=organiser)
    assert event.rsvps.count() == 0


def test_full_mailbox_is_said_beside_the_field(client):
    for _ in range(gate.PER_MAILBOX):
        add(make_event(), email="kari@example.org")
    page = page_of(client, make_event(), name="Kari", email="kari@example.org")
    assert (page.status_code, list(page.context["form"].errors)) == (200, ["email"])
    assert 'value="Kari"' in page.content.decode()


@pytest.mark.parametrize("email", ["kari@example.org", "KARI+x@example.org"])
def test_a_mailbox_is_on_the_list_once(client, email):
    event = make_event()
    make_rsvp(event=event, email="kari@example.org")
    page = page_of(client, event, name="Kari", email=email)
    assert (list(page.context["form"].errors), event.rsvps.count()) == (["email"], 1)


def test_a_name_without_an_address_is_on_the_list_once(client):
    event = make_event()
    add(event, name="Kari Eksempel")
    page = page_of(client, event, name="kari eksempel")
    assert (list(page.context["form"].errors), event.rsvps.count()) == (["name"], 1)
    assert page_of(client, event, name="Kari Ek").status_code == 302


def test_address_of_a_member_is_theirs():
    member, event = make_member(email="kari@example.org", name="Kari"), make_event()
    added = add(event, name="Somebody", email="kari@example.org")
    assert (added.member, added.email, added.person_name) == (member, "", "Kari")


def test_somebody_who_has_not_confirmed_is_the_one_who_is_added():
    event = make_event(capacity=5)
    rsvps.rsvp_as_guest(event_id=event.pk, name="Kari", email="kari@example.org", language="nb")
    assert (add(event, email="kari@example.org").status, event.rsvps.count()) == ("going", 1)


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled"])
def test_closed_list_takes_nobody(client, state):
    event = make_event(state=state)
    page = page_of(client, event, name="Kari")
    assert (bool(page.context["form"].non_field_errors()), event.rsvps.count()) == (True, 0)


def test_page_says_who_got_a_seat_and_who_waits(client):
    event = make_event(capacity=1)
    for name, said in (("Kari", "Kari has a seat."), ("Ola", "All seats are taken: Ola is on the waitlist.")):
        client.force_login(make_organiser())
        page = client.post(reverse("attendee_add", args=[event.slug]), {"name": name}, follow=True)
        assert [str(message) for message in page.context["messages"]] == [said]


@pytest.mark.django_db(transaction=True)
def test_last_seat_goes_to_one_of_many_added_at_once():
    event, organiser = make_event(capacity=1), make_organiser()

    at_once(lambda name: add(event, name=name, by=organiser), "Kari", "Ola", "Per", "Mari")
    assert sorted(event.rsvps.values_list("status", flat=True)) == ["going", *["waitlisted"] * 3]
