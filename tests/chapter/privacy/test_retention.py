"""What the site deletes by itself: the dry run tells the truth, one failure stops nothing, and organisers see it."""

import inspect
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from chapter import tasks
from chapter.mail import queue
from chapter.models import AuditEntry, Chapter, Delivery
from chapter.privacy import registry, retention, technical
from tests.factories import make_event, make_organiser, make_rsvp

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=400)


@pytest.fixture
def old_rows():
    """Two mails and a guest's RSVP that have been kept too long."""
    Delivery.objects.bulk_create(Delivery(kind="old", object_id=n) for n in range(2))
    Delivery.objects.update(created_at=LONG_AGO)
    make_rsvp(event=make_event(starts_in=timedelta(days=-40)))


def counts(done):
    return {each.entry.model._meta.label: each.count for each in done if each.count}


def test_the_dry_run_has_the_numbers_of_the_real_run_and_changes_nothing(old_rows):
    expected = counts(retention.run(dry_run=True))
    assert (Delivery.objects.count(), AuditEntry.objects.count()) == (2, 0)
    assert expected == {"chapter.Delivery": 2, "events.Rsvp": 1}
    assert counts(retention.run()) == expected


def test_the_dry_run_runs_nothing_that_waits_for_a_commit(monkeypatch, django_capture_on_commit_callbacks):
    def expire():
        transaction.on_commit(lambda: pytest.fail("a dry run was committed"))
        return 1

    add_entry(monkeypatch, expire)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        assert counts(retention.run(dry_run=True)) == {"chapter.Chapter": 1}
    assert callbacks == []


def test_one_failure_stops_nothing_and_is_in_the_report(old_rows, monkeypatch):
    add_entry(monkeypatch, fail_in_the_database)
    with pytest.raises(ExceptionGroup):
        tasks.tidy(0)
    report = retention.last_report()
    failed = [row.entry.what for row in report.rows if row.has_failed]
    assert (failed, report.needs_a_look, Delivery.objects.count()) == (["Canary."], True, 0)


def test_the_command_prints_a_table_and_says_when_it_was_a_dry_run(old_rows, capsys):
    call_command("retention", "--dry-run")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[:3] for line in lines if line.startswith("Email deliveries")] == [
        ["Email", "deliveries", "2"]
    ]
    assert not any("Procrastinate" in line for line in lines)
    assert lines[-1] == "Dry run: nothing was deleted."


def test_the_command_fails_if_anything_did(monkeypatch, capsys):
    add_entry(monkeypatch, fail_in_the_database)
    with pytest.raises(CommandError, match="1 could not be deleted"):
        call_command("retention")
    assert "FAILED" in capsys.readouterr().out


def test_organisers_see_when_it_ran_and_what_went(client, old_rows):
    client.force_login(make_organiser())
    address = reverse("retention")
    assert ">–</td>" in client.get(address).content.decode()
    retention.run()
    html = client.get(address).content.decode()
    assert html.count(">2</td>") == 1


def test_the_desk_says_when_it_has_not_run_for_two_nights(client, time_machine):
    client.force_login(make_organiser())
    retention.run()
    assert reverse("retention") not in client.get(reverse("desk")).content.decode()
    time_machine.move_to(timezone.now() + timedelta(days=3))
    client.force_login(make_organiser())
    assert reverse("retention") in client.get(reverse("desk")).content.decode()


def test_the_privacy_page_prints_what_the_job_deletes(client):
    Chapter.objects.update(guests_kept_days=11)
    html = client.get("/en/privacy/").content.decode()
    assert "Guests: 11 days after the event" in html
    assert all(str(entry.what) in html or "’" in str(entry.what) for entry in _in_english())


def test_no_period_stands_in_a_sentence_by_hand():
    """Each number of days that the privacy page names comes from what the job deletes by."""
    sources = [Path(inspect.getsourcefile(each)) for each in _modules_that_register()]
    by_hand = [
        f"{path.name}: {line.strip()}"
        for path in set(sources)
        for line in path.read_text().splitlines()
        if re.search(r'_\(\s*".*\b\d+ (day|year)|^\s*"(?!").*\b\d+ (day|year)', line)
    ]
    assert by_hand == []


def _modules_that_register():
    return [each.expire for each in registry.entries() if each.expire]


def test_the_organisers_log_shows_the_nightly_lines_only_when_asked(client, old_rows):
    client.force_login(make_organiser())
    retention.run()
    AuditEntry.objects.create(verb="chapter_changed", about="")
    address = reverse("organise_log")
    found = [{entry.verb for entry in client.get(address, data).context["page"]} for data in ({}, {"nightly": "on"})]
    assert found == [{"chapter_changed"}, {"chapter_changed", "retention_ran", "retention_deleted"}]


def test_the_log_shows_a_night_that_failed(client, monkeypatch):
    client.force_login(make_organiser())
    add_entry(monkeypatch, fail_in_the_database)
    retention.run()
    assert [line.verb for line in client.get(reverse("organise_log")).context["page"]] == ["retention_failed"]


def test_done_jobs_go_after_two_weeks_and_waiting_ones_stay(time_machine):
    queue.deliver.defer(delivery_id=1), queue.deliver.defer(delivery_id=2)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'succeeded' WHERE args->>'delivery_id' = '1'")
    assert technical.expire_jobs() == 0
    time_machine.move_to(timezone.now() + timedelta(days=15))
    assert (technical.expire_jobs(), technical.expire_jobs()) == (1, 0)


def test_the_log_is_kept_for_two_years_and_its_nightly_lines_for_three_months(time_machine):
    retention.run()
    AuditEntry.objects.create(verb="season_saved", at=timezone.now())
    time_machine.move_to(timezone.now() + timedelta(days=100))
    technical.expire_log()
    assert [line.verb for line in AuditEntry.objects.all()] == ["season_saved"]
    time_machine.move_to(timezone.now() + timedelta(days=640))
    assert technical.expire_log() == 1


def _in_english():
    from django.utils import translation

    with translation.override("en"):
        return registry.entries()


def add_entry(monkeypatch, expire):
    entry = registry.PersonalData(Chapter, registry.Basis.INTEREST, "Canary.", "", export=list, expire=expire)
    monkeypatch.setattr(registry, "_register", {"a.Canary": entry, **registry._register})


def fail_in_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
