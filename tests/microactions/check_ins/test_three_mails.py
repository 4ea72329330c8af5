"""At most three mails about a microaction: the morning, the day after, a week later; and then silence."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError
from django.urls import reverse

from chapter import mail
from chapter.models import Chapter, Delivery
from microactions import check_ins, pledges, tasks
from microactions.models import Microaction
from tests.factories import make_member, make_microaction
from tests.mail import deliver_all
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 10)
EARLIER = datetime(2026, 3, 1, 9, tzinfo=UTC)
DONE = {"outcome": "done", "result": "It worked"}


def at(moment, time_machine):
    time_machine.move_to(datetime.fromisoformat(moment).replace(tzinfo=UTC), tick=False)


def due(due_on=DUE, **fields):
    return make_microaction(due_on=due_on, created_at=EARLIER, **{"visibility": "me", **fields})


def run(moment, time_machine):
    """Both hourly jobs at a moment (UTC), and the mail worker."""
    at(moment, time_machine)
    tasks.remind_due(timestamp=0)
    tasks.ask_due(timestamp=0)
    deliver_all()


def kinds():
    return list(Delivery.objects.order_by("pk").values_list("kind", flat=True))


def every_hour(first, last, time_machine):
    for day in range(first, last + 1):
        for hour in range(24):
            run(f"2026-03-{day:02} {hour:02}:07", time_machine)


def test_silence_gets_the_three_mails_in_their_time_and_no_other(time_machine, mailoutbox):
    made = due()
    every_hour(9, 31, time_machine)
    sent = [f"{row.kind} {row.created_at:%d %H}" for row in Delivery.objects.order_by("pk")]
    assert sent == ["morning 10 06", "check_in 11 07", "check_in_again 18 07"]
    assert (len(mailoutbox), Microaction.objects.get(pk=made.pk).mails) == (3, 3)


def test_confirmation_is_not_one_of_the_three(time_machine, mailoutbox):
    at("2026-03-01 09:00", time_machine)
    made = pledges.pledge_as_guest("kari@example.org", language="en", what="Ask a user", due_on=DUE)
    deliver_all()
    pledges.confirm(made.token)
    for moment in ("2026-03-10 07:07", "2026-03-11 09:07", "2026-03-18 09:07", "2026-03-25 09:07"):
        run(moment, time_machine)
    assert kinds() == ["pledge_confirm", "morning", "check_in", "check_in_again"]
    assert {mail.to[0] for mail in mailoutbox} == {"kari@example.org"}


# The morning


@pytest.mark.parametrize(
    ("moment", "sent"),
    [
        ("2026-03-10 05:59", 0),
        ("2026-03-10 06:00", 1),
        ("2026-03-10 10:59", 1),
        ("2026-03-10 11:00", 0),
        ("2026-03-09 07:07", 0),
        ("2026-03-11 07:07", 0),
    ],
)
def test_reminder_comes_from_seven_to_noon_of_the_day_on_the_chapters_clock(time_machine, moment, sent):
    due()
    at(moment, time_machine)
    tasks.remind_due(timestamp=0)
    assert kinds() == ["morning"] * sent


@pytest.mark.parametrize(
    ("day", "too_early", "in_time"),
    [
        (date(2026, 3, 29), "2026-03-29 04:59", "2026-03-29 05:00"),  # the clocks went forward in the night
        (date(2026, 10, 25), "2026-10-25 05:59", "2026-10-25 06:00"),  # and back
    ],
)
def test_seven_is_seven_when_the_clocks_change(time_machine, day, too_early, in_time):
    due(day)
    for moment, sent in ((too_early, []), (in_time, ["morning"])):
        at(moment, time_machine)
        tasks.remind_due(timestamp=0)
        assert kinds() == sent


def test_morning_of_another_zone(time_machine):
    Chapter.load()
    Chapter.objects.update(time_zone="Europe/Helsinki")
    due()
    at("2026-03-10 05:00", time_machine)
    tasks.remind_due(timestamp=0)
    assert kinds() == ["morning"]


def test_job_that_stood_still_in_the_morning_asks_and_does_not_remind(time_machine):
    due()
    run("2026-03-12 08:07", time_machine)
    assert kinds() == ["check_in"]


def test_reminder_that_waited_until_the_day_was_over_is_not_sent(time_machine, mailoutbox):
    due()
    at("2026-03-10 08:00", time_machine)
    check_ins.remind_due()
    at("2026-03-11 00:01", time_machine)
    deliver_all()
    assert mailoutbox == []


def test_pledged_on_the_day_itself_gets_no_reminder(time_machine):
    at("2026-03-10 05:00", time_machine)
    pledges.pledge_as_member(make_member(), language="nb", what="Today", due_on=DUE)
    guest = pledges.pledge_as_guest("kari@example.org", language="nb", what="Today", due_on=DUE)
    pledges.confirm(guest.token)
    at("2026-03-10 06:07", time_machine)
    assert check_ins.remind_due() == 0


def test_guest_who_confirms_on_the_day_gets_no_reminder(time_machine):
    at("2026-03-09 20:00", time_machine)
    made = pledges.pledge_as_guest("kari@example.org", language="nb", what="Tomorrow", due_on=DUE)
    at("2026-03-10 07:30", time_machine)
    pledges.confirm(made.token)
    assert check_ins.remind_due() == 0


def test_date_moved_to_today_gets_no_reminder_and_is_asked_tomorrow(time_machine):
    made = due(date(2026, 3, 5))
    at("2026-03-10 06:30", time_machine)
    check_ins.report(made, outcome="new_date", new_date=DUE)
    run("2026-03-10 07:07", time_machine)
    run("2026-03-11 08:07", time_machine)
    assert kinds() == ["check_in"]


# The second question


@pytest.mark.parametrize(("moment", "asked"), [("2026-03-17 18:00", 0), ("2026-03-18 07:00", 1)])
def test_second_question_comes_a_week_after_the_first(time_machine, moment, asked):
    due()
    at("2026-03-11 19:59", time_machine)
    check_ins.ask_due()
    at(moment, time_machine)
    assert check_ins.ask_due() == asked


def test_question_asked_late_is_asked_again_a_week_later(time_machine):
    due()
    at("2026-03-25 09:00", time_machine)
    check_ins.ask_due()
    at("2026-03-30 09:00", time_machine)
    assert check_ins.ask_due() == 0
    at("2026-04-01 09:00", time_machine)
    assert check_ins.ask_due() == 1


@pytest.mark.parametrize("answer", [DONE, {"outcome": "partly"}, {"outcome": "let_go"}])
def test_answer_ends_the_questions(time_machine, answer):
    made = due()
    run("2026-03-11 09:07", time_machine)
    check_ins.report(made, **answer)
    run("2026-03-18 09:07", time_machine)
    assert kinds() == ["check_in"]


def test_answer_given_while_the_second_question_waits_stops_it(time_machine, mailoutbox):
    made = due(asked_at=EARLIER, mails=1)
    at("2026-03-18 09:00", time_machine)
    assert check_ins.ask_due() == 1
    check_ins.report(made, **DONE)
    deliver_all()
    assert mailoutbox == []


# Several rounds


def test_new_dates_share_the_three_mails(time_machine, mailoutbox):
    made = due()
    run("2026-03-10 07:07", time_machine)
    for month in (3, 4, 5, 6):
        run(f"2026-{month:02}-11 09:07", time_machine)
        check_ins.report(made, outcome="new_date", new_date=date(2026, month + 1, 10))
        run(f"2026-{month + 1:02}-10 07:07", time_machine)
    assert kinds() == ["morning", "check_in", "check_in"]
    assert len(mailoutbox) == 3


def test_last_mail_is_kept_for_the_question(time_machine):
    due(mails=2)
    run("2026-03-10 07:07", time_machine)
    run("2026-03-11 09:07", time_machine)
    assert kinds() == ["check_in"]


def test_two_left_are_a_reminder_and_a_question(time_machine):
    due(mails=1)
    for moment in ("2026-03-10 07:07", "2026-03-11 09:07", "2026-03-18 09:07"):
        run(moment, time_machine)
    assert kinds() == ["morning", "check_in"]


def test_reminder_of_a_date_that_was_moved_meanwhile_is_not_sent(time_machine, mailoutbox):
    made = due()
    at("2026-03-10 08:00", time_machine)
    check_ins.remind_due()
    check_ins.report(made, outcome="new_date", new_date=DUE)
    deliver_all()
    assert mailoutbox == []


def test_database_refuses_a_fourth_mail():
    with pytest.raises(IntegrityError, match="microaction_three_mails"):
        make_microaction(mails=4)


# Twice, and two at once


def test_second_run_sends_nothing(time_machine):
    due()
    for moment in ("2026-03-10 07:07", "2026-03-10 07:08", "2026-03-11 09:07", "2026-03-11 09:08"):
        run(moment, time_machine)
    assert kinds() == ["morning", "check_in"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("verb", "moment"), [("remind_due", "2026-03-10 08:00"), ("ask_due", "2026-03-11 09:00")])
def test_two_workers_at_once_mail_each_once(time_machine, verb, moment):
    for _ in range(5):
        due()
    at(moment, time_machine)
    counts = at_once(lambda _: getattr(check_ins, verb)(), *range(4))
    assert (sum(counts), len(kinds())) == (5, 5)
    assert set(Microaction.objects.values_list("mails", flat=True)) == {1}


# Stopping


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("pledge_noted", {}),
        ("pledge_confirm", {"status": "pending", "member": None, "email": "kari@example.org"}),
        ("morning", {}),
        ("check_in", {}),
        ("check_in_again", {}),
    ],
)
def test_every_mail_stops_all_others_with_one_click(client, time_machine, mailoutbox, kind, fields):
    made = due(**fields)
    at("2026-03-10 08:00", time_machine)
    mail.post(kind, made.pk, to=made.person_email)
    deliver_all()
    headers = mailoutbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = headers["List-Unsubscribe"].strip("<>").removeprefix("http://localhost:8000")
    assert address == f"/nb/microactions/manage/{made.token}/stop/"
    assert (address in mailoutbox[0].body, address in mailoutbox[0].alternatives[0].content) == (True, True)
    client.handler.enforce_csrf_checks = True
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    for moment in ("2026-03-10 08:07", "2026-03-11 09:07", "2026-03-20 09:07"):
        run(moment, time_machine)
    assert len(mailoutbox) == 1


def test_stop_page_changes_nothing_when_it_is_opened(client):
    made = due()
    client.get(reverse("microaction_stop", args=[made.token]))
    made.refresh_from_db()
    assert not made.mails_stopped


# Unknown


def test_silence_is_unknown_when_both_questions_are_over(time_machine, client):
    made = due(visibility="public")
    for moment, state in (("2026-03-19 09:00", "In progress"), ("2026-03-20 09:00", "Unknown")):
        at(moment, time_machine)
        assert (made.state, f'<p class="note__state">{state}</p>' in client.get(reverse("wall")).text) == (
            state,
            True,
        )
    assert list(Microaction.objects.unknown(date(2026, 3, 20))) == [made]
    assert made.status == "open"
