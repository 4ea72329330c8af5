"""A series that moves or ends: one mail to each person, about all that they come to."""

from datetime import time, timedelta

import pytest
import time_machine

from chapter.models import Delivery
from events import planning
from events.models import Event, Rsvp
from events.series import actions as series
from tests.events.calendars.icsreader import read_events
from tests.events.series.test_series_edits import WEDNESDAYS, edit, events_of, running
from tests.factories import make_event, make_member, make_rsvp
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _january():
    with time_machine.travel("2027-01-10T12:00:00+01:00", tick=False):
        yield


@pytest.fixture
def found():
    """A guest who comes to two and waits for the third, a member who comes to two, one who comes to one."""
    made, member = running(), make_member(email="member@example.org")
    made.events.filter(series_date="2027-03-18").update(capacity=1)
    for n, event in enumerate(events_of(made)):
        status = Rsvp.Status.WAITLISTED if n == 2 else Rsvp.Status.GOING
        make_rsvp(event=event, email="guest@example.org", status=status, language="en")
        if n:
            make_rsvp(event=event, member=member, language="nb")
    make_rsvp(event=events_of(made)[0], email="once@example.org", language="en")
    return made


def by_reader(mailoutbox):
    assert len({mail.to[0] for mail in mailoutbox}) == len(mailoutbox)
    return {mail.to[0]: mail for mail in mailoutbox}


def test_everyone_gets_one_mail_with_the_reason_and_all_of_theirs(found, mailoutbox):
    assert edit(found, starts_at=time(12), reason="The kitchen opens later").told == 3
    deliver_all()
    mails = by_reader(mailoutbox)
    guest = mails["guest@example.org"]
    assert (guest.subject, guest.body.count("12:00–13:00")) == ("Changed: Lunch", 3)
    assert "21. januar" not in mails["member@example.org"].body and "18. mars" in mails["member@example.org"].body
    assert mails["once@example.org"].body.count("12:00–13:00") == 1
    assert all("The kitchen opens later" in mail.body and len(mail.attachments) == 1 for mail in mailoutbox)
    assert [event["SEQUENCE"] for event in read_events(guest.attachments[0].content.encode())] == ["1", "1", "1"]


def test_every_rsvp_has_its_own_way_out(found, mailoutbox):
    edit(found, starts_at=time(12))
    deliver_all()
    mail = by_reader(mailoutbox)["guest@example.org"]
    tokens = Rsvp.objects.filter(email="guest@example.org").values_list("token", flat=True)
    assert all(token in mail.body and token in mail.alternatives[0].content for token in tokens)
    assert "meet.example.org" in mail.body


def test_end_cancels_with_one_mail_each(found, mailoutbox):
    assert series.end(found.pk, cancels=True, reason="We move on") == 3
    deliver_all()
    mails = by_reader(mailoutbox)
    assert mails["guest@example.org"].subject == "Cancelled: Lunch"
    assert "We move on" in mails["guest@example.org"].body and "Give your seat" not in mails["guest@example.org"].body


def test_mail_says_how_things_are_when_it_goes_out(found, mailoutbox):
    edit(found, starts_at=time(12))
    edit(found, **WEDNESDAYS)
    planning.cancel(events_of(found)[1].pk, reason="Storm")
    deliver_all()
    texts = [
        mail.body for mail in mailoutbox if mail.to == ["guest@example.org"] and mail.subject.startswith("Changed")
    ]
    assert len(texts) == 1 and "Wednesday 20 January" in texts[0] and "Cancelled: Wednesday" in texts[0]


def test_whoever_has_left_all_of_them_hears_nothing(found, mailoutbox):
    edit(found, starts_at=time(12))
    Rsvp.objects.filter(email="guest@example.org").update(status=Rsvp.Status.CANCELLED)
    Rsvp.objects.filter(email="once@example.org").update(email="", name="")
    deliver_all()
    assert list(by_reader(mailoutbox)) == ["member@example.org"]


def test_whoever_left_one_hears_of_the_others(found, mailoutbox):
    edit(found, starts_at=time(12))
    first = Rsvp.objects.filter(email="guest@example.org").earliest("id")
    Rsvp.objects.filter(pk=first.pk).update(status=Rsvp.Status.CANCELLED)
    deliver_all()
    body = by_reader(mailoutbox)["guest@example.org"].body
    assert first.token not in body and body.count("12:00–13:00") == 2


def test_pages_count_people_and_not_seats(found, organiser_client):
    state = {"state": Event.State.CANCELLED, "series": found, "starts_in": timedelta(days=9)}
    make_rsvp(event=make_event(**state))
    page = organiser_client.get(f"/en/events/series/{found.slug}/end/")
    assert (page.context["people"], len(page.context["coming"])) == (3, 3)


def test_same_change_is_told_once(found):
    edit(found, starts_at=time(12))
    before = Delivery.objects.count()
    assert (edit(found, starts_at=time(12)).told, Delivery.objects.count()) == (0, before)


def test_host_of_a_draft_sees_the_page_of_its_series(client):
    made, host = running(publishes=False), make_member()
    path = made.get_absolute_url()
    client.force_login(host)
    assert client.get(path).status_code == 404
    events_of(made)[0].hosts.add(host)
    assert client.get(path).status_code == 200
    assert "BEGIN:VEVENT" not in client.get(f"/en/events/series/{made.slug}.ics").content.decode()
