"""What is read and written while everybody else waits for the event: little, and by hand what the querysets say, too."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chapter.models import Delivery
from events import rsvps
from events.models import Rsvp
from events.rsvps import lookups
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


@pytest.mark.parametrize("taken", [0, 1, 2], ids=["free", "full", "waited for"])
def test_new_member_keeps_the_others_waiting_for_five_statements(taken):
    event, member = make_event(capacity=1), make_member()
    for status in [S.GOING, S.WAITLISTED][:taken]:
        make_rsvp(event=event, status=status)
    assert under_lock(rsvps.rsvp_as_member, event_id=event.pk, member=member) == 5
    assert Delivery.objects.count() == 1


def test_member_who_comes_back_for_seven():
    left = make_rsvp(member=make_member(), status=S.CANCELLED)
    assert under_lock(rsvps.rsvp_as_member, event_id=left.event_id, member=left.member) == 7


def test_new_guest_for_eight():
    guest = {"name": "Kari", "email": "kari@example.org", "language": "nb"}
    assert under_lock(rsvps.rsvp_as_guest, event_id=make_event().pk, **guest) == 8


def test_guest_who_confirms_for_eight():
    assert under_lock(rsvps.confirm, token=make_rsvp(status=S.PENDING).token) == 8


MINE, TAGGED, OTHERS = "kari@example.org", "kari+2@example.org", "ola@example.org"


@pytest.mark.parametrize("status", S)
@pytest.mark.parametrize("email", [MINE, TAGGED, OTHERS, "kari@example.com"])
def test_lookup_by_hand_knows_the_guests_that_the_querysets_find(email, status):
    event, member = make_event(), make_member(email=MINE)
    member.emailaddress_set.create(email="kari@example.com", verified=True)
    make_rsvp(email=MINE), make_rsvp(event=event, email=email, status=status)
    assert lookups.knows(event, member) == _found(event, member)


@pytest.mark.parametrize("is_verified", [True, False])
@pytest.mark.parametrize("email", [MINE, TAGGED, OTHERS])
def test_lookup_by_hand_knows_the_members_that_the_querysets_find(email, is_verified):
    event, member = make_event(), make_member(email=MINE)
    other = member if email == MINE else make_member(email=email)
    other.emailaddress_set.update(verified=is_verified)
    make_rsvp(member=member), make_rsvp(event=event, member=other)
    assert lookups.knows(event, member) == _found(event, member)


def _found(event, member):
    readers = event.rsvps.active().of_mailbox(member.email)
    return event.rsvps.of_member(member).exists() or readers.exists()
