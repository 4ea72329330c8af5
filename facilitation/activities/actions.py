"""What can be done with activities. A change of step locks the board, then the activity; writing locks neither for long."""

from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from ..board_lock import TooLate, changing, unchanged
from ..models import Activity
from ..table import leading, phases, steps
from .kinds import kind_of

MAX_ACTIVITIES = 30


def open_activity(board, *, by, kind, client_id, **settings) -> Activity:
    """Open one and show it to the room, the same `client_id` only once. Raises NotLeading, Full, Closed."""
    with changing(board) as board:
        leading.check_leads(board, by)
        opened = board.activities.filter(client_id=client_id).first()
        if opened:
            unchanged(board)
            return opened
        steps.check_not_full(board.activities, MAX_ACTIVITIES)
        opened = board.activities.create(kind=kind.value, step=kind.first_step, client_id=client_id, **settings)
        board.activity = opened
    return opened


def show(board, *, by, activity=None) -> None:
    """Show this activity to the room, or the Lean Coffee. Its clock runs on. Raises NotLeading, Closed."""
    with changing(board) as board:
        leading.check_leads(board, by)
        if board.activity == activity:
            return unchanged(board)
        board.activity = activity


def close(activity, *, by) -> None:
    """End it for good and delete who wrote, scored or liked what; results stay. Raises NotLeading, Closed."""
    with going_on(activity, by=by) as (board, activity):
        _close(board, activity)


@contextmanager
def going_on(activity, *, by=None, step=None, number=None):
    """Yield (board, activity), both locked, and store the activity and the board's next version afterwards.

    `by`: the leader, else NotLeading; None for the clock. Of two presses on the same step the second changes nothing:
    with `step` (and `number`) given, TooLate is raised unless the activity is still there. Raises TooLate once it is
    closed, and Closed.
    """
    with changing(activity.board) as board:
        if by is not None:
            leading.check_leads(board, by)
        activity = Activity.objects.select_for_update().get(pk=activity.pk)
        if activity.is_closed or not _is_at(activity, step, number):
            raise TooLate
        yield board, activity
        activity.save()


def go(activity, step, *, number=0, timed=False) -> None:
    """Set the step of a locked activity; with `timed` the clock ends it after its `seconds`."""
    activity.step, activity.number = step, number
    activity.ends_at = timezone.now() + timedelta(seconds=activity.seconds) if timed else None


@contextmanager
def writing(activity, *, step, number=None, refusal=TooLate):
    """Hold the activity at this step while one person writes; many may at once, and a change of step waits for them.

    Raises `refusal` if it is not at that step (and `number`) any more. The board gets no new version: what many send in
    the same seconds is counted when the board is next drawn.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT step, number FROM facilitation_activity WHERE id = %s FOR SHARE", [activity.pk])
            row = cursor.fetchone()
        if row is None or row[0] != step or number not in (None, row[1]):
            raise refusal
        yield


@phases.at_closing
def close_all(board) -> None:
    """Close what is open at a board that closes. Needs the board's lock."""
    for activity in board.activities.select_for_update().filter(closed_at=None):
        _close(board, activity)
        activity.save()
    board.activity = None


def _close(board, activity):
    kind_of(activity).close(board, activity)
    go(activity, Activity.CLOSED)
    activity.closed_at = timezone.now()


def _is_at(activity, step, number):
    return step in (None, activity.step) and number in (None, activity.number)
