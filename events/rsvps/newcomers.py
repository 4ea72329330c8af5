"""The RSVP of a member who is new to an event, decided and written by one statement.

A function in PostgreSQL (its migration is `newcomers_by_their_own_rows`) does what `_rsvp_as_member` in `actions` does, in
the plain case: the event takes RSVPs and its cut-off is ahead, no row is the member's or of their mailbox, and nobody waits
for a seat that is free. So the event is locked for as long as PostgreSQL needs, and not while Python makes statements.
Whatever else there is to decide is left to `actions`; tests hold that both decide alike.
"""

from django.db import connection
from django.utils import timezone

from chapter import server_log
from chapter.addresses import mailbox
from chapter.models import secret_token

from ..models import Rsvp

COLUMNS = [field.attname for field in Rsvp._meta.concrete_fields]
# What no call says, as the function writes it.
SAME_FOR_ALL = {name: getattr(Rsvp(round=1), name) for name in COLUMNS}
# Only what PostgreSQL decides: to send and to read all columns would be a seventh of the work, on both sides.
# The function's mail remembers the request. Its name is set within an argument, all of which are read before a function begins.
JOIN = """
    SELECT id, status, queued_at
    FROM events_rsvp_of_newcomer(%(event_id)s, %(member_id)s, %(mailbox)s, %(language)s,
                                 %(token)s || left(set_config('site.request', %(request)s, true), 0), %(changed_at)s)
"""


def join(event_id, member) -> Rsvp | None:
    """A seat or the back of the queue, and the mail that says which; None if it is not the plain case."""
    now = timezone.now()
    said = {
        "event_id": event_id,
        "member_id": member.pk,
        "language": member.language,
        "token": secret_token(),
        "created_at": now,
        "changed_at": now,
    }
    with connection.cursor() as cursor:
        cursor.execute(JOIN, {**said, "mailbox": mailbox(member.email), "request": server_log.current_request()})
        decided = cursor.fetchone()
    return decided and _as_read({**said, **dict(zip(("id", "status", "queued_at"), decided, strict=True))})


def _as_read(columns):
    row = {**SAME_FOR_ALL, **columns}
    return Rsvp.from_db(connection.alias, COLUMNS, [row[name] for name in COLUMNS])
