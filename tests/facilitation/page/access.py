"""Who gets what at a board: whoever has the link; opening one is for organisers."""

from django.utils import timezone

from tests.factories import make_activity, make_board, make_event

EVERYBODY = dict.fromkeys(("anonymous", "member", "other", "organiser"), 200)
NOT_READ = dict.fromkeys(EVERYBODY, 405)
MISSING = dict.fromkeys(EVERYBODY, 404)


def _board(owner):
    return {"code": make_board().code}


def _closed(owner):
    return {"code": make_board(phase="closed").code}


def _activity(**fields):
    activity = make_activity(**fields)
    return {"code": activity.board.code, "pk": activity.pk}


PAGE_ROWS = [
    ("board", _board, EVERYBODY),
    ("board", _closed, EVERYBODY),
    ("board", {"code": "nothing"}, MISSING),
    ("board_join", _board, NOT_READ),
    ("board_do", lambda owner: {**_board(owner), "verb": "note"}, dict.fromkeys(EVERYBODY, 302)),
    ("board_do", lambda owner: {**_board(owner), "verb": "dance"}, MISSING),
    ("board_mine", _board, EVERYBODY),
    ("board_card", _board, EVERYBODY),
    ("board_card", _closed, EVERYBODY),
    ("board_card", {"code": "nothing"}, MISSING),
    ("board_leave", _board, NOT_READ),
    ("board_screen", _board, EVERYBODY),
    ("board_activities", _board, EVERYBODY),
    ("board_activity", lambda owner: _activity(), {**dict.fromkeys(EVERYBODY, 302), "organiser": 200}),
    ("board_activity", lambda owner: _activity(step="closed", closed_at=timezone.now()), EVERYBODY),
    # For whoever leads.
    ("board_cards", lambda owner: _activity(kind="25-10", step="result"), dict.fromkeys(EVERYBODY, 302)),
    ("board_cards", lambda owner: _activity(), MISSING),
    ("board_activity_open", lambda owner: {**_board(owner), "kind": "1-3-9"}, dict.fromkeys(EVERYBODY, 302)),
    ("board_activity_open", lambda owner: {**_board(owner), "kind": "dance"}, MISSING),
    ("board_short", _board, dict.fromkeys(EVERYBODY, 302)),
    (
        "board_open",
        lambda owner: {"slug": make_event().slug},
        {"anonymous": 405, "member": 405, "other": 405, "organiser": 405},
    ),
]
