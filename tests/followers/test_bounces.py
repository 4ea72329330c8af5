"""Mails that come back: read as a mail server hands them over."""

import io
import sys
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from followers import bounces
from followers.bounces import verp
from tests.factories import make_follower

pytestmark = pytest.mark.django_db
REPORT = """From: MAILER-DAEMON@mail.example.org
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

It could not be delivered.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; kari@example.org
Action: failed
Status: {status}

--B--
"""


@pytest.fixture(autouse=True)
def _address(settings):
    settings.MAIL_BOUNCES = "news@chapter.example.org"


def take(monkeypatch, text):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(text.encode())))
    call_command("take_bounce", stdout=io.StringIO())


def report(follower, status):
    return REPORT.format(to=bounces.return_path(follower).upper(), status=status)


def test_a_mailbox_that_is_gone_is_paused_at_once(monkeypatch):
    follower = make_follower()
    take(monkeypatch, report(follower, "5.1.1"))
    follower.refresh_from_db()
    assert follower.paused_at


def test_a_full_mailbox_is_paused_at_the_third_time(monkeypatch):
    follower = make_follower()
    for expected in (False, False, True):
        take(monkeypatch, report(follower, "4.2.2"))
        follower.refresh_from_db()
        assert bool(follower.paused_at) is expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "To: news+1-0000000000000000@chapter.example.org\n\nforged",
        REPORT.format(to="news+999999999999999999999-0123456789abcdef@chapter.example.org", status="5.1.1"),
        REPORT.format(to="news@chapter.example.org", status="5.1.1"),
    ],
)
def test_what_is_no_bounce_of_ours_changes_nothing(monkeypatch, text):
    follower = make_follower()
    take(monkeypatch, text)
    follower.refresh_from_db()
    assert (follower.bounces, follower.paused_at) == (0, None)


def test_an_answer_to_the_return_path_is_no_failure(monkeypatch):
    follower = make_follower()
    take(monkeypatch, f"To: {bounces.return_path(follower)}\nSubject: I am on holiday\n\nBack on Monday")
    follower.refresh_from_db()
    assert follower.paused_at is None


def test_without_an_address_for_bounces_there_is_no_return_path(settings):
    settings.MAIL_BOUNCES = ""
    assert bounces.return_path(make_follower()) == ""
    assert verp.follower_of("x+1-0123456789abcdef@example.org") is None
