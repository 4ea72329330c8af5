"""What the verbs read while everybody else waits for the event's lock: one statement each, written by hand.

Django takes longer to put one of these together than PostgreSQL to answer it.
"""

import math

from django.db import connection

# Who is first in line, rather than whether somebody is: so the index of the line answers.
SEATS = """
    SELECT (SELECT count(*) FROM events_rsvp WHERE event_id = %(event)s AND status = 'going')
           + (SELECT count(*) FROM events_rsvp WHERE event_id = %(event)s AND held_until > statement_timestamp()),
           (SELECT id FROM events_rsvp WHERE event_id = %(event)s AND status = 'waitlisted'
            ORDER BY queued_at, id LIMIT 1) IS NOT NULL
"""


def seats(event) -> tuple[float, bool]:
    """How many seats are neither taken nor held, and whether somebody waits for one."""
    taken, somebody_waits = _row(SEATS, event=event.pk)
    return math.inf if event.capacity is None else max(0, event.capacity - taken), somebody_waits


def free_seats(event) -> float:
    return seats(event)[0]


def _row(statement, **values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()
