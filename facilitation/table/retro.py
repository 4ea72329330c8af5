"""Plus and delta: what was good, what should be different. Stored without their author."""

from ..board_lock import changing, unchanged
from ..models import RetroItem
from .leading import check_leads
from .steps import check_not_full

MAX_ITEMS = 2000


def add(board, *, kind, client_id, text) -> RetroItem:
    """Store a plus or a delta, the same `client_id` only once. Locks the board. Raises Full, Closed."""
    with changing(board) as board:
        stored = board.retro_items.filter(client_id=client_id).first()
        if stored:
            unchanged(board)
            return stored
        check_not_full(board.retro_items, MAX_ITEMS)
        return board.retro_items.create(kind=kind, client_id=client_id, text=text)


def remove(item, *, by) -> None:
    """Delete one; only the leader may, since nobody knows whose it was. Raises NotLeading, Closed."""
    with changing(item.board) as board:
        check_leads(board, by)
        deleted, _ = board.retro_items.filter(pk=item.pk).delete()
        if not deleted:
            unchanged(board)
