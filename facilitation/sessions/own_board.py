"""A board of a session's own, for those who want to talk it through as a Lean Coffee. It lives and closes by itself."""

from .. import activities
from ..board_lock import unchanged
from ..models import Board, Participant
from ..table import joining
from .pitching import mine_or_hosts


def open_board(session, *, by, member) -> tuple[Board, Participant | None]:
    """The session's board, and who leads it now if it is new: whoever pitched the session, or a host (else NotLeading).

    Locks the event's board, so that two presses open one. Raises TooLate if the session is withdrawn or closed, Closed.
    """
    with activities.going_on(session.activity) as (board, _activity):
        session = mine_or_hosts(board, session, by, member)
        found = Board.objects.filter(session=session).first()
        if found:
            unchanged(board)
            return found, None
        made = Board.objects.create(session=session, language=board.language)
        told = {name: getattr(by, name) for name in ("nickname", "been_before", "name_in_summary", "is_organiser")}
        return made, joining.join(made, leads=True, **told)
