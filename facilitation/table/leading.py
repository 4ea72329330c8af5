"""Who leads a board. The role is handed over, taken over with a notice to all, and taken back with one tap."""

from django.utils.translation import gettext, gettext_lazy

from chapter.models import acts_as_organiser
from chapter.refusals import Refused

from ..board_lock import changing, unchanged
from .steps import check_sits_here


class NotLeading(Refused):
    sentence = gettext_lazy("You are no longer leading this board, so nothing was changed.")


class RoleLocked(Refused):
    sentence = gettext_lazy("Only an organiser can take over here. Ask the person leading to hand the role to you.")


class AlreadyLed(Refused):
    """Somebody else took the role first; `leader` is who leads now, or None."""

    def __init__(self, leader):
        super().__init__()
        self.leader = leader

    @property
    def sentence(self):
        if self.leader is None:
            return gettext("No one is leading now. Press again to take over.")
        return gettext("%(name)s took over just before you.") % {"name": self.leader.display_name}


def check_leads(board, by) -> None:
    """Raise NotLeading unless `by` leads; `board` must be the locked row."""
    if by is None or by.pk != board.leader_id:
        raise NotLeading


def check_may_write(board, by, *, for_room) -> None:
    """Raise NotLeading for others than the leader who write for the room, TooLate for a removed participant."""
    if for_room:
        check_leads(board, by)
    check_sits_here(board, by)


def take_over(board, *, by, seen_leader, member=None) -> None:
    """Make `by` the leader; the one before can take the role back.

    `seen_leader` is the primary key of the leader on the page that was pressed: of two takers at once the second gets
    AlreadyLed. Raises RoleLocked while the role is locked, unless `member`, who is signed in, acts as an organiser now;
    TooLate for a removed participant. Repeating it changes nothing.
    """
    with changing(board) as board:
        if board.leader_id == by.pk:
            return unchanged(board)
        if board.leader_id != seen_leader:
            raise AlreadyLed(board.leader)
        if board.role_locked and not acts_as_organiser(member):
            raise RoleLocked
        check_sits_here(board, by)
        _lead(board, by, before=board.leader_id)


def reclaim(board, *, by, member=None) -> None:
    """Give the role back to the leader before the last change. Raises NotLeading for others.

    Also where it is locked, but there RoleLocked for who sat down as an organiser and does not act as one now.
    """
    with changing(board) as board:
        if board.leader_id == by.pk:
            return unchanged(board)
        if board.led_before_id != by.pk:
            raise NotLeading
        if not may_reclaim(board, by, member):
            raise RoleLocked
        _lead(board, by, before=None)


def may_reclaim(board, by, member) -> bool:
    was_led = board.led_before_id == by.pk
    return was_led and (not board.role_locked or not by.is_organiser or acts_as_organiser(member))


def give_back(board, *, by) -> None:
    with changing(board) as board:
        check_leads(board, by)
        if board.led_before_id is None:
            return unchanged(board)
        _lead(board, board.led_before, before=None)


def hand_over(board, *, by, to) -> None:
    """Make `to` the leader. Raises NotLeading, and TooLate where `to` was removed."""
    with changing(board) as board:
        check_leads(board, by)
        if to.pk == by.pk:
            return unchanged(board)
        check_sits_here(board, to)
        _lead(board, to, before=by.pk)


def dismiss_notice(board, *, by) -> None:
    # For the leader and the one before: from now on the role cannot be taken back with one tap.
    with changing(board) as board:
        if by.pk not in (board.leader_id, board.led_before_id):
            raise NotLeading
        if board.led_before_id is None:
            return unchanged(board)
        board.led_before = None


def _lead(board, participant, *, before):
    board.leader, board.led_before_id = participant, before
