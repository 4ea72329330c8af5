"""A list of members from elsewhere makes invitations, and never followers."""

import io
from pathlib import Path

import pytest
from django.core import mail as outbox
from django.core.management import CommandError, call_command

from followers.announcing import sending
from followers.following import actions
from followers.models import Follower, Invitation
from tests.factories import make_follower
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
LIST = "Name,User ID,Joined Group on,Email\nKari Eksempel,1,2024-01-02,kari@example.org\nOla,2,2024-01-03,\nX,3,,not an address\n"


def run(tmp_path, text=LIST, *options, encoding="utf-8"):
    path = Path(tmp_path) / "members.csv"
    path.write_bytes(text.encode(encoding))
    out = io.StringIO()
    try:
        call_command("import_members", str(path), *options, stdout=out)
    except CommandError as error:
        out.write(str(error))
    return out.getvalue()


def test_without_mail_it_counts_and_gives_a_text_to_paste(tmp_path):
    said = run(tmp_path)
    assert "3 members, 2 of them with an address" in said
    assert "/nb/follow/" in said
    assert not Follower.objects.exists()


def test_each_address_is_asked_once_and_never_again(tmp_path):
    said = run(tmp_path, LIST, "--mail")
    assert "1 made, 0 changed, 0 same, 1 kept, 1 refused" in said
    sending.invite_portion()
    deliver_all()
    Follower.objects.all().delete()
    assert "0 made" in run(tmp_path, LIST, "--mail")
    sending.invite_portion()
    deliver_all()
    assert [letter.to for letter in outbox.outbox] == [["kari@example.org"]]
    assert "kari" not in str(Invitation.objects.values())


def test_an_invited_person_is_no_follower_before_a_yes(tmp_path):
    run(tmp_path, LIST, "--mail")
    assert not Follower.objects.confirmed().exists()
    assert actions.confirm(Follower.objects.get()).is_confirmed


def test_who_follows_or_has_stopped_is_not_invited(tmp_path):
    follower = make_follower(email="kari@example.org")
    assert "1 same" in run(tmp_path, LIST, "--mail")
    actions.stop(follower)
    assert "stopped our emails" in run(tmp_path, LIST, "--mail")
    assert not Follower.objects.exists()


def test_a_dry_run_stores_nothing(tmp_path):
    assert "Dry run" in run(tmp_path, LIST, "--mail", "--dry-run")
    assert not Follower.objects.exists()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_lists_of_other_programs_are_read(tmp_path, encoding):
    said = run(tmp_path, "Navn;E-post\nKåre Eksempel;kaare@example.org\n", "--mail", encoding=encoding)
    assert "1 made" in said


@pytest.mark.parametrize("text", ["", "nonsense", "a,b\n1,2\n"])
def test_what_is_no_list_is_refused(tmp_path, text):
    assert "Nothing was stored" in run(tmp_path, text, "--mail")


def test_invitations_go_in_portions(tmp_path, settings):
    settings.MAIL_PER_MINUTE = 2
    rows = "".join(f"a{n}@example.org\n" for n in range(5))
    run(tmp_path, f"Email\n{rows}", "--mail")
    assert [sending.invite_portion(), sending.invite_portion()] == [2, 0]
