"""The letters about an RSVP: what they say, in which language, to whom, and when they are not sent at all."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from chapter.models import Delivery
from chapter.wordings import adopt_wording
from events import rsvps
from events.models import Rsvp
from tests.factories import make_event, make_member, make_organiser, make_rsvp, make_venue
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
S = Rsvp.Status


def event_with_everything(**fields):
    venue = make_venue(directions="Ring the bell twice.", access_notes="No steps.", language="en")
    return make_event(venue=venue, online_url="https://meet.example.org/secret", **fields)


def letter_about(mailoutbox, change):
    change()
    deliver_all()
    (mail,) = mailoutbox
    return mail, f"{mail.body}\n{mail.alternatives[0].content}"


def test_you_are_in(mailoutbox):
    event = event_with_everything(starts_at=datetime(2030, 7, 4, 15, 30, tzinfo=ZoneInfo("UTC")))
    rsvp = make_rsvp(event=event, status=S.PENDING, language="en", email="kari@example.org")
    mail, text = letter_about(mailoutbox, lambda: rsvps.confirm(token=rsvp.token))
    assert (mail.to, mail.subject) == (["kari@example.org"], "You have a seat: Lean Coffee")
    for part in ("Thursday 4 July 2030, 17:30–18:30", "Ring the bell twice.", "No steps.", "meet.example.org"):
        assert text.count(part) >= 2, part
    assert f"http://localhost:8000/en/events/rsvp/{rsvp.token}/" in mail.body


def test_you_are_in_brings_a_calendar_entry(mailoutbox):
    rsvp = make_rsvp(status=S.PENDING)
    mail, _text = letter_about(mailoutbox, lambda: rsvps.confirm(token=rsvp.token))
    (part,) = [part for part in mail.message().walk() if part.get_content_type() == "text/calendar"]
    assert (part.get_param("method"), part.get_filename()) == ("PUBLISH", "event.ics")
    entry = part.get_payload(decode=True)
    assert entry.startswith(b"BEGIN:VCALENDAR") and str(rsvp.event.uid).encode() in entry
    assert rsvp.token.encode() not in entry and b"ATTENDEE" not in entry


def test_last_day_is_said_where_it_is_another_one(mailoutbox):
    event = make_event(starts_at=datetime(2030, 7, 4, 15, 30, tzinfo=ZoneInfo("UTC")), hours=24)
    rsvp = make_rsvp(event=event, status=S.PENDING, language="en")
    _mail, text = letter_about(mailoutbox, lambda: rsvps.confirm(token=rsvp.token))
    assert text.count("Thursday 4 July 2030, 17:30–Friday 5 July 2030 17:30 (time zone: Oslo)") == 2


@pytest.mark.parametrize("kind", ["pending", "waitlisted", "claim", "cancelled", "removed"])
def test_no_meeting_link_and_no_calendar_entry_for_those_who_are_not_in(mailoutbox, kind):
    event = event_with_everything(capacity=1, starts_in=timedelta(hours=2 if kind == "claim" else 48))
    make_rsvp(event=event, email="seat@example.org")
    causes = {
        "pending": lambda: rsvps.rsvp_as_guest(event_id=event.pk, name="K", email="k@example.org", language="sv"),
        "waitlisted": lambda: rsvps.rsvp_as_member(event_id=event.pk, member=make_member()),
        "claim": lambda: (
            make_rsvp(event=event, status="waitlisted"),
            rsvps.change_capacity(event_id=event.pk, capacity=2),
        ),
        "cancelled": lambda: rsvps.cancel(rsvp_id=event.rsvps.get().pk),
        "removed": lambda: rsvps.remove(rsvp_id=event.rsvps.get().pk, by=make_organiser()),
    }
    mail, text = letter_about(mailoutbox, causes[kind])
    assert "meet.example.org" not in text
    assert mail.attachments == []


def test_a_promotion_is_written_in_the_language_of_the_one_who_moves_up(mailoutbox):
    event = make_event(capacity=1, title="Kaffe på svenska", language="sv")
    adopt_wording(event, language="en", title="Coffee in English")
    seat = make_rsvp(event=event, language="sv")
    make_rsvp(event=event, status=S.WAITLISTED, language="en", email="next@example.org")
    rsvps.cancel(rsvp_id=seat.pk)
    deliver_all()
    promoted = mailoutbox[-1]
    assert (promoted.to, promoted.subject) == (["next@example.org"], "A seat for you: Coffee in English")
    assert mailoutbox[0].extra_headers["Content-Language"] == "sv"


def test_a_confirmation_repeats_nothing_that_a_stranger_typed(mailoutbox):
    """Else anybody could have us send their words to any address."""
    event = make_event()
    mail, text = letter_about(
        mailoutbox,
        lambda: rsvps.rsvp_as_guest(
            event_id=event.pk, name="Buy at http://spam.example", email="victim@example.org", language="en"
        ),
    )
    assert "spam" not in text + mail.subject
    assert f"/en/events/rsvp/{event.rsvps.get().token}/" in mail.body


def test_each_link_in_a_letter_opens_and_changes_nothing(client, mailoutbox):
    rsvp = make_rsvp(status=S.PENDING)
    letter_about(
        mailoutbox,
        lambda: rsvps.rsvp_as_guest(event_id=rsvp.event_id, name=rsvp.name, email=rsvp.email, language="nb"),
    )
    links = [word for word in mailoutbox[0].body.split() if word.startswith("http")]
    before = list(Rsvp.objects.values())
    assert [client.get(link).status_code for link in links] == [200] * len(links)
    assert (len(links) >= 2, list(Rsvp.objects.values())) == (True, before)


def test_what_is_no_longer_true_is_not_sent(mailoutbox):
    event, member = make_event(capacity=1), make_member()
    rsvp = rsvps.rsvp_as_member(event_id=event.pk, member=member)
    rsvps.cancel(rsvp_id=rsvp.pk)
    deliver_all()
    assert [mail.subject.split(":")[0] for mail in mailoutbox] == [mailoutbox[0].subject.split(":")[0]]
    assert Delivery.objects.get(kind="rsvp_going").dropped_at
    assert Delivery.objects.get(kind="rsvp_cancelled").sent_at


def test_a_seat_that_is_taken_already_is_not_offered(mailoutbox):
    event = make_event(capacity=1, starts_in=timedelta(hours=1))
    seat, *waiting = [make_rsvp(event=event), *(make_rsvp(event=event, status=S.WAITLISTED) for _ in range(3))]
    rsvps.cancel(rsvp_id=seat.pk)
    rsvps.claim(rsvp_id=waiting[0].pk)
    deliver_all()
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([seat.email, waiting[0].email])


def test_a_retry_sends_nothing_twice(mailoutbox):
    rsvps.confirm(token=make_rsvp(status=S.PENDING).token)
    deliver_all()
    deliver_all()
    assert len(mailoutbox) == 1


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_titles_cannot_reach_the_headers(mailoutbox, language):
    event = make_event(title="A & <b>B</b>\r\nBcc: all@example.org {event.__class__}")
    rsvp = make_rsvp(event=event, status=S.PENDING, language=language)
    mail, _text = letter_about(mailoutbox, lambda: rsvps.confirm(token=rsvp.token))
    assert mail.subject.endswith(": A & <b>B</b> Bcc: all@example.org {event.__class__}")
    assert "Bcc" not in mail.message() and "A & <b>B</b>" in mail.body
    assert "<b>B</b>" not in mail.alternatives[0].content
