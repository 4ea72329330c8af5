"""After a meetup: who is written to, when, once, and with which question."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from blog import posts, tasks
from blog.summaries import after_event
from chapter.models import Delivery
from events import rsvps
from events.models import Event, Rsvp
from tests.factories import make_event, make_member, make_microaction, make_organiser, make_post, make_rsvp
from tests.mail import deliver_all
from tests.threads import at_once

pytestmark = pytest.mark.django_db
START = datetime(2026, 5, 7, 10, tzinfo=UTC)  # Thursday 12:00–13:00 in Oslo
DAY_AFTER = datetime(2026, 5, 8, 8, tzinfo=UTC)  # ten o'clock


@pytest.fixture
def at(time_machine):
    def move(moment):
        moment = datetime.fromisoformat(moment).replace(tzinfo=UTC) if isinstance(moment, str) else moment
        time_machine.move_to(moment, tick=False)

    move("2026-04-20 09:00")
    return move


def make_meetup(**fields):
    return make_event(starts_at=START, **fields)


def publish_summary(event, **fields):
    return make_post(summary_of=event, published_at=timezone.now(), **fields)


def run(at, moment):
    """The job at a moment (UTC), and the mail worker."""
    at(moment)
    tasks.write_after_events(timestamp=0)
    deliver_all()


# When


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        ("2026-05-07 12:00", 0),
        ("2026-05-08 07:59", 0),
        ("2026-05-08 08:00", 1),
        ("2026-05-08 18:59", 1),
        ("2026-05-08 19:00", 0),
        ("2026-05-09 04:59", 0),
        ("2026-05-09 05:00", 1),
        ("2026-05-14 10:59", 1),
        ("2026-05-14 11:00", 0),
    ],
)
def test_without_a_summary_at_ten_the_day_after_by_day_for_a_week(at, mailoutbox, moment, sent):
    make_rsvp(event=make_meetup())
    run(at, moment)
    assert (len(mailoutbox), Delivery.objects.count()) == (sent, sent)


@pytest.mark.parametrize(("moment", "sent"), [("2026-05-08 07:59", 0), ("2026-05-08 08:00", 1)])
def test_whole_days_end_with_their_last_one(at, mailoutbox, moment, sent):
    start = datetime(2026, 5, 6, 22, tzinfo=UTC)  # midnight in Oslo
    make_rsvp(event=make_event(starts_at=start, hours=24, is_whole_days=True))
    run(at, moment)
    assert len(mailoutbox) == sent


@pytest.mark.parametrize(
    ("published", "moment", "sent"),
    [
        ("2026-05-07 10:30", "2026-05-07 10:45", 0),
        ("2026-05-07 10:30", "2026-05-07 11:00", 1),
        ("2026-05-07 15:00", "2026-05-07 15:00", 1),
        ("2026-05-07 19:30", "2026-05-07 19:45", 0),
        ("2026-05-07 19:30", "2026-05-08 05:00", 1),
        ("2026-05-07 16:00", "2026-05-07 15:45", 0),
    ],
)
def test_as_soon_as_the_summary_is_published_after_the_event_by_day(at, mailoutbox, published, moment, sent):
    event = make_meetup()
    make_rsvp(event=event)
    at(published)
    publish_summary(event)
    run(at, moment)
    assert len(mailoutbox) == sent


def test_clock_is_that_of_the_event(at, mailoutbox):
    make_rsvp(event=make_meetup(time_zone="Europe/Helsinki"))
    run(at, DAY_AFTER - timedelta(hours=1))
    assert len(mailoutbox) == 1


def test_draft_of_a_summary_is_no_news(at, mailoutbox):
    event = make_meetup()
    make_rsvp(event=event)
    make_post(summary_of=event, is_draft=True)
    run(at, "2026-05-07 15:00")
    assert mailoutbox == []


def test_job_runs_every_quarter_of_an_hour():
    crons = {name: task.cron for (name, _id), task in tasks.app.periodic_registry.periodic_tasks.items()}
    assert crons["blog.write_after_events"] == "*/15 * * * *"


# Once


def test_summary_that_comes_after_the_mail_is_no_second_mail(at, mailoutbox):
    event = make_meetup()
    make_rsvp(event=event)
    run(at, DAY_AFTER)
    run(at, "2026-05-08 10:00")
    post = make_post(summary_of=event, is_draft=True)
    posts.publish(post)
    run(at, "2026-05-09 10:00")
    assert len(mailoutbox) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_write_to_each_once(at, caplog):
    event = make_meetup()
    for _ in range(5):
        make_rsvp(event=event)
    at(DAY_AFTER)
    assert sorted(at_once(lambda _: after_event.write_due(), *range(4))) == [0, 0, 0, 5]
    assert (Delivery.objects.count(), [record.message for record in caplog.records]) == (5, [])


def test_many_cost_the_same_queries(at, django_assert_max_num_queries):
    event = make_meetup()
    for _ in range(30):
        make_rsvp(event=event)
    at(DAY_AFTER)
    with django_assert_max_num_queries(12):
        assert after_event.write_due() == 30


# To whom


@pytest.mark.parametrize(
    "fields",
    [
        *({"status": status} for status in Rsvp.Status.values if status != "going"),
        {"attendance": "no_show"},
        {"wants_reminders": False},
        {"name": "", "email": ""},
    ],
    ids=str,
)
def test_nobody_else(at, mailoutbox, fields):
    make_rsvp(event=make_meetup(), **fields)
    run(at, DAY_AFTER)
    assert (mailoutbox, Delivery.objects.count()) == ([], 0)


@pytest.mark.parametrize("attendance", ["", "came"])
def test_everybody_who_was_going_and_is_not_noted_as_away(at, mailoutbox, attendance):
    event = make_meetup()
    make_rsvp(event=event, attendance=attendance)
    make_rsvp(event=event, member=make_member(), attendance=attendance)
    run(at, DAY_AFTER)
    assert len(mailoutbox) == 2


@pytest.mark.parametrize("state", ["draft", "postponed", "cancelled"])
def test_only_after_what_took_place(at, mailoutbox, state):
    make_rsvp(event=make_meetup(state=state))
    run(at, DAY_AFTER)
    assert (mailoutbox, Delivery.objects.count()) == ([], 0)


OVERTAKEN = {
    "noted as away": {"attendance": "no_show"},
    "stopped": {"wants_reminders": False},
    "removed": {"status": "removed"},
}


@pytest.mark.parametrize("meanwhile", OVERTAKEN)
def test_mail_that_is_overtaken_while_it_waits_is_not_sent(at, mailoutbox, meanwhile):
    rsvp = make_rsvp(event=make_meetup())
    at(DAY_AFTER)
    assert after_event.write_due() == 1
    Rsvp.objects.filter(pk=rsvp.pk).update(**OVERTAKEN[meanwhile])
    deliver_all()
    assert mailoutbox == []


def test_mail_that_waited_for_a_week_is_no_news(at, mailoutbox):
    make_rsvp(event=make_meetup())
    at(DAY_AFTER)
    after_event.write_due()
    at("2026-05-15 09:00")
    deliver_all()
    assert mailoutbox == []


def test_event_that_turned_out_not_to_have_been_is_not_written_about(at, mailoutbox):
    event = make_meetup()
    make_rsvp(event=event)
    at(DAY_AFTER)
    after_event.write_due()
    Event.objects.filter(pk=event.pk).update(state="cancelled")
    deliver_all()
    assert mailoutbox == []


def test_whoever_was_taken_off_the_list_afterwards_hears_only_that(at, mailoutbox):
    rsvp = make_rsvp(event=make_meetup())
    at(DAY_AFTER)
    rsvps.remove(rsvp_id=rsvp.pk, by=make_organiser())
    run(at, DAY_AFTER)
    assert Delivery.objects.filter(kind="after_event").count() == 0


# What it says


def texts_of(mailoutbox):
    [mail] = mailoutbox
    return mail.body, mail.alternatives[0].content


def says(mailoutbox, words):
    return [words in text for text in texts_of(mailoutbox)]


def test_it_asks_for_a_microaction_and_says_that_the_summary_is_coming(at, client, mailoutbox):
    event = make_meetup()
    make_rsvp(event=event, language="en")
    run(at, DAY_AFTER)
    assert mailoutbox[0].subject == "Thank you for coming: Lean Coffee"
    assert says(mailoutbox, "The summary is on its way") + says(mailoutbox, "What is your microaction?") == [True] * 4
    address = f"/en/microactions/new/?event={event.slug}"
    assert says(mailoutbox, address) == [True, True]
    assert client.get(address).status_code == 200


def test_it_leads_to_the_summary_in_the_readers_language(at, mailoutbox):
    event = make_meetup()
    make_rsvp(event=event, language="en")
    at(DAY_AFTER)
    written = {
        language: publish_summary(event, title=f"In {language}", language=language) for language in ("sv", "en")
    }
    run(at, DAY_AFTER)
    assert says(mailoutbox, f"/en/blog/{written['en'].slug}/") == [True, True]
    assert says(mailoutbox, "In sv") + says(mailoutbox, "The summary is on its way") == [False] * 4


def test_next_best_language_keeps_its_own_address(at, mailoutbox):
    event = make_meetup()
    make_rsvp(event=event, language="nb")
    at(DAY_AFTER)
    post = publish_summary(event, language="sv")
    run(at, DAY_AFTER)
    assert says(mailoutbox, f"/sv/blog/{post.slug}/") == [True, True]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "How is it going?"),
        ({"status": "done"}, "Thank you for telling us what it led to."),
        ({"visibility": "me"}, "How is it going?"),
    ],
)
def test_whoever_has_a_microaction_from_there_is_not_asked_for_one(at, mailoutbox, fields, sentence):
    event, member = make_meetup(), make_member()
    make_rsvp(event=event, member=member, language="en")
    own = make_microaction(event=event, member=member, **fields)
    run(at, DAY_AFTER)
    assert says(mailoutbox, "What is your microaction?") == [False, False]
    assert says(mailoutbox, own.what) + says(mailoutbox, sentence) + says(mailoutbox, own.token) == [True] * 6


def test_guest_is_known_by_the_address(at, mailoutbox):
    event = make_meetup()
    rsvp = make_rsvp(event=event, language="en")
    own = make_microaction(event=event, email=rsvp.email.upper())
    run(at, DAY_AFTER)
    assert says(mailoutbox, own.token) == [True, True]


@pytest.mark.parametrize(
    "fields", [{"status": "pending"}, {"status": "let_go"}, {"event": None}, {"email": "ola@example.org"}], ids=str
)
def test_what_is_not_theirs_not_confirmed_or_not_from_there_is_not_told(at, mailoutbox, fields):
    event = make_meetup()
    rsvp = make_rsvp(event=event, language="en")
    other = make_microaction(**{"event": event, "email": rsvp.email, **fields})
    run(at, DAY_AFTER)
    assert says(mailoutbox, other.what) + says(mailoutbox, other.token) == [False] * 4
    assert says(mailoutbox, "What is your microaction?") == [True, True]


def test_it_can_be_stopped_with_one_click_like_the_reminder(at, mailoutbox):
    rsvp = make_rsvp(event=make_meetup(), language="en")
    run(at, DAY_AFTER)
    headers = mailoutbox[0].extra_headers
    assert headers["List-Unsubscribe"] == f"<http://localhost:8000/en/events/rsvp/{rsvp.token}/stop/>"
    assert says(mailoutbox, "last") == [True, True]
