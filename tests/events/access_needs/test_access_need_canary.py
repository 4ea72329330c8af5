"""A canary in what somebody needs to take part: it is seen on two pages and nowhere else."""

import json
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chapter.models import AuditEntry
from chapter.privacy import registry as privacy_register
from chapter.privacy import retention
from events import messaging, planning, rsvps
from tests.chapter.accounts.sign_in import arrive
from tests.everywhere.test_access import ROWS
from tests.factories import make_access_need, make_event, make_member, make_organiser, make_rsvp
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
CANARY = "Canary-7f3a"


@pytest.fixture
def need():
    """Of a member, at an event that somebody else hosts."""
    event = make_event(title="Kaffe", asks_access_needs=True, capacity=5)
    event.hosts.add(make_member())
    return make_access_need(rsvp=make_rsvp(event=event, member=make_member()), text=CANARY)


def addresses(need):
    """Every address of the access table, and again with this event and this RSVP wherever they fit."""
    event, rsvp = need.rsvp.event, need.rsvp
    for name, arguments, _expected in ROWS:
        kwargs = arguments(make_member()) if callable(arguments) else arguments
        yield reverse(name, kwargs=kwargs)
        own = {
            **kwargs,
            **({"slug": event.slug} if "slug" in kwargs else {}),
            **({"token": rsvp.token} if "token" in kwargs else {}),
        }
        if own != kwargs:
            yield reverse(name, kwargs=own)


def shown(client, paths):
    """Which of these pages have the canary; a stream of server-sent events is no page."""
    for path in paths:
        response = client.get(path)
        content = response.content if not response.streaming else b"".join(response)
        if CANARY.encode() in content:
            yield path


def pages(need):
    return {path for path in addresses(need) if "/logout/" not in path and "/live/" not in path}


def test_two_pages_show_it_to_the_person_one_to_a_host_and_none_to_anybody_else(need):
    paths, event, person = pages(need), need.rsvp.event, need.rsvp.member
    readers = {"anonymous": None, "member": make_member(), "organiser": make_organiser()}
    readers |= {"host": event.hosts.get(), "person": person}
    found = {role: {*shown(client_of(reader), paths)} for role, reader in readers.items()}
    assert found == {
        "anonymous": set(),
        "member": set(),
        "organiser": set(),
        "host": {reverse("event_access_needs", args=[event.slug])},
        "person": {reverse("access_need", args=[need.rsvp.token]), reverse("me_export")},
    }


def client_of(member):
    client = Client()
    if member:
        arrive(client, member)
    return client


def test_a_search_for_it_finds_nothing(client, need):
    client.force_login(make_organiser())
    assert "result__title" not in client.get("/nb/search/", {"q": CANARY}).content.decode()


def test_no_mail_says_it(need, mailoutbox):
    planning.postpone(need.rsvp.event_id, reason="Rain")
    deliver_all()
    rsvps.cancel(rsvp_id=need.rsvp_id)
    deliver_all()
    assert len(mailoutbox) == 2
    assert [mail for mail in mailoutbox if CANARY in mail.message().as_string()] == []


def test_no_message_of_the_hosts_says_it(need, mailoutbox):
    event = need.rsvp.event
    message = messaging.draft(event=event, by=event.hosts.get(), audience="all", language="en", subject="x", body="x")
    messaging.send(event_id=event.pk, message_id=message.pk, by=event.hosts.get())
    deliver_all()
    assert [CANARY in mail.message().as_string() for mail in mailoutbox] == [False]


def test_no_file_of_the_exported_site_says_it(need, tmp_path):
    call_command("export_site", str(tmp_path / "site"))
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert [path.name for path in files if CANARY.encode() in path.read_bytes()] == []
    assert any(b"Kaffe" in path.read_bytes() for path in files)


def test_no_log_and_no_report_says_it(need):
    event = need.rsvp.event
    columns = {name: getattr(event, name) for name in ("kind", *planning.TIME, *planning.PLACE, "capacity")}
    text = {"language": "nb", "title": "Kaffe", "body": ""}
    planning.edit(
        event.pk,
        version=planning.fingerprint(event),
        columns={**columns, "asks_access_needs": False},
        text=text,
        hosts=[],
        principles=[],
        by=make_organiser(),
    )
    retention.run()
    lines = [f"{line.verb} {line.about}" for line in AuditEntry.objects.all()]
    assert any("access_needs_stopped" in line for line in lines)
    assert not any(CANARY in line for line in lines)


def test_the_admin_has_no_such_table(need):
    assert apps.get_model("events.AccessNeed") not in admin.site._registry
    assert CANARY not in str(need)


def test_nobody_elses_export_has_it_and_the_persons_own_has(need):
    others = [make_member(), make_organiser(), need.rsvp.event.hosts.get()]
    exports = [json.dumps(privacy_register.export(member), default=str) for member in [*others, need.rsvp.member]]
    assert [CANARY in text for text in exports] == [False, False, False, True]


def test_after_its_day_no_table_has_it(need, time_machine):
    assert tables_with_it() == {"events_accessneed"}
    time_machine.move_to(need.rsvp.event.ends_at + timedelta(days=7, minutes=1))
    retention.run()
    assert (tables_with_it(), timezone.now() > need.rsvp.event.ends_at) == (set(), True)


def tables_with_it():
    found = set()
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names():
            cursor.execute(f'SELECT count(*) FROM "{name}" t WHERE t::text LIKE %s', [f"%{CANARY}%"])
            if cursor.fetchone()[0]:
                found.add(name)
    return found
