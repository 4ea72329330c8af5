"""RSVPs a second on one event that all want: eight processes, beside the raw limit of a row lock, and without NOTIFY."""

import multiprocessing
import os
import time

import psycopg

from . import people

CLIENTS, SECONDS = 8, 5
GOAL_RATIO = 0.5
RAW_TABLE = "CREATE TABLE bench_raw (id bigserial PRIMARY KEY, event_id bigint, member_id bigint)"


def measure():
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(RAW_TABLE)
    raw = _together(_raw)
    with_notices = _together(_rsvps)
    without = _without_notices(lambda: _together(_rsvps))
    ratio = with_notices / raw
    yield {"what": "row lock and insert, plain Python", "per second": round(raw), "ratio": 1.0}
    yield {
        "what": "RSVPs on one event", "per second": round(with_notices), "ratio": ratio,
        "goal": f"≥ {GOAL_RATIO}", "met": ratio >= GOAL_RATIO,
    }  # fmt: skip
    yield {"what": "… without triggers of the page cache", "per second": round(without), "ratio": without / raw}


def _together(client):
    """How often a second all clients together come through."""
    event, members = people.wanted_event().pk, [member.pk for member in people.members(12_000)]
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

    rows = iter(Member.objects.filter(pk__in=members))
    return _as_often_as_it_goes(lambda: rsvp_as_member(event_id=event_id, member=next(rows)), together)


def _raw(event_id, members, together):
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        rows = iter(members)

        def once():
            with connection.transaction():
                connection.execute("SELECT * FROM events_event WHERE id = %s FOR UPDATE", [event_id])
                connection.execute(
                    "INSERT INTO bench_raw (event_id, member_id) VALUES (%s, %s)", [event_id, next(rows)]
                )

        return _as_often_as_it_goes(once, together)


def _as_often_as_it_goes(once, together):
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
