"""The list of those who come, for a spreadsheet: names, no addresses, no formulas."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import translation

from tests.factories import make_event, make_member, make_organiser, make_rsvp

pytestmark = pytest.mark.django_db


def table_of(client, event, language="en", member=None):
    client.force_login(member or make_organiser())
    with translation.override(language):
        return client.get(reverse("attendees_table", args=[event.slug]))


def rows_of(answer, delimiter=","):
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def test_table_has_who_comes_and_then_who_waits(client):
    event, joined = make_event(), datetime(2026, 11, 2, 12, 5, tzinfo=UTC)
    make_rsvp(event=event, name="Ola", status="waitlisted", queued_at=joined)
    make_rsvp(event=event, name="Kari", queued_at=joined, attendance="came")
    make_rsvp(event=event, name="Per", status="cancelled")
    assert rows_of(table_of(client, event)) == [
        ["Name", "Status", "Signed up at", "Attendance"],
        ["Kari", "Going", "2026-11-02 13:05", "Came"],
        ["Ola", "On the waitlist", "2026-11-02 13:05", "Not recorded"],
    ]


def test_table_has_no_addresses(client):
    event = make_event()
    make_rsvp(event=event, name="Kari", email="kari@example.org")
    make_rsvp(event=event, member=make_member(email="ola@example.org", name=""))
    assert "example.org" not in table_of(client, event).content.decode()


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x"])
def test_no_name_is_a_formula(client, name):
    event = make_event()
    make_rsvp(event=event, name=name)
    assert rows_of(table_of(client, event))[1][0] == f"'{name}"


@pytest.mark.parametrize(("language", "delimiter"), [("nb", ";"), ("sv", ";"), ("en", ",")])
def test_table_opens_in_a_spreadsheet_of_the_country(client, language, delimiter):
    answer = table_of(client, make_event(), language)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert len(rows_of(answer, delimiter)[0]) == 4
    assert answer["Content-Disposition"].startswith("attachment;") and "no-store" in answer["Cache-Control"]
