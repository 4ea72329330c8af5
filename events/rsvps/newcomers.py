"""The RSVP of a member who is new to an event, decided and written by one statement.

A function in PostgreSQL (its migration is `newcomers_in_one_statement`) does what `_rsvp_as_member` in `actions` does, in
the plain case: the event takes RSVPs and its cut-off is ahead, no row is the member's or of their mailbox, and nobody waits
for a seat that is free. So the event is locked for as long as PostgreSQL needs, and not while Python makes statements.
Whatever else there is to decide is left to `actions`; tests hold that both decide alike.
"""

from django.db import connection
from django.utils import timezone

from chapter.addresses import mailbox
from chapter.models import secret_token

from ..models import Rsvp

COLUMNS = [field.attname for field in Rsvp._meta.concrete_fields]
JOIN = f"""
    SELECT {", ".join(COLUMNS)}
    FROM events_rsvp_of_newcomer(%(event)s, %(member)s, %(mailbox)s, %(language)s, %(token)s, %(now)s)
"""  # noqa: S608 (only our own names)


def join(event_id, member) -> Rsvp | None:
    """A seat or the back of the queue, and the mail that says which; None if it is not the plain case."""
    values = {
        "event": event_id,
        "member": member.pk,
        "mailbox": mailbox(member.email),
        "language": member.language,
        "token": secret_token(),
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(JOIN, values)
        row = cursor.fetchone()
    return row and Rsvp.from_db(connection.alias, COLUMNS, row)
