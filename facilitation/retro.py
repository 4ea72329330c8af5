"""Plus and delta: what was good, what should be different. Nobody is stored with them."""

from .changes import changing, unchanged
from .leading import check_leads
from .models import RetroItem


def add(board, *, kind, client_id, text):
    """Store a plus or a delta, the same `client_id` only once; any time until the board is closed. Raises Closed."""
    with changing(board) as board:
        stored = {"kind": kind, "text": text}
        item, is_new = RetroItem.objects.get_or_create(board=board, client_id=client_id, defaults=stored)
        if not is_new:
            unchanged(board)
        return item


def remove(item, *, by):
    """Whoever leads takes one away, for nobody can say whose it was; twice is once. Raises NotLeading, Closed."""
    with changing(item.board) as board:
        check_leads(board, by)
        deleted, _ = board.retro_items.filter(pk=item.pk).delete()
        if not deleted:
            unchanged(board)
