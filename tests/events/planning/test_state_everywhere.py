"""One change, and every place that must say so: page, lists, home, mail, calendars, JSON-LD, reminders, the way out."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from chapter.models import Delivery
from events import calendars, planning
from events.models import Event, Rsvp
from events.rsvps import reminders
from tests.events.calendars.icsreader import read_events
from tests.events.planning.test_changes import edit
from tests.factories import make_event, make_member, make_organiser, make_rsvp, make_venue
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
S = Rsvp.Status
START = datetime(2026, 5, 7, 10, tzinfo=UTC)  # Thursday 12:00 in Oslo
DAY, WEEK = timedelta(days=1), timedelta(days=7)
WHY = "The roof leaks"


@pytest.fixture(autouse=True)
def _english_spring(time_machine):
    time_machine.move_to(START - 3 * WEEK, tick=False)
    with translation.override("en"):
        yield


@pytest.fixture
def event():
    """With a member who is going, a guest who is going and a guest who waits."""
    made = make_event(venue=make_venue(), starts_at=START, capacity=2)
    make_rsvp(event=made, member=make_member(email="member@example.org", language="en"), language="en")
    make_rsvp(event=made, email="guest@example.org", language="en")
    make_rsvp(event=made, email="waiting@example.org", language="en", status=S.WAITLISTED)
    make_rsvp(event=made, status=S.CANCELLED)
    return made


def _shift(event, by, reason=WHY):
    edit(event, starts_at=event.starts_at + by, ends_at=event.ends_at + by, reason=reason)


def _another_address(event):
    event.venue.address = "Storgata 9"
    event.venue.save()
    planning.venue_changed(event.venue, reason=WHY)


def _republish(event):
    planning.postpone(event.pk, reason=WHY)
    event.refresh_from_db()
    _shift(event, WEEK, reason="")
    planning.publish(event.pk)


CHANGES = {
    "time": lambda event: _shift(event, DAY),
    "place": lambda event: edit(event, venue=make_venue(name="Elsewhere", address="Storgata 9"), reason=WHY),
    "address": _another_address,
    "postponed": lambda event: planning.postpone(event.pk, reason=WHY),
    "cancelled": lambda event: planning.cancel(event.pk, reason=WHY),
    "republished": _republish,
}
each_change = pytest.mark.parametrize("change", CHANGES)


def after(event, change):
    """The event as it is stored after the change."""
    CHANGES[change](event)
    return Event.objects.select_related("venue").get(pk=event.pk)


def expected(**values):
    """Parameters: each change with what is expected of it; unless given, that nothing is different."""
    usual = values.pop("usual")
    return pytest.mark.parametrize(("change", "expectation"), [(name, values.get(name, usual)) for name in CHANGES])


# The pages


@expected(
    usual="The time or place has changed",
    time="Moved: it was Thursday 7 May 2026 at 12:00",
    postponed="This event is postponed",
    cancelled="This event is cancelled",
    republished="Moved: it was Thursday 7 May 2026 at 12:00",
)
def test_page_says_what_happened_and_why(client, event, change, expectation):
    after(event, change)
    page = client.get(event.get_absolute_url()).text
    notice = page[page.index("notice__title") :][:400]
    assert (expectation in notice, WHY in notice) == (True, True)


def ticket_of(client, view):
    page = client.get(reverse(view)).text
    tickets = re.findall(r'<article class="ticket.*?</article>', page, re.DOTALL)
    return "".join(" ".join(re.sub("<[^>]*>", " ", ticket).split()) for ticket in tickets)


@expected(
    usual="Thursday 7 May",
    time="Friday 8 May",
    republished="Thursday 14 May",
)
def test_ticket_in_the_list_has_the_day(client, event, change, expectation):
    after(event, change)
    assert ticket_of(client, "events").startswith(expectation)


@expected(usual=[], postponed=["Postponed"], cancelled=["Cancelled"])
def test_ticket_in_the_list_has_the_state(client, event, change, expectation):
    after(event, change)
    ticket = ticket_of(client, "events")
    assert [word for word in ("Postponed", "Cancelled") if word in ticket] == expectation


@expected(
    usual=["Thursday 7 May"], time=["Friday 8 May"], republished=["Thursday 14 May"], postponed=[], cancelled=[]
)
def test_home_shows_what_takes_place(client, event, change, expectation):
    after(event, change)
    ticket = ticket_of(client, "home")
    assert [day for day in ("Thursday 7 May", "Friday 8 May", "Thursday 14 May") if day in ticket] == expectation


@expected(usual="Going", postponed="The event is postponed", cancelled="The event is cancelled")
def test_own_page_says_so_too(client, event, change, expectation):
    after(event, change)
    client.force_login(event.rsvps.get(member__isnull=False).member)
    page = client.get(reverse("me")).text
    assert f"<strong>{expectation}</strong>" in page


@each_change
def test_organisers_see_who_comes_all_the_same(client, event, change):
    after(event, change)
    client.force_login(make_organiser())
    groups = client.get(reverse("event_attendees", args=[event.slug])).context["groups"]
    assert [len(people) for people, _before in groups] == [2, 1]


# The mail


def letters(mailoutbox):
    deliver_all()
    return {mail.to[0]: mail for mail in mailoutbox}


@expected(usual="Changed: Lean Coffee", postponed="Postponed: Lean Coffee", cancelled="Cancelled: Lean Coffee")
def test_one_mail_for_each_with_the_reason(event, mailoutbox, change, expectation):
    after(event, change)
    found = letters(mailoutbox)
    assert (sorted(found), len(mailoutbox)) == (["guest@example.org", "member@example.org", "waiting@example.org"], 3)
    assert {mail.subject for mail in mailoutbox} == {expectation}
    assert [WHY in text for mail in mailoutbox for text in (mail.body, mail.alternatives[0].content)] == [True] * 6


@expected(
    usual="Thursday 7 May 2026, 12:00",
    time="Friday 8 May 2026, 12:00",
    republished="Thursday 14 May 2026, 12:00",
)
def test_mail_and_its_calendar_entry_are_of_the_same_day(event, mailoutbox, change, expectation):
    changed = after(event, change)
    mail = letters(mailoutbox)["guest@example.org"]
    [entry] = read_events(mail.attachments[0].content.encode())
    assert expectation in mail.body
    assert (entry["SEQUENCE"], entry["DTSTART;TZID=Europe/Oslo"][:8]) == (
        str(changed.sequence),
        f"{changed.local_start:%Y%m%d}",
    )


@pytest.mark.parametrize("second", CHANGES)
@pytest.mark.parametrize("first", ["time", "place", "postponed"])
def test_two_changes_in_a_row_are_one_mail_about_how_it_is_now(event, mailoutbox, first, second):
    changed = after(event, first)
    if changed.is_postponed and second in ("time", "place", "address", "postponed", "republished"):
        changed = after(changed, "time")
        planning.publish(changed.pk)
    else:
        after(changed, second)
    assert (len(letters(mailoutbox)), len(mailoutbox)) == (3, 3)


@pytest.mark.parametrize("change", ["place", "address"])
def test_new_place_is_in_the_mail(event, mailoutbox, change):
    after(event, change)
    assert "Storgata 9, Eksempelby" in letters(mailoutbox)["guest@example.org"].body


# Calendars and machines


@expected(usual="CONFIRMED", postponed="TENTATIVE", cancelled="CANCELLED")
def test_calendars_follow_the_same_entry(client, event, change, expectation):
    before = read_events(client.get(reverse("events_feed")).content)[0]
    changed = after(event, change)
    [entry] = read_events(client.get(reverse("events_feed")).content)
    [alone] = read_events(calendars.event_ics(changed, language="en"))
    assert (entry["UID"], entry["STATUS"]) == (before["UID"], expectation)
    assert int(entry["SEQUENCE"]) > int(before["SEQUENCE"])
    assert {name: alone[name] for name in entry} == entry


@expected(usual="Lean Coffee", postponed="POSTPONED: Lean Coffee", cancelled="CANCELLED: Lean Coffee")
def test_calendars_say_so_in_the_title_and_give_the_reason(client, event, change, expectation):
    after(event, change)
    [entry] = read_events(client.get(reverse("events_feed")).content)
    assert (entry["SUMMARY"], entry["DESCRIPTION"].splitlines()[0]) == (expectation, WHY)


@pytest.mark.parametrize("change", ["postponed", "cancelled"])
def test_calendars_keep_it_for_a_year(client, event, change, time_machine):
    after(event, change)
    time_machine.move_to(START + timedelta(days=300))
    assert len(read_events(client.get(reverse("events_feed")).content)) == 1


@expected(
    usual=("EventScheduled", "2026-05-07T12:00:00+02:00", None),
    time=("EventRescheduled", "2026-05-08T12:00:00+02:00", "2026-05-07T12:00:00+02:00"),
    postponed=("EventPostponed", "2026-05-07T12:00:00+02:00", None),
    cancelled=("EventCancelled", "2026-05-07T12:00:00+02:00", None),
    republished=("EventRescheduled", "2026-05-14T12:00:00+02:00", "2026-05-07T12:00:00+02:00"),
)
def test_machines_are_told_the_same(client, event, change, expectation):
    after(event, change)
    text = client.get(event.get_absolute_url()).text
    data = json.loads(re.search(r'ld\+json">(.*?)</script>', text, re.DOTALL)[1])
    status = data["eventStatus"].removeprefix("https://schema.org/")
    assert (status, data["startDate"], data.get("previousStartDate")) == expectation


def test_cancelled_after_a_move_keeps_the_last_date(client, event):
    after(after(event, "time"), "cancelled")
    text = client.get(event.get_absolute_url()).text
    assert '"startDate": "2026-05-08T12:00:00+02:00"' in text
    assert "previousStartDate" not in text


# Reminders


@expected(usual=[2, 0], time=[0, 2], postponed=[0, 0], cancelled=[0, 0], republished=[0, 0])
def test_reminders_are_for_the_day_that_holds(event, time_machine, change, expectation):
    """Twenty hours before the old start, and a day later."""
    after(event, change)
    counts = []
    for moment in (START, START + DAY):
        time_machine.move_to(moment - timedelta(hours=20), tick=False)
        counts.append(reminders.remind_due())
    assert counts == expectation


@expected(usual=0, time=2, postponed=0, cancelled=0, republished=2)
def test_whoever_was_reminded_is_reminded_again_only_of_another_start(event, time_machine, change, expectation):
    time_machine.move_to(START - timedelta(hours=20), tick=False)
    assert reminders.remind_due() == 2
    changed = after(event, change)
    time_machine.move_to(changed.starts_at - timedelta(hours=19), tick=False)
    assert reminders.remind_due() == expectation


@expected(usual=2, time=0, postponed=0, cancelled=0, republished=0)
def test_reminder_that_waits_is_sent_only_if_it_is_still_true(event, time_machine, change, expectation):
    time_machine.move_to(START - timedelta(hours=20), tick=False)
    reminders.remind_due()
    after(event, change)
    deliver_all()
    assert Delivery.objects.filter(kind="reminder", dropped_at=None).count() == expectation


# The way out


@each_change
def test_member_can_leave(client, event, change):
    changed, rsvp = after(event, change), event.rsvps.get(member__isnull=False)
    client.force_login(rsvp.member)
    leave = reverse("rsvp_cancel", args=[changed.slug])
    assert f'action="{leave}"' in client.get(changed.get_absolute_url()).text
    client.post(leave)
    rsvp.refresh_from_db()
    assert rsvp.status == S.CANCELLED


@each_change
def test_guest_can_leave(client, event, change):
    after(event, change)
    rsvp = event.rsvps.get(email="guest@example.org")
    page = client.get(rsvp.get_absolute_url()).text
    assert 'value="cancel">I can’t make it<' in page
    client.post(rsvp.get_absolute_url(), {"action": "cancel"})
    rsvp.refresh_from_db()
    assert rsvp.status == S.CANCELLED


@expected(usual=S.GOING, postponed=S.WAITLISTED, cancelled=S.WAITLISTED)
def test_seat_that_is_left_goes_to_the_next_where_there_is_one_to_go_to(client, event, change, expectation):
    after(event, change)
    client.post(event.rsvps.get(email="guest@example.org").get_absolute_url(), {"action": "cancel"})
    assert event.rsvps.get(email="waiting@example.org").status == expectation


def test_postponed_event_can_be_left_also_when_its_old_date_has_gone_by(client, event, time_machine):
    after(event, "postponed")
    time_machine.move_to(START + WEEK)
    rsvp = event.rsvps.get(member__isnull=False)
    assert 'value="cancel"' in client.get(rsvp.get_absolute_url()).text
    client.force_login(rsvp.member)
    leave = f'action="{reverse("rsvp_cancel", args=[event.slug])}"'
    assert leave in client.get(event.get_absolute_url()).text
    assert leave in client.get(reverse("me")).text


def test_new_date_gives_free_seats_to_those_who_wait(client, event):
    after(event, "postponed")
    client.post(event.rsvps.get(email="guest@example.org").get_absolute_url(), {"action": "cancel"})
    event.refresh_from_db()
    _shift(event, WEEK)
    planning.publish(event.pk)
    assert event.rsvps.get(email="waiting@example.org").is_going
