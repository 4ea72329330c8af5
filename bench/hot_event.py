"""RSVPs a second on one event that all want: eight processes, beside the raw limit of a row lock, and without NOTIFY."""

import multiprocessing
import secrets
import time
from datetime import timedelta

import psycopg

CLIENTS, SECONDS = 8, 5
GOAL_RATIO = 0.5


def measure():
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
    event, members = _prepare()
    context = multiprocessing.get_context("spawn")
    with context.Pool(CLIENTS) as pool:
        # Whoever starts later would find the others at work.
        begin = time.time() + 6
        shares = [(event, members[number::CLIENTS], begin) for number in range(CLIENTS)]
        return sum(pool.starmap(client, shares)) / SECONDS


def _prepare():
    from django.utils import timezone

    from chapter.models import Member
    from events.models import Event

    word = secrets.token_hex(4)
    starts_at = timezone.now() + timedelta(days=7)
    event = Event.objects.create(
        slug=f"hot-{word}", starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), capacity=300,
        state="published",
    )  # fmt: skip
    people = [Member(email=f"{word}-{number}@example.org", name="Kari Eksempel") for number in range(12_000)]
    return event.pk, [member.pk for member in Member.objects.bulk_create(people)]


def _rsvps(event_id, members, begin):
    import django

    django.setup()
    from chapter.models import Member
    from events.rsvps import rsvp_as_member

    rows = list(Member.objects.filter(pk__in=members))
    _wait(begin)
    done = 0
    for member in rows:
        rsvp_as_member(event_id=event_id, member=member)
        done += 1
        if time.time() > begin + SECONDS:
            break
    return done


def _raw(event_id, members, begin):
    import os

    done = 0
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(
            "CREATE TABLE IF NOT EXISTS bench_raw (id bigserial PRIMARY KEY, event_id bigint, member_id bigint)"
        )
        _wait(begin)
        while time.time() < begin + SECONDS:
            with connection.transaction():
                connection.execute("SELECT * FROM events_event WHERE id = %s FOR UPDATE", [event_id])
                connection.execute("INSERT INTO bench_raw (event_id, member_id) VALUES (%s, %s)", [event_id, done])
            done += 1
    return done


def _wait(begin):
    time.sleep(max(0, begin - time.time()))


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
