"""RSVPs a second on one event that all want: eight processes, beside the raw limit of a row lock, beside the same writes
by hand, and without NOTIFY."""

import multiprocessing
import os
import time

import psycopg

from . import people

CLIENTS, SECONDS = 8, 5
# The limit and what is held against it in turn, since other work on a machine comes and goes.
ROUNDS = 3
GOAL_RATIO = 0.5
RAW_TABLE = "CREATE TABLE bench_raw (id bigserial PRIMARY KEY, event_id bigint, member_id bigint)"
# What no RSVP can do without: a row with a seat or a place in line, its mail, and the job that sends it.
GOING = "SELECT count(*) FROM events_rsvp WHERE event_id = %s AND status = 'going'"
RSVP = """
    INSERT INTO events_rsvp (event_id, member_id, status, name, email, language, token, attendance, wants_reminders, round,
                             queued_at, created_at, changed_at)
    VALUES (%s, %s, %s, '', '', 'nb', gen_random_uuid(), '', true, 1, now(), now(), now()) RETURNING id
"""
MAIL = """
    INSERT INTO chapter_delivery (kind, object_id, recipient, sequence, created_at)
    VALUES ('rsvp_' || %s, %s, '', 1, now()) RETURNING id
"""
JOB = """
    INSERT INTO procrastinate_jobs (queue_name, task_name, args)
    VALUES ('mail', 'chapter.deliver', jsonb_build_object('delivery_id', %s::bigint))
"""


def measure():
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(RAW_TABLE)
    rounds = [(_together(_raw), _together(_rsvps)) for _ in range(ROUNDS)]
    raw, with_notices = (sum(rates) / ROUNDS for rates in zip(*rounds, strict=True))
    by_hand = _together(_by_hand)
    without = _without_notices(lambda: _together(_rsvps))
    ratio = with_notices / raw
    yield {"what": "row lock and insert, plain Python", "per second": round(raw), "ratio": 1.0}
    yield {"what": "all writes of an RSVP, plain Python", "per second": round(by_hand), "ratio": by_hand / raw}
    yield {
        "what": "RSVPs on one event", "per second": round(with_notices), "ratio": ratio,
        "goal": f"≥ {GOAL_RATIO}", "met": ratio >= GOAL_RATIO,
    }  # fmt: skip
    beside = with_notices / by_hand
    yield {"what": "… beside all writes of an RSVP", "per second": round(with_notices), "ratio": beside}
    yield {"what": "… without triggers of the page cache", "per second": round(without), "ratio": without / raw}


def _together(client):
    """How often a second all clients together come through."""
    event, members = people.wanted_event().pk, [member.pk for member in people.members(30_000)]
    context = multiprocessing.get_context("spawn")
    with context.Manager() as manager, context.Pool(CLIENTS) as pool:
        # With an end, should one of them fail before it comes.
        together = manager.Barrier(CLIENTS, timeout=60)
        shares = [(event, members[number::CLIENTS], together) for number in range(CLIENTS)]
        return sum(pool.starmap(client, shares, chunksize=1)) / SECONDS


def _rsvps(event_id, members, together):
    import django

    django.setup()
    from chapter.models import Member
    from events.rsvps import rsvp_as_member

    rows = iter(list(Member.objects.filter(pk__in=members)))
    return _as_often_as_it_goes(lambda: rsvp_as_member(event_id=event_id, member=next(rows)), together)


def _raw(event_id, members, together):
    def write(execute, member_id):
        execute("SELECT * FROM events_event WHERE id = %s FOR UPDATE", event_id)
        execute("INSERT INTO bench_raw (event_id, member_id) VALUES (%s, %s)", event_id, member_id)

    return _in_transactions(write, members, together)


def _by_hand(event_id, members, together):
    def write(execute, member_id):
        execute("SELECT * FROM events_event WHERE id = %s FOR NO KEY UPDATE", event_id)
        (taken,) = execute(GOING, event_id).fetchone()
        status = "going" if taken < people.SEATS else "waitlisted"
        (rsvp_id,) = execute(RSVP, event_id, member_id, status).fetchone()
        (mail_id,) = execute(MAIL, status, rsvp_id).fetchone()
        execute(JOB, mail_id)

    return _in_transactions(write, members, together)


def _in_transactions(write, members, together):
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        rows = iter(members)

        def once():
            with connection.transaction():
                write(lambda statement, *values: connection.execute(statement, values), next(rows))

        return _as_often_as_it_goes(once, together)


def _as_often_as_it_goes(once, together):
    # The first time of a process makes plans, and loads what is loaded once.
    once()
    together.wait()
    until, done = time.monotonic() + SECONDS, 0
    while time.monotonic() < until:
        once()
        done += 1
    return done


def _without_notices(measured):
    from django.db import connection

    from chapter.page_cache import tables

    with connection.cursor() as cursor:
        for table in tables.telling():
            cursor.execute(f'DROP TRIGGER {tables.TRIGGER} ON "{table}"')
    try:
        return measured()
    finally:
        tables.install()
