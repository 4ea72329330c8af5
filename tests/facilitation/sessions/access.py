"""Who gets the sessions of a board: whoever has the link joins first; once they are closed, everybody with it reads them."""

from tests.factories import make_board, make_session, make_session_room, make_session_slot, make_sessions

EVERYBODY = dict.fromkeys(("anonymous", "member", "other", "organiser"), 200)
MISSING = dict.fromkeys(EVERYBODY, 404)
NOT_READ = dict.fromkeys(EVERYBODY, 405)
ELSEWHERE = dict.fromkeys(EVERYBODY, 302)


def _session(step="day"):
    activity = make_sessions(step=step)
    room, slot = make_session_room(activity), make_session_slot(activity)
    return make_session(activity=activity, room=room, slot=slot)


def _of(session):
    return {"code": session.activity.board.code, "pk": session.pk}


def _board(owner):
    return {"code": _session().activity.board.code}


def _without(owner):
    return {"code": make_board().code}


def _waiting(owner):
    return _of(make_session())


def _withdrawn(owner):
    return _of(make_session(is_withdrawn=True))


def _of_another_board(owner):
    return {"code": make_board().code, "pk": _session().pk}


SESSION_ROWS = [
    ("board_sessions", _board, EVERYBODY),
    ("board_sessions", lambda owner: {"code": _session("closed").activity.board.code}, EVERYBODY),
    ("board_sessions", _without, ELSEWHERE),
    ("board_sessions", {"code": "nothing"}, MISSING),
    ("board_sessions_ics", _board, EVERYBODY),
    ("board_sessions_ics", _without, MISSING),
    ("board_session", lambda owner: _of(_session()), EVERYBODY),
    ("board_session", lambda owner: _of(_session("closed")), EVERYBODY),
    ("board_session", _withdrawn, MISSING),
    ("board_session", _of_another_board, MISSING),
    ("board_session_ics", lambda owner: _of(_session()), EVERYBODY),
    ("board_session_ics", _waiting, MISSING),
    ("board_session_ics", _of_another_board, MISSING),
    ("board_session_board", lambda owner: _of(_session()), NOT_READ),
    # For those who have joined.
    ("board_session_agreed", lambda owner: _of(_session()), ELSEWHERE),
    ("board_session_agreed", _of_another_board, MISSING),
]
