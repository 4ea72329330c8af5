"""Plus and delta: what was good, what should be different. Nobody is stored with them."""

from ..board_lock import changing, unchanged
from .leading import check_leads
from .steps import check_room

MAX_ITEMS = 2000


def add(board, *, kind, client_id, text):
    """Store a plus or a delta, the same `client_id` only once; any time until the board is closed. Raises Full, Closed."""
    with changing(board) as board:
        stored = board.retro_items.filter(client_id=client_id).first()
        if stored:
            unchanged(board)
            return stored
        check_room(board.retro_items, MAX_ITEMS)
        return board.retro_items.create(kind=kind, client_id=client_id, text=text)


def remove(item, *, by):
    """Whoever leads takes one away, for nobody can say whose it was; twice is once. Raises NotLeading, Closed."""
    with changing(item.board) as board:
        check_leads(board, by)
        deleted, _ = board.retro_items.filter(pk=item.pk).delete()
        if not deleted:
            unchanged(board)
