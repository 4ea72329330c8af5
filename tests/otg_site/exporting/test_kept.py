"""An export that an organiser asks for: made by the worker, fetched by whoever shows who they are, gone after a day."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from chapter.models import AuditEntry, SiteExport, SiteExportPiece
from chapter.privacy import unfinished
from otg_site import exporting
from otg_site.exporting import kept
from tests.chapter.accounts.sign_in import arrive
from tests.factories import make_event, make_member, make_organiser, make_post, make_rsvp

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def made(*, drafts=False):
    asked = kept.ask(has_drafts=drafts, by=make_organiser())
    kept.write(asked.pk)
    asked.refresh_from_db()
    return asked


def archive_of(asked):
    return zipfile.ZipFile(io.BytesIO(b"".join(kept.pieces_of(asked.pk))))


def fetch(client, asked):
    return client.get(reverse("site_export_file", args=[asked.pk]))


def test_file_holds_what_the_command_writes(tmp_path):
    make_event(title="Coffee")
    call_command("export_site", str(tmp_path / "out"))
    archive, root = archive_of(made()), tmp_path / "out"
    written = {str(path.relative_to(root)): path.read_bytes() for path in exporting.files_in(root)}
    assert {name.removeprefix("site/"): archive.read(name) for name in archive.namelist()} == written


def test_file_has_nobody_in_it():
    make_rsvp(event=make_event(), name="Kanarifugl", email="kanari@example.org")
    archive = archive_of(made())
    assert b"anari" not in b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("drafts", [True, False])
def test_drafts_go_along_only_if_asked_for(drafts):
    make_post(title="Unready", is_draft=True)
    names = archive_of(made(drafts=drafts)).namelist()
    assert any("unready" in name for name in names) is drafts


def test_large_file_is_kept_and_sent_in_pieces(client, monkeypatch):
    monkeypatch.setattr(kept, "PIECE", 700)
    asked = made()
    assert asked.pieces.count() == -(-asked.size // 700) > 1
    arrive(client, make_organiser())
    answer = fetch(client, asked)
    content = b"".join(answer.streaming_content)
    assert (len(content), int(answer["Content-Length"])) == (asked.size, asked.size)
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None


def test_one_is_made_at_a_time_and_a_new_one_replaces_the_last(client):
    first = kept.ask(has_drafts=False, by=make_organiser())
    with pytest.raises(kept.OneAtATime):
        kept.ask(has_drafts=False, by=make_organiser())
    kept.write(first.pk)
    second = made()
    assert list(SiteExport.objects.all()) == [second]


def test_second_run_of_the_job_changes_nothing():
    asked = made()
    before = asked.pieces.count()
    kept.write(asked.pk)
    assert asked.pieces.count() == before


def test_failure_is_said_and_another_try_is_open(client, monkeypatch, tmp_path):
    monkeypatch.setattr("otg_site.exporting.folder.GUIDE", tmp_path / "no guide")
    asked = made()
    assert (asked.state, asked.pieces.count()) == ("failed", 0)
    arrive(client, make_organiser())
    assert "couldn’t be made" in client.get(reverse("site_export")).content.decode()
    client.post(reverse("site_export"))
    assert SiteExport.objects.get().is_waiting


def test_export_is_gone_after_a_day(client):
    asked = made()
    SiteExport.objects.update(asked_at=timezone.now() - timedelta(hours=24, seconds=1))
    arrive(client, make_organiser())
    assert fetch(client, asked).status_code == 404
    unfinished.expire()
    assert (SiteExport.objects.count(), SiteExportPiece.objects.count()) == (0, 0)


def test_page_leads_to_the_file_once_it_is_ready(client):
    arrive(client, make_organiser())
    client.post(reverse("site_export"), {"drafts": "on"})
    asked = SiteExport.objects.get()
    address = reverse("site_export_file", args=[asked.pk])
    assert address not in client.get(reverse("site_export")).content.decode()
    assert fetch(client, asked).status_code == 404
    kept.write(asked.pk)
    assert address in client.get(reverse("site_export")).content.decode()
    assert AuditEntry.objects.latest_first()[0].verb == "site_export_asked"


def test_whoever_has_not_just_shown_who_they_are_is_asked(client):
    asked = made()
    client.force_login(make_organiser(), backend="django.contrib.auth.backends.ModelBackend")
    assert fetch(client, asked)["Location"].startswith(reverse("account_reauthenticate"))


def test_organiser_without_the_second_factor_and_member_get_nothing(client, settings):
    asked = made()
    arrive(client, make_member())
    assert fetch(client, asked).status_code == 403
    settings.ORGANISERS_NEED_SECOND_FACTOR = True
    arrive(client, make_organiser())
    assert "/2fa/" in fetch(client, asked)["Location"]
    assert "/2fa/" in client.get(reverse("site_export"))["Location"]
