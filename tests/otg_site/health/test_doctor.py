"""The doctor finds what is wrong, says the remedy, and ends with an error only then."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from chapter.models import Backup
from tests.factories import make_organiser

pytestmark = pytest.mark.django_db


def said(*arguments):
    out = StringIO()
    try:
        call_command("doctor", *arguments, stdout=out)
    except CommandError as error:
        out.write(str(error))
    return out.getvalue()


@pytest.fixture
def well(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    Backup.objects.create(size=1)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")


def test_site_that_is_well_has_nothing_to_do(well):
    assert {line[:5] for line in said().splitlines()} == {"ok   "}


def test_silent_worker_and_missing_backup_have_a_remedy():
    text = said()
    assert "look  worker  Start it" in text
    assert "look  backup  Run deploy/backup" in text
    assert text.endswith("There is something to do.")


def test_organiser_without_a_second_factor_is_counted(well):
    Authenticator.objects.create(user=make_organiser(), type="totp", data={})
    make_organiser()
    assert "look  second factors  1 organisers have none" in said()


def test_trial_mail_is_sent_at_once(well):
    said("--mail", "you@example.org")
    assert [sent.to for sent in mail.outbox] == [["you@example.org"]]


def test_mail_server_that_is_away_is_said(well, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert "look  trial mail  ConnectionRefusedError" in said("--mail", "you@example.org")
