"""Check-ins: who is asked on the day after, and every answer is fine; how many mails in all: test_three_mails.py."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.urls import reverse

from chapter.models import Chapter, Delivery
from microactions import check_ins, pledges, tasks
from microactions.models import Microaction
from tests.factories import make_member, make_microaction
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
DUE = date(2026, 3, 28)  # the clocks go forward in Oslo in the night after it


def at(moment, time_machine):
    time_machine.move_to(datetime.fromisoformat(moment).replace(tzinfo=UTC), tick=False)


def due(**fields):
    return make_microaction(due_on=fields.pop("due_on", DUE), **fields)


def test_asked_on_the_day_after_on_the_chapters_calendar(time_machine):
    due()
    at("2026-03-28 22:59", time_machine)
    assert check_ins.ask_due() == 0
    at("2026-03-28 23:00", time_machine)
    assert check_ins.ask_due() == 1


def test_another_zone_has_another_day(time_machine):
    Chapter.load()
    Chapter.objects.update(time_zone="Europe/Helsinki")
    due()
    at("2026-03-28 22:00", time_machine)
    assert check_ins.ask_due() == 1


@pytest.mark.parametrize(
    ("moment", "asked"),
    [("2026-03-29 05:59", 0), ("2026-03-29 06:00", 1), ("2026-03-29 18:59", 1), ("2026-03-29 19:00", 0)],
)
def test_job_asks_by_day_on_the_chapters_clock(time_machine, moment, asked):
    due()
    at(moment, time_machine)
    tasks.ask_due(timestamp=0)
    assert Delivery.objects.filter(kind="check_in").count() == asked


def test_asked_once_however_often_the_job_runs(time_machine):
    due()
    at("2026-04-05 09:00", time_machine)
    assert [check_ins.ask_due(), check_ins.ask_due()] == [1, 0]


@pytest.mark.parametrize(
    "fields",
    [
        {"status": "pending", "member": None, "email": "kari@example.org"},
        {"status": "done"},
        {"status": "partly"},
        {"status": "let_go"},
        {"mails_stopped": True},
        {"member": None},
    ],
)
def test_nobody_is_asked_who_should_not_be(time_machine, fields):
    due(**fields)
    due()
    at("2026-03-30 09:00", time_machine)
    assert check_ins.ask_due() == 1


@pytest.mark.django_db(transaction=True)
def test_row_that_somebody_is_changing_is_asked_by_the_next_run(time_machine):
    busy, free = due(), due()
    at("2026-03-30 09:00", time_machine)
    with ThreadPoolExecutor(1) as elsewhere, transaction.atomic():
        pledges.lock(busy)
        assert elsewhere.submit(_ask_in_another_connection).result() == 1
    free.refresh_from_db()
    assert (free.mails, check_ins.ask_due()) == (1, 1)


def _ask_in_another_connection():
    try:
        return check_ins.ask_due()
    finally:
        connection.close()


def test_mail_is_in_the_pledges_language_and_can_be_stopped(time_machine, mailoutbox):
    made = due(language="sv", member=make_member(language="en"))
    at("2026-03-30 09:00", time_machine)
    check_ins.ask_due()
    deliver_all()
    headers = mailoutbox[0].extra_headers
    assert headers["Content-Language"] == "sv"
    assert headers["List-Unsubscribe"].endswith(f"/sv/microactions/manage/{made.token}/stop/>")
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert f"/sv/microactions/manage/{made.token}/?outcome=let_go#report" in mailoutbox[0].body


def test_question_that_was_answered_meanwhile_is_not_sent(time_machine, mailoutbox):
    made = due()
    at("2026-03-30 09:00", time_machine)
    check_ins.ask_due()
    check_ins.report(made, outcome="new_date", new_date=date(2026, 4, 9))
    deliver_all()
    assert mailoutbox == []


def test_result_is_stored_and_may_be_corrected():
    made = check_ins.report(make_microaction(), outcome="partly", result="Half of it.")
    first_told = made.result_at
    again = check_ins.report(made, outcome="done", result="All of it.")
    assert (again.status, again.result, again.result_at) == ("done", "All of it.", first_told)


def test_letting_go_takes_it_off_the_wall():
    made = check_ins.report(make_microaction(status="done", result="x"), outcome="let_go")
    assert (made.result_at, Microaction.objects.public().count()) == (None, 0)


def test_result_of_a_private_one_stays_private():
    made = check_ins.report(make_microaction(visibility="me"), outcome="done", result="Only mine")
    assert not made.is_public


def test_result_can_be_shared_when_told():
    made = check_ins.report(make_microaction(visibility="me"), outcome="done", visibility="public", name="Kari")
    assert (made.is_public, made.name) == (True, "Kari")


def test_first_link_in_a_result_waits():
    made = check_ins.report(make_microaction(), outcome="done", result="See www.example.org")
    assert (made.held, Microaction.objects.awaiting_approval().get()) == (True, made)


@pytest.mark.parametrize(
    ("fields", "asked"),
    [({}, True), ({"mails": 3}, False), ({"mails_stopped": True}, False), ({"member": None, "email": ""}, False)],
)
def test_page_promises_a_question_only_to_whom_one_is_sent(client, fields, asked):
    page = client.get(reverse("microaction_manage", args=[due(**fields).token])).text
    assert ("We’ll ask again the day after." in page) == asked


def test_past_day_is_no_new_date(time_machine):
    made = due()
    at("2026-03-30 09:00", time_machine)
    with pytest.raises(ValidationError):
        check_ins.report(made, outcome="new_date", new_date=DUE)
    made.refresh_from_db()
    assert made.round == 0


def test_pending_one_has_nothing_to_tell():
    made = make_microaction(status="pending", member=None, email="kari@example.org")
    with pytest.raises(check_ins.NotConfirmed):
        check_ins.report(made, outcome="done")


def test_mail_program_stops_the_mail_with_one_post(client, time_machine):
    made = due()
    address = reverse("microaction_stop", args=[made.token])
    client.get(address)
    made.refresh_from_db()
    assert not made.mails_stopped
    client.handler.enforce_csrf_checks = True
    assert client.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    at("2026-03-30 09:00", time_machine)
    assert check_ins.ask_due() == 0
