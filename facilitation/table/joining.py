"""Joining and leaving a board. A signed cookie says which participant a browser is; there is no account."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter.refusals import Refused

from ..board_lock import changing, unchanged
from ..models import Dot, Participant
from .dots import keep_sums
from .leading import check_leads
from .steps import check_sits_here

# Who pitches a session before the day is known until two days after it.
COOKIE_SECONDS = 2 * 24 * 3600
SALT = "facilitation.participant"
_comers, _leavers = [], []


def at_joining(do):
    """Have `do(board, participant)` called under the lock when somebody has joined; for rooms above this one."""
    _comers.append(do)
    return do


def at_leaving(do):
    """The same, before somebody who leaves or is removed is deleted."""
    _leavers.append(do)
    return do


class LeadsStill(Refused):
    sentence = _("You are leading this board. Hand the role to someone else before you leave.")


def join(
    board, *, nickname="", been_before=None, name_in_summary=False, is_organiser=False, leads=False
) -> Participant:
    """Make a participant. With `leads`, and as an organiser, they lead a board without a leader. Raises Closed."""
    with changing(board) as board:
        last = board.participants.aggregate(last=Max("number"))["last"] or 0
        participant = Participant.objects.create(
            board=board,
            number=last + 1,
            nickname=nickname,
            been_before=been_before,
            name_in_summary=bool(nickname and name_in_summary),
            is_organiser=is_organiser,
        )
        if (is_organiser or leads) and board.leader_id is None:
            board.leader = participant
        for do in _comers:
            do(board, participant)
    return participant


def first_name(user) -> str:
    """What a member may be called at the table; empty for visitors, and for names that are too long."""
    first = user.name.split()[0] if user.is_authenticated and user.name.strip() else ""
    return first if len(first) <= Participant._meta.get_field("nickname").max_length else ""


def participant_of(request, board) -> Participant | None:
    """The participant that this browser is at this board; one query."""
    try:
        pk = signing.loads(request.COOKIES.get(_cookie(board), ""), salt=SALT, max_age=_oldest(board))
    except signing.BadSignature:
        return None
    return board.participants.filter(pk=pk).first()


def remember(response, participant) -> None:
    value = signing.dumps(participant.pk, salt=SALT)
    response.set_cookie(
        _cookie(participant.board),
        value,
        max_age=_seconds_left(participant.board),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def forget(response, board) -> None:
    response.delete_cookie(_cookie(board), samesite="Lax")


def rename(participant, *, nickname, name_in_summary) -> None:
    """Change the nickname, and whether the summary may tell it. Raises TooLate for a removed participant; Closed."""
    told = bool(nickname and name_in_summary)
    with changing(participant.board) as board:
        check_sits_here(board, participant)
        if (participant.nickname, participant.name_in_summary) == (nickname, told):
            return unchanged(board)
        participant.nickname, participant.name_in_summary = nickname, told
        participant.save(update_fields=["nickname", "name_in_summary"])


def remove(board, *, by, participant) -> None:
    """Take a participant off the board as if they had left. Raises NotLeading. The leader cannot remove themselves."""
    with changing(board) as board:
        check_leads(board, by)
        if participant.pk == by.pk:
            return unchanged(board)
        _take_off(board, participant)


def leave(board, *, by) -> None:
    """Delete a participant and their thumbs, also from a closed board. Their notes stay, without an author.

    Raises LeadsStill for the leader.
    """
    with changing(board, even_closed=True) as board:
        if board.leader_id == by.pk:
            raise LeadsStill
        if not board.participants.filter(pk=by.pk).exists():
            return unchanged(board)
        _take_off(board, by)


def set_ready(board, *, by, ready) -> None:
    # Only shown: no phase waits for anybody.
    with changing(board) as board:
        changed = board.participants.filter(pk=by.pk).exclude(is_ready=ready).update(is_ready=ready)
        if not changed:
            unchanged(board)


def _take_off(board, participant):
    # First of all the person, as whoever writes does: what they wrote is touched next, and two orders would be a deadlock.
    list(board.participants.select_for_update(no_key=True).filter(pk=participant.pk))
    # Dots go along while nobody has seen the sums. Later they stay: the difference would tell what this person wanted.
    if board.totals_were_shown or not board.totals_are_hidden:
        keep_sums(board, Dot.objects.filter(participant=participant))
    for do in _leavers:
        do(board, participant)
    board.participants.filter(pk=participant.pk).delete()
    if board.led_before_id == participant.pk:
        board.led_before = None


def _seconds_left(board):
    until_the_event = (board.event.ends_at - timezone.now()).total_seconds()
    return COOKIE_SECONDS + max(0, int(until_the_event))


def _oldest(board):
    # Until the time is over, a cookie of any age.
    is_over = board.event.ends_at + timedelta(seconds=COOKIE_SECONDS) < timezone.now()
    return COOKIE_SECONDS if is_over else None


def _cookie(board):
    return f"board_{board.code}"
