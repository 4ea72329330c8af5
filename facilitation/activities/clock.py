"""The clock of activities. No process waits for it: whoever looks at a board next ends what is over."""

from ..board_lock import Closed, TooLate
from ..models import Board
from .actions import going_on
from .kinds import kind_of


def keep(board) -> bool:
    """End the step of the board's activity if its time is up, once for all who look at the same moment."""
    activity = board.activity
    if activity is None or not activity.is_due:
        return False
    activity.board = board
    try:
        with going_on(activity, step=activity.step, number=activity.number) as (locked, activity):
            kind_of(activity).time_is_up(locked, activity)
    except (TooLate, Closed):
        # Somebody else did it meanwhile, which is what was wanted.
        pass
    return True


def keep_by_id(board_id) -> None:
    """Raises Board.DoesNotExist."""
    keep(Board.objects.select_related("activity").get(pk=board_id))
