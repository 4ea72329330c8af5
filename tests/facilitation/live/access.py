"""Who may read what changes by itself: everybody who has the board's link."""

from facilitation.table.boards import open_board
from tests.factories import make_event


def a_board(owner):
    return {"code": open_board(make_event()).code}


def everybody(status):
    return dict.fromkeys(("anonymous", "member", "other", "organiser"), status)


ROWS = [
    ("board_live", a_board, everybody(204)),
    ("board_live", {"code": "nothing"}, everybody(204)),
    ("board_shared", a_board, everybody(200)),
    ("board_shared", {"code": "nothing"}, everybody(404)),
]
