"""The commands that a chapter's server is made ready with, and the jobs that run by themselves."""

from datetime import timedelta
from io import StringIO

import pytest
from asgiref.sync import async_to_sync
from django.core.management import CommandError, call_command
from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from chapter import tasks
from chapter.mail import queue
from chapter.models import Chapter, Member, Page
from chapter.pages.texts import SHIPPED_SOURCE
from chapter.wordings import adopt_wording
from principles.models import PrincipleWording
from tests.chapter.accounts.sign_in import ask_for_code
from tests.factories import make_member
from tests.threads import at_once

pytestmark = pytest.mark.django_db


def output_of(*command, **options):
    out = StringIO()
    call_command(*command, stdout=out, **options)
    return out.getvalue()


def rows():
    return Page.objects.count(), PrincipleWording.objects.count(), Chapter.objects.count()


def test_prepare_makes_an_empty_database_ready():
    Page.objects.all().delete()
    Chapter.objects.all().delete()
    output_of("prepare", verbosity=0)
    assert (Page.objects.count(), Chapter.objects.count()) == (len(Page.KEYS), 1)


def test_prepare_again_changes_nothing():
    before = rows()
    output_of("prepare", verbosity=0)
    assert rows() == before


def test_prepare_leaves_the_chapters_own_texts_alone():
    about = Page.objects.get(key="about")
    adopt_wording(about, language="nb", title="Vår egen")
    Chapter.objects.update(name="One Team Gov Eksempel")
    output_of("prepare", verbosity=0)
    assert about.wordings.in_language("nb").get().title == "Vår egen"
    assert Chapter.load().name == "One Team Gov Eksempel"


def test_prepare_brings_the_texts_of_a_newer_release():
    about = Page.objects.get(key="about")
    shipped = about.wordings.in_language("nb").get().title
    adopt_wording(about, language="nb", title="Of an older release", source_name=SHIPPED_SOURCE)
    output_of("prepare", verbosity=0)
    assert about.wordings.in_language("nb").get().title == shipped


def test_member_becomes_organiser_under_the_name_they_have():
    member = make_member(name="Kari", email="kari@example.org")
    said = output_of("make_organiser", " KARI@example.org ")
    member.refresh_from_db()
    assert (member.is_organiser, member.name, Member.objects.count()) == (True, "Kari", 1)
    assert "kari@example.org is an organiser." in said


def test_name_given_to_an_organiser_is_cleaned():
    output_of("make_organiser", "kari@example.org", name="Kari\n\x00 Eksempel" + "l" * 100)
    name = Member.objects.get().name
    assert (name.startswith("Kari Eksempel"), len(name)) == (True, 80)


@pytest.mark.parametrize("address", ["", "kari", "kari@", "kari@example.org, ola@example.org"])
def test_what_is_no_address_makes_nobody_organiser(address):
    with pytest.raises(CommandError, match="is not an email address"):
        output_of("make_organiser", address)
    assert Member.objects.count() == 0


@pytest.mark.parametrize("needed", [True, False])
def test_new_organiser_is_told_of_the_passkey_where_one_is_needed(settings, needed):
    settings.ORGANISERS_NEED_SECOND_FACTOR = needed
    assert ("passkey" in output_of("make_organiser", "kari@example.org")) is needed


def test_new_organiser_reads_in_her_own_language(client, mailoutbox):
    said = output_of("make_organiser", "kari@example.org", language="sv")
    assert "http://localhost:8000/sv/accounts/login/" in said
    ask_for_code(client, "kari@example.org", language="sv")
    assert (Member.objects.get().language, "inloggningskod" in mailoutbox[-1].subject) == ("sv", True)


def test_organiser_keeps_her_language_unless_told_otherwise():
    make_member(email="kari@example.org", language="en")
    output_of("make_organiser", "kari@example.org")
    assert Member.objects.get().language == "en"
    output_of("make_organiser", "kari@example.org", language="nb")
    assert Member.objects.get().language == "nb"


@pytest.mark.parametrize(("answer", "language"), [("SV", "sv"), ("", "en"), ("de", "en")])
def test_new_organiser_is_asked_for_it_at_a_terminal(monkeypatch, answer, language):
    Chapter.objects.update(default_language="en")
    monkeypatch.setattr("sys.stdin", type("Terminal", (StringIO,), {"isatty": lambda self: True})(f"{answer}\n"))
    output_of("make_organiser", "kari@example.org")
    assert Member.objects.get().language == language


def add_job(status, *, ago):
    """A job that came into this state so long ago."""
    job = queue.deliver.defer(delivery_id=0)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job])
        cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job])
        cursor.execute("UPDATE procrastinate_events SET at = now() - %s WHERE job_id = %s", [ago, job])
    return job


@pytest.mark.parametrize(
    ("status", "days", "is_kept"),
    [
        ("succeeded", 15, False),
        ("failed", 15, False),
        ("succeeded", 13, True),
        ("failed", 13, True),
        ("doing", 15, True),
    ],
)
def test_night_forgets_jobs_that_ended_two_weeks_ago(status, days, is_kept):
    job = add_job(status, ago=timedelta(days=days))
    tasks.tidy(0)
    assert ProcrastinateJob.objects.filter(pk=job).exists() is is_kept


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("seconds", "status"), [(30, "todo"), (15, "doing")])
def test_job_of_a_worker_that_died_is_taken_up(seconds, status):
    job = add_job("doing", ago=timedelta())
    with connection.cursor() as cursor:
        heard = "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s) RETURNING id"
        cursor.execute(heard, [timedelta(seconds=seconds)])
        cursor.execute("UPDATE procrastinate_jobs SET worker_id = %s WHERE id = %s", [cursor.fetchone()[0], job])
    context = JobContext(app=app, job=None, abort_reason=lambda: None, start_timestamp=0)
    # In a thread of its own: Chromium's driver, if it was used, has left its loop running in this one.
    assert at_once(lambda _: async_to_sync(tasks.retry_stalled.func)(context, 0), None) == [None]
    assert ProcrastinateJob.objects.get(pk=job).status == status
