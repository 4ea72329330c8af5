"""The phases of a board. Each change names the phase it starts from, so that two presses never skip one."""

from datetime import timedelta

from django.utils import timezone

from ..board_lock import TooLate, changing, unchanged
from ..models import Board, Dot, Round, Thumb, Topic
from . import dots
from .leading import check_leads

Phase = Board.Phase
ORDER = [phase.value for phase in Phase]
REOPEN_FOR = timedelta(hours=24)
_closers = []


def at_closing(do):
    """Have `do(board)` called under the lock when a board closes; for rooms above this one."""
    _closers.append(do)
    return do


def after(phase) -> str | None:
    return next(iter(ORDER[ORDER.index(phase) + 1 :]), None)


def before(phase) -> str | None:
    return ORDER[ORDER.index(phase) - 1] if ORDER.index(phase) else None


def go(board, *, by, from_phase, to_phase, version) -> Board:
    """Go to any phase, unless the board has left `from_phase` since `version` was drawn.

    Closing keeps the sums of dots and deletes who placed them, and ends the topic that is talked about. A closed board
    can be opened again for REOPEN_FOR, later that raises TooLate. Raises NotLeading.
    """
    with changing(board, even_closed=True) as board:
        check_leads(board, by)
        if board.phase != from_phase or version < board.phase_version or to_phase == from_phase:
            unchanged(board)
        else:
            _move(board, to_phase)
    return board


def _move(board, to_phase):
    if board.is_closed:
        if board.closed_at < timezone.now() - REOPEN_FOR:
            raise TooLate
        board.closed_at = None
    if to_phase == Phase.CLOSED:
        _close(board)
    board.phase, board.phase_version = to_phase, board.version + 1
    board.totals_were_shown |= not board.totals_are_hidden
    board.participants.filter(is_ready=True).update(is_ready=False)


def close_forgotten(board) -> None:
    # For the nightly job, hence without a leader.
    with changing(board, even_closed=True) as board:
        if board.is_closed:
            return unchanged(board)
        _move(board, Phase.CLOSED)


def _close(board):
    board.closed_at = timezone.now()
    board.sealed_at = board.sealed_at or board.closed_at
    # A round that nobody counted ends by the leader's decision to close.
    Round.objects.filter(topic__board=board, result="").update(
        result=Round.Result.MOVE_ON, overruled=True, paused_seconds=None
    )
    board.topics.filter(state=Topic.State.TALKING).update(state=Topic.State.DONE)
    # From here on nobody can tell who placed which dot and thumb.
    dots.keep_sums(board, Dot.objects.filter(topic__board=board))
    Thumb.objects.filter(round__topic__board=board).delete()
    for close in _closers:
        close(board)
