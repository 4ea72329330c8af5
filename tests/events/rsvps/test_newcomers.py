"""A member who is new to an event gets a seat or a place in line from one statement, and as the verb would decide."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from chapter.models import Delivery
from events import rsvps
from events.models import Event, Rsvp
from events.rsvps import actions, newcomers
from tests.factories import make_event, make_member, make_rsvp

pytestmark = pytest.mark.django_db
S = Rsvp.Status
# What two rows of one person at two events differ in.
OWN = ("id", "event_id", "token", "queued_at", "created_at", "changed_at")


@pytest.mark.parametrize("taken", [0, 1, 2], ids=["free", "full", "waited for"])
def test_new_member_needs_one_statement(taken):
    event, member = make_event(capacity=1), make_member()
    for status in [S.GOING, S.WAITLISTED][:taken]:
        make_rsvp(event=event, status=status)
    with CaptureQueriesContext(connection) as sent:
        rsvp = rsvps.rsvp_as_member(event_id=event.pk, member=member)
    assert (len(sent), rsvp) == (1, event.rsvps.get(member=member))


def test_a_new_member_is_not_looked_for_among_all_who_have_signed_up():
    event, member = make_event(capacity=1), make_member()
    people(event, [S.GOING] + 200 * [S.WAITLISTED])
    # As a new site has it, about which PostgreSQL knows nothing yet.
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM pg_statistic WHERE starelid = 'events_rsvp'::regclass")
        cursor.execute("UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE oid = 'events_rsvp'::regclass")
    before = rows_read()
    assert rsvps.rsvp_as_member(event_id=event.pk, member=member).is_waitlisted
    assert rows_read() - before < 50


def rows_read():
    """Of the RSVPs, in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL track_counts = on")
        cursor.execute(
            "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'events_rsvp'"
        )
        return cursor.fetchone()[0]


def people(event, statuses):
    for status in statuses:
        make_rsvp(event=event, status=status)


@pytest.mark.parametrize("language", ["nb", "sv"])
@pytest.mark.parametrize("capacity", [None, 1, 2, 3])
@pytest.mark.parametrize(
    "statuses", [[], [S.GOING], [S.GOING, S.WAITLISTED], [S.GOING, S.GOING], [S.PENDING], [S.CANCELLED]]
)
def test_it_decides_and_writes_what_the_verb_does(capacity, statuses, language):
    member, written = make_member(language=language), []
    for join in (newcomers.join, actions._rsvp_as_member):
        event = make_event(capacity=None)
        people(event, statuses)
        Event.objects.filter(pk=event.pk).update(capacity=capacity)
        made = join(event.pk, member)
        written.append(made and written_for(made))
    # Where somebody waits and a seat is free, it leaves the case to the verb.
    assert written[0] in (written[1], None)
    assert (written[0] is None) == (S.WAITLISTED in statuses and capacity in (None, 2, 3))


def written_for(rsvp):
    """Its row, its mail and the job that sends it, without what is each one's own; nothing else was queued."""
    row = Rsvp.objects.values().get(pk=rsvp.pk)
    delivery = Delivery.objects.values().get(object_id=rsvp.pk)
    job = ProcrastinateJob.objects.values().get(args={"delivery_id": delivery["id"]})
    return [
        {name: value for name, value in row.items() if name not in OWN},
        {name: delivery[name] for name in ("kind", "recipient", "sequence", "sent_at", "dropped_at")},
        {name: value for name, value in job.items() if name not in ("id", "args")},
    ]


@pytest.mark.parametrize("taken", [[], [S.GOING], [S.GOING, S.WAITLISTED]], ids=len)
@pytest.mark.parametrize("language", ["nb", "sv"])
def test_what_it_returns_is_the_row_as_it_is_read(language, taken):
    event, member = make_event(capacity=1), make_member(language=language)
    people(event, taken)
    rsvp = newcomers.join(event.pk, member)
    stored = Rsvp.objects.get(pk=rsvp.pk)
    assert (rsvp._state.adding, rsvp._state.db) == (stored._state.adding, stored._state.db)
    assert {name: getattr(rsvp, name) for name in newcomers.COLUMNS} == {
        name: getattr(stored, name) for name in newcomers.COLUMNS
    }


@pytest.mark.parametrize("capacity", [5, 6])
def test_a_seat_that_is_held_is_not_free(capacity):
    event = make_event(capacity=5)
    people(event, [S.GOING] * 4)
    make_rsvp(event=event, status=S.PENDING, held_until=timezone.now() + timedelta(minutes=5))
    Event.objects.filter(pk=event.pk).update(capacity=capacity)
    assert newcomers.join(event.pk, make_member()).is_going == (capacity == 6)


@pytest.mark.parametrize(
    "fields",
    [
        {"state": Event.State.DRAFT},
        {"state": Event.State.POSTPONED},
        {"state": Event.State.CANCELLED},
        {"starts_in": timedelta(days=-1)},
        {"starts_in": timedelta(hours=2), "cut_off_hours": 3},
        {"starts_in": timedelta(seconds=-1), "cut_off_hours": 0},
    ],
)
def test_where_seats_are_not_simply_given_the_verb_decides(fields):
    assert newcomers.join(make_event(**fields).pk, make_member()) is None


@pytest.mark.parametrize(("hours", "is_given"), [(3, True), (4, False)])
def test_the_cut_off_is_that_of_the_event(hours, is_given):
    event = make_event(starts_in=timedelta(hours=3, minutes=30), cut_off_hours=hours)
    assert (newcomers.join(event.pk, make_member()) is not None, not event.is_past_cut_off) == (is_given, is_given)


MINE, TAGGED, OTHERS = "kari@example.org", "kari+2@example.org", "ola@example.org"


@pytest.mark.parametrize("status", S)
@pytest.mark.parametrize("email", [MINE, TAGGED, OTHERS, "kari@example.com"])
def test_it_knows_the_guests_that_the_querysets_find(email, status):
    event, member = make_event(), make_member(email=MINE)
    member.emailaddress_set.create(email="kari@example.com", verified=True)
    make_rsvp(email=MINE), make_rsvp(event=event, email=email, status=status)
    all_taken(event)
    is_known = is_found(event, member)
    assert (newcomers.join(event.pk, member) is None) == is_known


@pytest.mark.parametrize("is_verified", [True, False])
@pytest.mark.parametrize("email", [MINE, TAGGED, OTHERS])
def test_it_knows_the_members_that_the_querysets_find(email, is_verified):
    event, member = make_event(), make_member(email=MINE)
    other = member if email == MINE else make_member(email=email)
    other.emailaddress_set.update(verified=is_verified)
    make_rsvp(member=member), make_rsvp(event=event, member=other)
    is_known = is_found(event, member)
    assert (newcomers.join(event.pk, member) is None) == is_known


def all_taken(event):
    # So that whoever waits does not wait for a seat that is free.
    make_rsvp(event=event)
    Event.objects.filter(pk=event.pk).update(capacity=1)


def is_found(event, member):
    readers = event.rsvps.active().of_mailbox(member.email)
    return event.rsvps.of_member(member).exists() or readers.exists()


@pytest.mark.parametrize("status", S)
def test_who_has_a_row_already_is_left_to_the_verb(status):
    member = make_member()
    row = {} if status == S.PENDING else {"member": member}
    rsvp = make_rsvp(status=status, **row or {"email": member.email})
    assert newcomers.join(rsvp.event_id, member) is None


@pytest.mark.django_db(transaction=True)
def test_place_in_line_is_taken_when_the_event_is_free_and_not_when_it_was_asked_for():
    event, member = make_event(capacity=1), make_member()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Event.objects.lock(event.pk)
            asked = pool.submit(in_thread, partial(newcomers.join, event.pk, member))
            until_somebody_waits()
            first = make_rsvp(event=event)
        second = asked.result()
    assert (second.is_waitlisted, second.queued_at > first.queued_at) == (True, True)


def in_thread(call):
    try:
        return call()
    finally:
        connection.close()


def until_somebody_waits():
    with connection.cursor() as cursor:
        while not cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted") or not cursor.fetchone():
            pass
