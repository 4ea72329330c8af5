"""A silent worker, mails that do not get through, and missing backups: on the desk, and for machines that ask."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from chapter.mail import queue
from chapter.models import Backup
from otg_site import health
from tests.factories import make_organiser

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")


def mail(event, *, ago, status="todo"):
    """A mail that this has happened to so long ago."""
    job = queue.deliver.defer(delivery_id=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job])
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job])
        cursor.execute("DELETE FROM procrastinate_events WHERE job_id = %s AND type <> 'deferred'", [job])
        cursor.execute(
            "INSERT INTO procrastinate_events (job_id, type, at) VALUES (%s, %s, now() - %s)", [job, event, ago]
        )


@pytest.mark.parametrize(("minutes", "fails"), [(6, True), (4, False)])
def test_mail_fails_once_it_has_for_five_minutes(client, worker, minutes, fails):
    mail("deferred_for_retry", ago=timedelta(minutes=minutes))
    response = client.get("/readyz")
    assert (response.json()["mail"], response.status_code) == (not fails, 503 if fails else 200)


def test_mailbox_that_refuses_alone_is_no_failing_mail():
    mail("deferred_for_retry", ago=timedelta(minutes=30))
    mail("succeeded", ago=timedelta(minutes=1), status="succeeded")
    assert not health.look().mail_fails


def test_mail_server_that_went_away_after_a_success_is_noticed():
    mail("deferred_for_retry", ago=timedelta(hours=2))
    mail("succeeded", ago=timedelta(hours=1), status="succeeded")
    mail("deferred_for_retry", ago=timedelta(minutes=10))
    assert health.look().figures()["mail_fails_for"] == pytest.approx(600, abs=5)


def test_figures_are_told_when_asked_for(client, worker):
    mail("failed", ago=timedelta(days=1), status="failed")
    Backup.objects.create(size=1, made_at=timezone.now() - timedelta(hours=3))
    found = client.get("/readyz?full").json()
    assert (found["mails_failed"], found["backup_age"]) == (1, pytest.approx(3 * 3600, abs=5))
    assert "backup_age" not in client.get("/readyz").json()


def desk(client):
    client.force_login(make_organiser())
    return client.get("/en/organise/").content.decode()


def test_desk_says_what_is_unwell(client, settings):
    settings.WATCHED = True
    mail("failed", ago=timedelta(days=1), status="failed")
    page = desk(client)
    said = ["No emails are being sent", "1 email couldn’t be sent", "There is no backup yet"]
    assert [text for text in said if text not in page] == []


def test_desk_says_that_mail_fails_and_how_old_the_backup_is(client, settings, worker):
    settings.WATCHED = True
    mail("deferred_for_retry", ago=timedelta(minutes=6))
    Backup.objects.create(size=1, made_at=timezone.now() - timedelta(days=3))
    page = desk(client)
    assert ("Emails aren’t getting through" in page, "The last backup is from" in page) == (True, True)


def test_desk_of_a_site_that_is_well_says_nothing(client, settings, worker):
    settings.WATCHED = True
    mail("succeeded", ago=timedelta(minutes=1), status="succeeded")
    Backup.objects.create(size=1)
    assert "otg_site/health/_on_desk.html" not in [panel.template for panel in _panels(client)]


def _panels(client):
    client.force_login(make_organiser())
    groups = client.get("/en/organise/").context["groups"]
    return [panel for _, _, panels in groups for panel in panels]
