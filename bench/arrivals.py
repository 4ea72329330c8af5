"""Fourteen hundred people within a minute: readers of the list of events, then members who want one of 300 seats."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from . import people
from .people import SEATS
from .server import Browser, Gunicorn, percentile

PEOPLE, SECONDS, AT_ONCE = 1_400, 60, 200
GOAL_READERS_MS, GOAL_RSVPS_MS = 200, 1_000


def measure(port, *, seconds=SECONDS):
    with Gunicorn("otg_site.gunicorn", "otg_site.wsgi", port, PROXY_COUNT="1"):
        yield _readers(port, seconds)
        yield from _rsvps(port, seconds)


def _readers(port, seconds):
    took = _arrive(seconds, lambda number: Browser(port).get("/nb/events/"))
    slowest = percentile(took, 99)
    return {
        "what": f"{PEOPLE} readers of the event list in {seconds} s", "p99 ms": slowest, "slowest ms": max(took),
        "goal": f"p99 ≤ {GOAL_READERS_MS} ms", "met": slowest <= GOAL_READERS_MS,
    }  # fmt: skip


def _rsvps(port, seconds):
    from events.models import Event

    event = people.wanted_event()
    sessions = [(member.pk, people.session_of(member)) for member in people.members(PEOPLE)]
    path, times = f"/nb/events/{event.slug}/rsvp/", {}

    def come(number):
        member, session = sessions[number]
        browser = Browser(port)
        token = "a" * 32
        browser.cookies |= {"session": session, "csrftoken": token}
        # Each at home: a limit counts them.
        browser.headers |= {"X-CSRFToken": token, "X-Forwarded-For": f"198.51.{number // 250}.{number % 250}"}
        began = time.monotonic()
        browser.post(path)
        times[member] = began, time.monotonic()

    took = _arrive(seconds, come)
    going, queue, mails = _outcome(Event.objects.get(pk=event.pk))
    slowest, overtaken = percentile(took, 99), _overtaken(queue, times)
    yield {
        "what": f"{PEOPLE} RSVPs for {SEATS} seats in {seconds} s", "p99 ms": slowest, "slowest ms": max(took),
        "goal": f"p99 ≤ {GOAL_RSVPS_MS} ms", "met": slowest <= GOAL_RSVPS_MS,
    }  # fmt: skip
    yield {
        "what": f"… {going} going, {len(queue)} waiting, {overtaken} overtaken, {mails} with one mail each",
        "goal": f"{SEATS}, {PEOPLE - SEATS}, 0, {PEOPLE}",
        "met": (going, len(queue), overtaken, mails) == (SEATS, PEOPLE - SEATS, 0, PEOPLE),
    }  # fmt: skip


def _arrive(seconds, come):
    """Let them come one after the other, evenly; the seconds that each waited for, in milliseconds."""
    took, begin, lock = [], time.monotonic() + 1, threading.Lock()

    def one(number):
        due = begin + number * seconds / PEOPLE
        time.sleep(max(0, due - time.monotonic()))
        come(number)
        with lock:
            # Counted from when they came, whether or not we were on time.
            took.append((time.monotonic() - due) * 1000)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(one, range(PEOPLE)))
    return took


def _outcome(event):
    """How many are going; the members who wait, in their order; for how many RSVPs one mail waits in the queue."""
    from collections import Counter

    from django.db import connection

    going = event.rsvps.filter(status="going").count()
    queue = list(
        event.rsvps.filter(status="waitlisted").order_by("queued_at", "pk").values_list("member_id", flat=True)
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT object_id FROM chapter_delivery WHERE kind IN ('rsvp_going', 'rsvp_waitlisted')")
        mails = Counter(pk for (pk,) in cursor.fetchall())
    return going, queue, sum(mails[pk] == 1 for pk in event.rsvps.values_list("pk", flat=True))


def _overtaken(queue, times):
    """How many wait behind somebody who came only after they had had their answer."""
    latest, number = float("-inf"), 0
    for member in queue:
        began, ended = times[member]
        number += ended < latest
        latest = max(latest, began)
    return number
