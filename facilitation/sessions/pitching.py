"""Pitching sessions, changing and withdrawing them. Each change is on every phone at once, so it raises the version."""

from django.db.models import F
from django.utils import timezone

from .. import activities
from ..board_lock import unchanged
from ..models import Session, SessionDot
from ..table import leading
from ..table import steps as table_steps
from .steps import check_hosts, standing

MAX_SESSIONS = 200


def pitch(activity, *, by, client_id, title, what_for="", host_name="", for_room=False) -> Session:
    """Store a session, the same `client_id` once. Locks the board and the activity.

    `for_room`: the leader (else NotLeading) pitches what somebody without a phone said. Raises TooLate, Closed, Full.
    """
    with activities.going_on(activity) as (board, activity):
        leading.check_may_write(board, by, for_room=for_room)
        made = activity.sessions.filter(client_id=client_id).first()
        if made:
            unchanged(board)
            return made
        table_steps.check_not_full(activity.sessions, MAX_SESSIONS)
        words = {"title": title, "what_for": what_for, "host_name": host_name}
        return activity.sessions.create(client_id=client_id, pitcher=None if for_room else by, **words)


def edit(session, *, by, member, title, what_for="", host_name="") -> Session:
    """Change the words; for whoever pitched it and the hosts. Raises NotLeading for others, TooLate if it is withdrawn."""
    with activities.going_on(session.activity) as (board, _activity):
        session = mine_or_hosts(board, session, by, member)
        session.title, session.what_for, session.host_name = title, what_for, host_name
        changed(session)
        session.save(update_fields=["title", "what_for", "host_name", "sequence", "changed_at"])
    return session


def withdraw(session, *, by, member) -> None:
    """Take it off the grid and give its dots back; hosts may `bring_back` it. Raises as `edit`."""
    with activities.going_on(session.activity) as (board, _activity):
        session = mine_or_hosts(board, session, by, member)
        SessionDot.objects.filter(session=session).delete()
        session.is_withdrawn, session.room, session.slot = True, None, None
        changed(session)
        session.save(update_fields=["is_withdrawn", "room", "slot", "sequence", "changed_at"])


def bring_back(session, *, by, member) -> None:
    with activities.going_on(session.activity) as (board, _activity):
        check_hosts(board, by, member)
        if not Session.objects.filter(pk=session.pk, is_withdrawn=True).update(is_withdrawn=False):
            unchanged(board)


def changed(*sessions) -> None:
    """What calendars are to notice; the caller stores it."""
    for session in sessions:
        session.sequence, session.changed_at = session.sequence + 1, timezone.now()


def take_places(sessions) -> None:
    """Leave these sessions without a room and a time."""
    sessions.update(room=None, slot=None, sequence=F("sequence") + 1, changed_at=timezone.now())


def mine_or_hosts(board, session, by, member) -> Session:
    """The session, read again, for whoever pitched it and the hosts; for others NotLeading. Raises TooLate."""
    table_steps.check_sits_here(board, by)
    session = standing(session)
    if session.pitcher_id != by.pk:
        check_hosts(board, by, member)
    return session
