"""What the worker does on its own: it gives up on a mail after a day, and forgets every night."""

import asyncio
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job

from chapter import tasks
from chapter.mail import queue
from chapter.models import Delivery, RateHit
from chapter.privacy import registry, retention
from tests.chapter.accounts.sign_in import sign_in
from tests.factories import make_member

LONG_AGO = timezone.now() - timedelta(days=400)


def waits():
    """Seconds between the tries of a mail that always fails."""
    attempts = 0
    while decision := queue.PATIENCE.get_retry_decision(exception=OSError(), job=job(attempts)):
        yield (decision.retry_at - timezone.now()).total_seconds()
        attempts += 1


def job(attempts):
    return Job(id=1, queue="mail", lock=None, queueing_lock=None, task_name="chapter.deliver", attempts=attempts)


def test_a_mail_is_tried_for_a_day():
    seconds = list(waits())
    assert (len(seconds), round(sum(seconds) / 3600)) == (10, 25)


def test_sweep_and_tidying_run_by_themselves():
    periodic = {entry.task.name: entry.cron for entry in app.periodic_registry.periodic_tasks.values()}
    assert periodic.items() >= {"chapter.retry_stalled": "* * * * * */30", "chapter.tidy": "17 3 * * *"}.items()


@pytest.mark.django_db
def test_night_clears_what_is_old_and_keeps_the_rest():
    old, new = (Delivery.objects.create(kind="canary", object_id=n) for n in (1, 2))
    Delivery.objects.filter(pk=old.pk).update(created_at=LONG_AGO)
    RateHit.objects.create(key="old", expires_at=LONG_AGO)
    RateHit.objects.create(key="new", expires_at=timezone.now() + timedelta(hours=1))
    tasks.tidy(0)
    assert list(Delivery.objects.filter(kind="canary")) == [new]
    assert [hit.key for hit in RateHit.objects.all()] == ["new"]


@pytest.mark.django_db
def test_night_forgets_the_address_of_a_session_that_ran_out(client, mailoutbox):
    sign_in(client, make_member(), mailoutbox)
    Session.objects.update(expire_date=LONG_AGO)
    assert UserSession.objects.count() == 1
    tasks.tidy(0)
    assert UserSession.objects.count() == 0


@pytest.mark.django_db
def test_what_one_room_cannot_forget_the_others_still_do(monkeypatch):
    """The first entry fails in the database itself."""
    entries = {"a.Broken": broken(), **registry._register}
    monkeypatch.setattr(registry, "_register", entries)
    old = Delivery.objects.create(kind="canary", object_id=1)
    Delivery.objects.update(created_at=LONG_AGO)
    with pytest.raises(ExceptionGroup):
        retention.raise_errors(list(registry.expire_each()))
    assert not Delivery.objects.filter(pk=old.pk).exists()


def broken():
    def expire():
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    return registry.PersonalData(Delivery, registry.Basis.INTEREST, "", "", export=list, expire=expire)


# Jobs of a worker that was killed


def left_behind(task, *, attempts=0, silent=60, queueing_lock=None):
    """A job that a worker had begun when it died `silent` seconds ago; its number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - make_interval(secs => %s)) RETURNING id",
            [silent],
        )
        worker = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, status, attempts, queueing_lock, worker_id)"
            " VALUES (%s, 'mail', 'doing', %s, %s, %s) RETURNING id",
            [task, attempts, queueing_lock, worker],
        )
        return cursor.fetchone()[0]


def looked_for_stalled():
    async def look():
        with app.replace_connector(app.connector.get_worker_connector()) as replaced:
            async with replaced.open_async():
                await tasks.take_up_stalled(replaced)

    asyncio.run(look())
    return dict(ProcrastinateJob.objects.values_list("pk", "status"))


@pytest.mark.django_db(transaction=True)
def test_job_of_a_killed_worker_is_queued_again_and_that_of_a_living_one_is_left_alone():
    dead, alive = left_behind("chapter.deliver"), left_behind("chapter.deliver", silent=5)
    assert looked_for_stalled() == {dead: "todo", alive: "doing"}


@pytest.mark.django_db(transaction=True)
def test_job_that_keeps_killing_its_worker_is_given_up():
    mail = queue.PATIENCE.max_attempts
    first, last = left_behind("chapter.tidy", attempts=2), left_behind("chapter.tidy", attempts=3)
    mail_first, mail_last = (left_behind("chapter.deliver", attempts=mail + n) for n in (2, 3))
    found = looked_for_stalled()
    assert [found[pk] for pk in (first, last, mail_first, mail_last)] == ["todo", "failed", "todo", "failed"]


@pytest.mark.django_db(transaction=True)
def test_job_whose_next_run_is_queued_already_stops_no_other():
    lock = {"queueing_lock": "chapter.tidy"}
    periodic, other = left_behind("chapter.tidy", **lock), left_behind("chapter.deliver")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (task_name, queue_name, queueing_lock) VALUES ('chapter.tidy', 'x', 'chapter.tidy')"
        )
    found = looked_for_stalled()
    assert (found[periodic], found[other]) == ("aborted", "todo")
