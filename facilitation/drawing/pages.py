"""Pages of which a board may have many, as one for each session: each is drawn when what it shows has changed."""

from ..activities import kind_at


def is_page(view) -> bool:
    kind = kind_at(view)
    return bool(kind and kind.page_marks and kind.value != view)


def marks(board_id, views) -> dict:
    """{view: mark} for those of the views that are such pages and are there; a query for each kind."""
    pages = {view for view in views if is_page(view)}
    found = {}
    for kind in {kind.value: kind for kind in map(kind_at, pages)}.values():
        found |= kind.page_marks(board_id, *pages) if len(pages) == 1 else kind.page_marks(board_id)
    return {view: found[view] for view in pages if view in found}
