"""The log of the whole process, at its most talkative: each address and each form, as each reader, well and broken.

No address of a person is in it and no secret link, and what is the sender's fault is a line.
"""

import io
import logging
import socket
from contextlib import contextmanager

import pytest
from aiosmtpd.controller import Controller
from django.apps import apps
from django.db import connection, transaction
from django.test import Client

from chapter.mail import queue as mail
from tests.everywhere.letters import LETTERS, Words
from tests.everywhere.test_access import BACKEND
from tests.everywhere.test_hostile import address, prepared, with_addresses, with_forms
from tests.factories import make_member, make_organiser

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
CANARY = "canary.bird@example.org"
# Without them nearly every view breaks, in the middle of a statement that holds what was asked.
TABLES = (
    *("chapter_chapter", "events_rsvp", "microactions_microaction", "microactions_makker", "events_proposal"),
    "blog_comment",
)
LINE_CHARS = 700


@pytest.fixture
def log():
    """What was written since the last call."""
    root, level, written = logging.getLogger(), logging.getLogger().level, io.StringIO()
    handler = logging.StreamHandler(written)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)

    def lines():
        text = written.getvalue()
        written.seek(0)
        written.truncate()
        return text

    yield lines
    root.removeHandler(handler)
    root.setLevel(level)


def known():
    """Every address and every token that the database holds by now."""
    fields = [
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.column in ("email", "token") and model._meta.managed
    ]
    found = {value for field in fields for value in field.model._base_manager.values_list(field.attname, flat=True)}
    return {CANARY, *(str(value) for value in found if value)}


@contextmanager
def broken():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} RENAME TO gone_{table}")
        yield
        transaction.set_rollback(True)


def clients(owner):
    people = {"anonymous": None, "member": owner, "other": make_member(), "organiser": make_organiser()}
    made = {}
    for role, person in people.items():
        made[role] = Client(raise_request_exception=False, headers={"origin": "http://testserver"})
        if person:
            made[role].force_login(person, backend=BACKEND)
    return made


def told(text, status, secret):
    """What is wrong with what was logged about one answer."""
    yield from (f"{status}: names {value}" for value in secret if value in text)
    lines = text.splitlines()
    if 400 <= status < 500 and (len(lines) > 3 or any(len(line) > LINE_CHARS for line in lines)):
        yield f"{status}: {len(lines)} lines, {len(text)} characters"


@with_addresses
def test_no_address_is_named_when_it_is_asked(log, name, arguments):
    owner = make_member(email=CANARY)
    path = address(name, arguments, owner)
    secret, found = {*known(), part(path)}, []
    made = clients(owner)
    for role in ("anonymous", "other", "organiser"):
        log()
        status = made[role].get(path, {"q": CANARY}).status_code
        found += [f"{role} {line}" for line in told(log(), status, secret)]
    with broken():
        status = made["organiser"].get(path).status_code
    assert [*found, *told(log(), status, secret)] == []


def part(path):
    """The key of an invitation is stored nowhere."""
    return path.split("/")[-2] if "/invited/" in path else CANARY


@with_forms
def test_no_form_names_who_sent_it(log, name, arguments, who, fields):
    owner = make_member(email="owner.bird@example.org") if who == "member" else make_organiser()
    path, fields = prepared(name, arguments, owner, fields)
    fields = {field: CANARY if field in ("email", "login") else value for field, value in fields.items()}
    client = clients(owner)["anonymous" if who == "visitor" else "member"]
    found = []
    for way, send in {
        "well": lambda: client.post(path, fields),
        "from elsewhere": lambda: client.post(path, fields, headers={"origin": "https://evil.example"}),
        "half": lambda: client.post(path, "--x\r\n", content_type="multipart/form-data; boundary=é"),
        "too many": lambda: client.post(path, "&".join(f"a{n}=1" for n in range(600)), content_type=FORM),
        "broken": lambda: _in_ruins(client, path, fields),
    }.items():
        log()
        with transaction.atomic():
            status, secret = send().status_code, known()
            transaction.set_rollback(True)
        found += [f"{way} {line}" for line in told(log(), status, {*secret, part(path)})]
    assert found == []


def _in_ruins(client, path, fields):
    with broken():
        return client.post(path, fields)


class Refuses:
    async def handle_RCPT(self, server, session, envelope, address, options):
        # For now, since a job that fails writes the longer traceback.
        return f"450 4.2.0 {address} has no room"


@pytest.fixture(scope="module")
def refusing():
    """A mail server on 127.0.0.1 that takes nothing."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        where = probe.getsockname()
    controller = Controller(Refuses(), hostname=where[0], port=where[1])
    controller.start()
    yield where
    controller.stop()


@pytest.mark.parametrize("kind", LETTERS)
def test_no_letter_names_its_reader_when_it_is_refused(log, settings, refusing, kind):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_USE_TLS = *refusing, False
    delivery = LETTERS[kind](Words(line="Kaffe", text="Kaffe"))
    log()
    try:
        mail.send(delivery.pk)
    except OSError:
        logging.getLogger("procrastinate.worker").exception("Job failed")
    written = log()
    assert (list(told(written, 500, known())), "SMTPRecipientsRefused" in written) == ([], True)
