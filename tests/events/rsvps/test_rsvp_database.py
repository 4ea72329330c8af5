"""What the database refuses by itself, whoever writes: raw SQL, past every verb and form."""

import pytest
from django.db import Error, IntegrityError, connection, transaction

from events.models import Rsvp
from tests.factories import make_event, make_member, make_rsvp

pytestmark = pytest.mark.django_db
INSERT = """
    INSERT INTO events_rsvp (event_id, member_id, name, email, language, status, queued_at, attendance, token, round,
        created_at, changed_at, wants_reminders)
    VALUES (%(event)s, %(member)s, 'Kari', %(email)s, 'nb', %(status)s, %(queued_at)s, '', %(token)s, %(round)s, now(), now(), true)
"""


def insert(event, **fields):
    row = {"member": None, "email": "new@example.org", "status": "going", "queued_at": "2026-01-01", "round": 0}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, {**row, "token": "new", **fields, "event": event.pk})


def update(rsvp, what):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE events_rsvp SET {what} WHERE id = %s", [rsvp.pk])


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("rsvp_status", {"status": "maybe"}),
        ("rsvp_has_place_in_queue", {"queued_at": None}),
        ("rsvp_has_place_in_queue", {"status": "waitlisted", "queued_at": None}),
        ("rsvp_one_per_mailbox", {"email": "kari+2@example.org"}),
        ("rsvp_one_per_mailbox", {"email": "kari@example.org", "status": "pending"}),
        ("rsvp_address", {"email": "KARI@example.org"}),
        ("rsvp_pending_has_address", {"email": "", "status": "pending"}),
        ("events_rsvp_token", {"token": "taken"}),
        ("events_rsvp_round_check", {"round": -1}),
        ("not-null", {"status": None}),
    ],
)
def test_no_such_row(constraint, fields):
    event = make_event()
    make_rsvp(event=event, email="kari@example.org", token="taken")
    with pytest.raises(IntegrityError, match=constraint):
        insert(event, **fields)


def test_one_row_per_member():
    taken = make_rsvp(member=make_member())
    with pytest.raises(IntegrityError, match="rsvp_one_per_member"):
        insert(taken.event, member=taken.member_id, email="")


def test_a_member_has_no_second_address_and_needs_no_confirmation():
    rsvp = make_rsvp(member=make_member())
    with pytest.raises(IntegrityError, match="rsvp_member_or_guest"):
        update(rsvp, "email = 'other@example.org'")
    with pytest.raises(IntegrityError, match=r"rsvp_members_need_no_mail|rsvp_pending_has_address"):
        update(rsvp, "status = 'pending'")


@pytest.mark.parametrize("capacity", [0, -1, 100_001])
def test_no_such_number_of_seats(capacity):
    event = make_event()
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("UPDATE events_event SET capacity = %s WHERE id = %s", [capacity, event.pk])


def full_event():
    event = make_event(capacity=2)
    make_rsvp(event=event), make_rsvp(event=event)
    return event


def test_no_seat_too_many_by_insert():
    with pytest.raises(IntegrityError, match="2 seats, all taken"):
        insert(full_event())


@pytest.mark.parametrize("status", ["waitlisted", "cancelled", "pending", "removed", "expired"])
def test_no_seat_too_many_by_update(status):
    rsvp = make_rsvp(event=full_event(), status=status)
    with pytest.raises(IntegrityError, match="2 seats, all taken"):
        update(rsvp, "status = 'going', queued_at = now()")


def test_no_seat_too_many_in_one_statement():
    event = make_event(capacity=2)
    for _ in range(3):
        make_rsvp(event=event, status="waitlisted")
    with pytest.raises(IntegrityError, match="2 seats, all taken"), transaction.atomic():
        event.rsvps.update(status="going")
    assert event.rsvps.going().count() == 0


def test_no_seat_too_many_by_moving_a_seat_to_another_event():
    rsvp = make_rsvp()
    with pytest.raises(IntegrityError, match="2 seats, all taken"):
        update(rsvp, f"event_id = {full_event().pk}")


@pytest.mark.django_db(transaction=True)
def test_an_old_snapshot_gives_no_seats():
    rsvp = make_rsvp(status="waitlisted")
    with pytest.raises(Error, match="READ COMMITTED"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("UPDATE events_rsvp SET status = 'going' WHERE id = %s", [rsvp.pk])


def test_who_is_going_stays_when_seats_become_fewer():
    event = full_event()
    event.capacity = 1
    event.save()
    update(event.rsvps.first(), "status = 'going', name = 'Still here'")
    assert event.rsvps.going().count() == 2


def test_no_limit_lets_everyone_in():
    event = make_event(capacity=None)
    insert(event)
    assert Rsvp.objects.going().get().event == event
