"""The nudge: one mail to the makker in the morning of the day."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from chapter.models import Delivery
from microactions import check_ins, makkers, pledges, tasks
from microactions.models import Makker
from tests.factories import make_makker, make_member, make_microaction
from tests.mail import deliver_all
from tests.threads import at_once

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 28)


def at(moment, time_machine):
    time_machine.move_to(datetime.fromisoformat(moment).replace(tzinfo=UTC), tick=False)


def due(*, makker=None, **fields):
    made = make_microaction(**{"visibility": "makker", "due_on": DUE, **fields})
    return make_makker(microaction=made, **(makker or {}))


@pytest.mark.parametrize(
    ("moment", "nudged"),
    [
        ("2026-03-27 10:00", 0),
        ("2026-03-28 05:59", 0),
        ("2026-03-28 06:00", 1),
        ("2026-03-28 10:59", 1),
        ("2026-03-28 11:00", 0),
        ("2026-03-29 10:00", 0),
    ],
)
def test_job_nudges_in_the_morning_of_the_day_on_the_chapters_clock(time_machine, moment, nudged):
    due()
    at(moment, time_machine)
    tasks.nudge_makkers(timestamp=0)
    assert Delivery.objects.filter(kind="makker_nudge").count() == nudged


def test_nudged_once_however_often_the_job_runs_and_the_day_moves(time_machine):
    made = due().microaction
    at("2026-03-28 08:00", time_machine)
    assert [makkers.nudge_due(), makkers.nudge_due()] == [1, 0]
    check_ins.report(made, outcome="new_date", new_date=date(2026, 4, 9))
    at("2026-04-09 08:00", time_machine)
    assert makkers.nudge_due() == 0


def test_day_that_moved_before_is_the_day(time_machine):
    made = due().microaction
    at("2026-03-27 08:00", time_machine)
    check_ins.report(made, outcome="new_date", new_date=date(2026, 4, 9))
    at("2026-03-28 08:00", time_machine)
    assert makkers.nudge_due() == 0
    at("2026-04-09 08:00", time_machine)
    assert makkers.nudge_due() == 1


@pytest.mark.parametrize(
    ("makker", "fields"),
    [
        ({"status": "invited"}, {}),
        ({"status": "pending", "email": "ola@example.org"}, {}),
        ({"email": ""}, {}),
        ({"mails_stopped": True}, {}),
        ({}, {"status": "done"}),
        ({}, {"status": "let_go"}),
    ],
)
def test_nobody_is_nudged_who_should_not_be(time_machine, makker, fields):
    due(makker=makker, **fields)
    at("2026-03-28 08:00", time_machine)
    assert makkers.nudge_due() == 0


def test_nudge_is_in_the_makkers_language_and_can_be_stopped(time_machine, mailoutbox):
    made = due(makker={"email": "ola@example.org", "language": "sv"}, what="Ring biblioteket", name="Kari")
    at("2026-03-28 08:00", time_machine)
    makkers.nudge_due()
    deliver_all()
    (letter,) = mailoutbox
    assert (letter.to, letter.extra_headers["Content-Language"]) == (["ola@example.org"], "sv")
    assert letter.extra_headers["List-Unsubscribe"].endswith(f"/sv/microactions/makker/{made.token}/stop/>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "Ring biblioteket" in letter.body
    assert "Kari" in letter.subject


def test_nudge_says_nothing_of_what_is_only_its_persons_again(time_machine, mailoutbox):
    made = due(what="Ring biblioteket", moment="etter lunsj", name="Kari").microaction
    at("2026-03-28 08:00", time_machine)
    pledges.change_visibility(made, visibility="me")
    makkers.nudge_due()
    deliver_all()
    (letter,) = mailoutbox
    text = letter.subject + letter.body + str(letter.alternatives)
    assert [word for word in ("Ring", "lunsj", "Kari") if word in text] == []


@pytest.mark.parametrize("end", ["leave", "let_go", "stop_mails", "report", "next_day"])
def test_nudge_that_waited_says_nothing_when_it_came_too_late(time_machine, mailoutbox, end):
    made = due()
    at("2026-03-28 08:00", time_machine)
    makkers.nudge_due()
    ends = {
        "leave": lambda: makkers.leave(made.token),
        "let_go": lambda: makkers.let_go(made.microaction),
        "stop_mails": lambda: makkers.stop_mails(made.token),
        "report": lambda: check_ins.report(made.microaction, outcome="done"),
        "next_day": lambda: at("2026-03-29 08:00", time_machine),
    }
    ends[end]()
    deliver_all()
    assert mailoutbox == []


def test_mail_program_stops_the_mail_with_one_post(client):
    made = make_makker()
    address = reverse("makker_stop", args=[made.token])
    client.get(address)
    assert not Makker.objects.get().mails_stopped
    client.handler.enforce_csrf_checks = True
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Makker.objects.get().mails_stopped
    assert Makker.objects.get().is_accepted


@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_once_nudge_once(time_machine):
    due(makker={"member": make_member()})
    at("2026-03-28 08:00", time_machine)
    assert sum(at_once(lambda _: makkers.nudge_due(), 1, 2)) == 1
