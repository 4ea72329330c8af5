"""What the verbs read while everybody else waits for the event's lock: one statement each, written by hand.

Django takes longer to put one of these together than PostgreSQL to answer it.
"""

import math

from django.db import connection

from chapter.addresses import mailbox, mailbox_sql

# Who is first in line, rather than whether somebody is: so the index of the line answers.
SEATS = """
    SELECT (SELECT count(*) FROM events_rsvp WHERE event_id = %(event)s AND status = 'going')
           + (SELECT count(*) FROM events_rsvp WHERE event_id = %(event)s AND held_until > statement_timestamp()),
           (SELECT id FROM events_rsvp WHERE event_id = %(event)s AND status = 'waitlisted'
            ORDER BY queued_at, id LIMIT 1) IS NOT NULL
"""
# An index for each question: the last has the words of `rsvp_one_per_mailbox`.
KNOWS = f"""
    SELECT EXISTS (
        SELECT FROM events_rsvp WHERE event_id = %(event)s AND member_id = ANY (%(member)s || ARRAY(
            SELECT user_id FROM account_emailaddress WHERE verified AND {mailbox_sql("email")} = %(mailbox)s))
    ) OR EXISTS (
        SELECT FROM events_rsvp WHERE event_id = %(event)s AND email = ANY (ARRAY(
            SELECT email FROM account_emailaddress WHERE verified AND user_id = %(member)s))
    ) OR EXISTS (
        SELECT FROM events_rsvp WHERE event_id = %(event)s AND {mailbox_sql("email")} = %(mailbox)s
        AND status IN ('pending', 'going', 'waitlisted') AND NOT email = ''
    )
"""  # noqa: S608 (only our own names)


def seats(event) -> tuple[float, bool]:
    """How many seats are neither taken nor held, and whether somebody waits for one."""
    taken, somebody_waits = _row(SEATS, event=event.pk)
    return math.inf if event.capacity is None else max(0, event.capacity - taken), somebody_waits


def free_seats(event) -> float:
    return seats(event)[0]


def knows(event, member) -> bool:
    """Whether the event has a row `of_member`, or of somebody else who reads their mailbox (`of_mailbox`)."""
    (found,) = _row(KNOWS, event=event.pk, member=member.pk, mailbox=mailbox(member.email))
    return found


def _row(statement, **values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchone()
