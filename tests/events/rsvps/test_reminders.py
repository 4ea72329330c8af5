"""Reminders: to whom, when, how often, and when not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from chapter.models import Chapter, Delivery
from events import planning, rsvps, tasks
from events.models import Event, Rsvp
from events.rsvps import reminders
from tests.events.planning.test_changes import edit
from tests.factories import make_event, make_member, make_organiser, make_rsvp, make_venue
from tests.mail import deliver_all
from tests.threads import at_once

pytestmark = pytest.mark.django_db
START = datetime(2026, 5, 7, 10, tzinfo=UTC)  # Thursday 12:00 in Oslo
LONG_AGO = START - timedelta(days=20)
S = Rsvp.Status


@pytest.fixture
def clock(time_machine):
    """Sets the clock to so many hours before the start; the test begins long before."""

    def hours_before(hours, start=START):
        time_machine.move_to(start - timedelta(hours=hours), tick=False)

    time_machine.move_to(LONG_AGO, tick=False)
    return hours_before


def make_coming(**fields):
    return make_event(starts_at=START, **fields)


def run():
    """The job, and the mail worker."""
    tasks.remind_due(timestamp=0)
    deliver_all()


def reminded():
    return Delivery.objects.filter(kind="reminder", dropped_at=None).count()


# When


@pytest.mark.parametrize(("hours", "sent"), [(25, 0), (24.01, 0), (24, 1), (3, 1), (0.02, 1), (0, 0), (-0.1, 0)])
def test_reminder_comes_from_a_day_before_until_the_start(clock, mailoutbox, hours, sent):
    make_rsvp(event=make_coming())
    clock(hours)
    run()
    assert (len(mailoutbox), Delivery.objects.count()) == (sent, sent)


@pytest.mark.parametrize(
    ("notice", "before", "sent"), [(48, 47, 1), (48, 49, 0), (3, 4, 0), (168, 167, 1), (0, 1, 0)]
)
def test_chapter_says_how_long_before(clock, mailoutbox, notice, before, sent):
    make_rsvp(event=make_coming())
    Chapter.objects.update(reminder_hours=notice)
    clock(before)
    run()
    assert len(mailoutbox) == sent


def test_day_before_is_24_hours_also_when_the_clocks_change(clock, mailoutbox):
    start = datetime(2026, 10, 25, 11, tzinfo=UTC)
    make_rsvp(event=make_event(starts_at=start))
    for hours, sent in ((24.1, 0), (24, 1)):
        clock(hours, start)
        run()
        assert len(mailoutbox) == sent
    assert "kl. 12.00" in mailoutbox[0].subject


def test_job_runs_every_quarter_of_an_hour():
    crons = {name: task.cron for (name, _id), task in tasks.app.periodic_registry.periodic_tasks.items()}
    assert crons["events.remind_due"] == "*/15 * * * *"


# Once


def test_one_reminder_for_one_start(clock, mailoutbox):
    make_rsvp(event=make_coming())
    for hours in (24, 23.75, 12, 1):
        clock(hours)
        run()
    assert len(mailoutbox) == 1


def test_late_job_sends_once_while_the_event_has_not_started(clock, mailoutbox):
    make_rsvp(event=make_coming())
    for hours in (0.5, 0.25, -1):
        clock(hours)
        run()
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_remind_each_once(clock, caplog):
    event = make_coming()
    for _ in range(5):
        make_rsvp(event=event)
    clock(20)
    assert sorted(at_once(lambda _: reminders.remind_due(), *range(4))) == [0, 0, 0, 5]
    assert (reminded(), [record.message for record in caplog.records]) == (5, [])


def test_moved_event_arms_its_reminder_anew(clock, mailoutbox):
    event = make_coming()
    make_rsvp(event=event, language="en")
    clock(20)
    run()
    edit(event, starts_at=START + timedelta(days=7), ends_at=START + timedelta(days=7, hours=1))
    run()
    clock(23, START + timedelta(days=7))
    run()
    run()
    days = [mail.subject for mail in mailoutbox if mail.subject.startswith("Reminder")]
    assert days == [
        "Reminder: Lean Coffee, Thursday 7 May 2026, 12:00",
        "Reminder: Lean Coffee, Thursday 14 May 2026, 12:00",
    ]


def test_change_that_leaves_the_start_reminds_nobody_again(clock):
    event = make_coming()
    make_rsvp(event=event)
    clock(20)
    run()
    edit(event, venue=make_venue(name="Elsewhere"))
    run()
    assert reminded() == 1


# To whom


@pytest.mark.parametrize("status", [status for status in S.values if status != S.GOING])
def test_only_those_who_are_going(clock, mailoutbox, status):
    make_rsvp(event=make_coming(), status=status)
    clock(20)
    assert (reminders.remind_due(), mailoutbox) == (0, [])


@pytest.mark.parametrize("state", [state for state in Event.State.values if state != Event.State.PUBLISHED])
def test_only_for_events_that_take_place(clock, mailoutbox, state):
    make_rsvp(event=make_coming(state=state))
    clock(20)
    assert (reminders.remind_due(), mailoutbox) == (0, [])


def test_neither_those_who_said_no_nor_those_without_an_address(clock):
    event = make_coming()
    make_rsvp(event=event, wants_reminders=False)
    make_rsvp(event=event, member=make_member(), wants_reminders=False)
    make_rsvp(event=event, email="", name="")
    clock(20)
    run()
    assert Delivery.objects.count() == 0


def test_member_is_reminded_too(clock, mailoutbox):
    make_rsvp(event=make_coming(), member=make_member(email="kari@example.org"))
    clock(20)
    run()
    assert [mail.to for mail in mailoutbox] == [["kari@example.org"]]


def test_whoever_signs_up_inside_the_day_was_reminded_by_the_confirmation(mailoutbox):
    event = make_event(starts_in=timedelta(hours=20))
    rsvps.rsvp_as_member(event_id=event.pk, member=make_member())
    run()
    assert [mail.subject.partition(":")[0] for mail in mailoutbox] == ["Du har fått plass"]


def test_whoever_gets_a_seat_inside_the_day_was_reminded_by_that_mail():
    event = make_event(starts_in=timedelta(hours=20), capacity=1)
    early = timezone.now() - timedelta(days=5)
    rows = [make_rsvp(event=event), make_rsvp(event=event, status=S.WAITLISTED)]
    Rsvp.objects.update(changed_at=early)
    rsvps.cancel(rsvp_id=rows[0].pk)
    assert (event.rsvps.going().count(), reminders.remind_due()) == (1, 0)


def test_whoever_signed_up_before_the_day_is_reminded(time_machine):
    event = make_event(starts_in=timedelta(hours=30))
    rsvps.rsvp_as_member(event_id=event.pk, member=make_member())
    time_machine.move_to(event.starts_at - timedelta(hours=20))
    assert reminders.remind_due() == 1


# What is true when it goes out


def _leave(rsvp):
    rsvps.cancel(rsvp_id=rsvp.pk)


def _move(rsvp):
    edit(rsvp.event, starts_at=START + timedelta(hours=1), ends_at=START + timedelta(hours=2))


OVERTAKEN = {
    "left": _leave,
    "removed": lambda rsvp: rsvps.remove(rsvp_id=rsvp.pk, by=make_organiser()),
    "moved": _move,
    "postponed": lambda rsvp: planning.postpone(rsvp.event_id, reason="Storm"),
    "cancelled": lambda rsvp: planning.cancel(rsvp.event_id, reason="Storm"),
    "stopped": lambda rsvp: reminders.set_wanted(rsvp.pk, wanted=False),
    "gone": lambda rsvp: rsvp.delete(),
}


@pytest.mark.parametrize("meanwhile", OVERTAKEN)
def test_reminder_that_is_overtaken_while_it_waits_is_not_sent(clock, meanwhile):
    rsvp = make_rsvp(event=make_coming())
    clock(20)
    assert reminders.remind_due() == 1
    OVERTAKEN[meanwhile](rsvp)
    deliver_all()
    assert Delivery.objects.get(kind="reminder").dropped_at


def test_reminder_that_waited_until_the_start_is_not_sent(clock, mailoutbox):
    make_rsvp(event=make_coming())
    clock(0.1)
    reminders.remind_due()
    clock(0)
    deliver_all()
    assert mailoutbox == []


# What it says


def sent_reminder(mailoutbox, clock, **fields):
    venue = make_venue(
        directions="Ring the bell twice.", access_notes="No steps.", map_url="https://map.example.org/1"
    )
    event = make_coming(venue=venue, online_url="https://meet.example.org/secret", **fields)
    rsvp = make_rsvp(event=event, language="en")
    clock(20)
    run()
    [mail] = mailoutbox
    return rsvp, mail


def test_reminder_says_all_that_one_needs_on_the_way(clock, mailoutbox):
    _rsvp, mail = sent_reminder(mailoutbox, clock)
    assert mail.subject == "Reminder: Lean Coffee, Thursday 7 May 2026, 12:00"
    facts = ["Thursday 7 May 2026, 12:00–13:00", "Kafé Eksempel, Eksempelgata 1, Eksempelby", "Ring the bell twice."]
    facts += ["No steps.", "https://map.example.org/1", "https://meet.example.org/secret"]
    texts = (mail.body, mail.alternatives[0].content)
    assert [fact for fact in facts for text in texts if fact not in text] == []


def test_reminder_is_on_the_clock_of_the_event_and_in_the_language_of_its_reader(clock, mailoutbox):
    make_rsvp(event=make_coming(time_zone="Europe/Helsinki"), language="sv")
    clock(20)
    run()
    assert "torsdag 7 maj 2026 kl. 13.00" in mailoutbox[0].subject
    assert "Helsingfors" in mailoutbox[0].body


def test_links_in_a_reminder_open_and_change_nothing(clock, client, mailoutbox):
    rsvp, mail = sent_reminder(mailoutbox, clock)
    links = [word for word in mail.body.split() if word.startswith("http://localhost")]
    before = Rsvp.objects.values().get()
    assert [client.get(link).status_code for link in links] == [200] * 4
    assert (any(rsvp.token in link for link in links), Rsvp.objects.values().get()) == (True, before)


# Stopping


def test_one_click_stops_reminders_and_keeps_the_rsvp(clock, client, mailoutbox):
    rsvp, mail = sent_reminder(mailoutbox, clock)
    address = mail.extra_headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (address in mail.body, address in mail.alternatives[0].content) == (True, True)
    client.handler.enforce_csrf_checks = True
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    rsvp.refresh_from_db()
    assert (rsvp.wants_reminders, rsvp.status, rsvp.round) == (False, S.GOING, 0)


def test_reminder_says_which_list_it_goes_to(clock, mailoutbox):
    _, mail = sent_reminder(mailoutbox, clock)
    assert mail.extra_headers["List-Id"] == "<participants.localhost>"


def test_stop_page_changes_nothing_when_it_is_opened(client):
    rsvp = make_rsvp()
    page = client.get(f"/en/events/rsvp/{rsvp.token}/stop/")
    rsvp.refresh_from_db()
    assert rsvp.wants_reminders
    assert "<button" in page.text and page["X-Robots-Tag"] == "noindex"


def test_own_page_turns_reminders_off_and_on(client):
    rsvp = make_rsvp()
    path = f"/en/events/rsvp/{rsvp.token}/"
    for action, wanted, offer in (("no_reminders", False, "Remind me"), ("reminders", True, "Don’t remind me")):
        page = client.post(path, {"action": action}, follow=True).text
        rsvp.refresh_from_db()
        assert (rsvp.wants_reminders, rsvp.status, f">{offer}<" in page) == (wanted, S.GOING, True)


def test_whoever_is_not_coming_is_offered_no_reminder(client):
    with translation.override("en"):
        assert "Don’t remind me" not in client.get(make_rsvp(status=S.CANCELLED).get_absolute_url()).text


def test_turning_it_on_again_inside_the_day_reminds_of_what_was_not_said_yet(clock):
    rsvp = make_rsvp(event=make_coming(), wants_reminders=False)
    clock(20)
    run()
    reminders.set_wanted(rsvp.pk, wanted=True)
    run()
    assert reminded() == 1


# The setting


@pytest.mark.parametrize("hours", ["", "-1", "169", "a day", "1.5"])
def test_setting_says_which_numbers_it_takes(client, hours):
    client.force_login(make_organiser())
    form = client.post("/en/organise/chapter/", {"reminder_hours": hours}).context["form"]
    assert form.errors["reminder_hours"] == ["Enter a whole number of hours from 0 to 168."]


def test_many_reminders_cost_the_same_queries(clock, django_assert_max_num_queries):
    event = make_coming()
    for _ in range(30):
        make_rsvp(event=event)
    clock(20)
    with django_assert_max_num_queries(12):
        assert reminders.remind_due() == 30
