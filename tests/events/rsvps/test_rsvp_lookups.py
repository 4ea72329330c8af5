"""What is read and written while everybody else waits for the event: little."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import rsvps
from events.models import Rsvp
from tests.factories import make_event, make_member, make_rsvp

pytestmark = pytest.mark.django_db
S = Rsvp.Status


def under_lock(verb, **arguments):
    """How many statements the verb sends after the one that locks the event."""
    with CaptureQueriesContext(connection) as sent:
        verb(**arguments)
    statements = [query["sql"] for query in sent if "SAVEPOINT" not in query["sql"]]
    (lock,) = [number for number, sql in enumerate(statements) if "FOR NO KEY UPDATE" in sql]
    return len(statements) - lock - 1


def test_member_who_comes_back_for_six():
    left = make_rsvp(member=make_member(), status=S.CANCELLED)
    assert under_lock(rsvps.rsvp_as_member, event_id=left.event_id, member=left.member) == 6


def test_new_guest_for_eight():
    guest = {"name": "Kari", "email": "kari@example.org", "language": "nb"}
    assert under_lock(rsvps.rsvp_as_guest, event_id=make_event().pk, **guest) == 8


def test_guest_who_confirms_for_eight():
    assert under_lock(rsvps.confirm, token=make_rsvp(status=S.PENDING).token) == 8
