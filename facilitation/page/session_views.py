"""The pages of sessions, which stay live while the room does something else, and their calendar files."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from chapter.languages import current
from chapter.refusals import Refused
from chapter.web import form_methods, origin_suffices, ratelimits
from events import calendars

from .. import sessions
from ..drawing import shared
from ..models import Session
from ..table import joining
from . import answers
from .answers import find, unlisted
from .views import ACTS_PER_PARTICIPANT


@require_safe
@unlisted
def board_sessions(request, code):
    """The grid, one's own plan and the way to pitch; closed sessions are read by everybody with the link."""
    board = find(code)
    if sessions.steps.of_board(board) is None:
        return redirect(board)
    return _page(request, board, sessions.snapshots.GRID)


@require_safe
@unlisted
def board_session(request, code, pk):
    board = find(code)
    _session(board, pk)
    return _page(request, board, f"{sessions.snapshots.GRID}-{pk}")


def _page(request, board, at):
    me = joining.participant_of(request, board)
    now = shared.look(board, at)
    if not now.at:
        # It was withdrawn this moment.
        return redirect(board)
    if me is None and not now.activity.is_closed:
        return answers.join_page(request, board, at=at)
    return answers.page(request, now, me)


@form_methods
@origin_suffices
@unlisted
def board_session_agreed(request, code, pk):
    """Writing what was agreed. A form that builds on older words comes back with what is there now."""
    board = find(code)
    session = _session(board, pk)
    me = joining.participant_of(request, board)
    if me is None or session.activity.is_closed:
        return redirect("board_session", code, pk)
    ratelimits.limit_key(f"participant:{me.pk}", "board", times=ACTS_PER_PARTICIPANT, seconds=ratelimits.HOUR)
    data = {**request.POST.dict(), "session": pk} if request.method == "POST" else None
    form = sessions.forms.AgreedForm(data, board=board, initial={"agreed": session.agreed})
    if data and form.is_valid() and _agree(form, me):
        return redirect("board_session", code, pk)
    now = _session(board, pk)
    theirs = now.agreed if form.errors else ""
    context = {"board": board, "session": now, "form": form, "theirs": theirs}
    return render(request, "facilitation/sessions/session/agreed.html", context, status=422 if form.errors else 200)


def _agree(form, me):
    try:
        sessions.notes.agree(by=me, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


@require_POST
@origin_suffices
@unlisted
def board_session_board(request, code, pk):
    """Opening a board of the session's own. Whoever opens it sits at it from then on, and leads."""
    board = find(code)
    session = _session(board, pk)
    me = joining.participant_of(request, board)
    if me is None:
        return redirect("board_session", code, pk)
    ratelimits.limit_key(f"participant:{me.pk}", "board", times=ACTS_PER_PARTICIPANT, seconds=ratelimits.HOUR)
    try:
        opened, leader = sessions.own_board.open_board(session, by=me, member=request.user)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("board_session", code, pk)
    response = redirect(opened)
    if leader:
        joining.remember(response, leader)
    return response


@require_safe
@unlisted
def board_session_ics(request, code, pk):
    """For whoever has the link: a calendar cannot join a board."""
    board = find(code)
    rows = Session.objects.filter(activity__board=board).placed().for_grid()
    return _file(request, board, [get_object_or_404(rows, pk=pk)], name=f"session-{pk}.ics")


@require_safe
@unlisted
def board_sessions_ics(request, code):
    board = find(code)
    activity = sessions.steps.of_board(board)
    if activity is None:
        raise Http404
    return _file(request, board, list(sessions.calendar.sessions_of(activity)), name="sessions.ics")


def _file(request, board, rows, *, name):
    content = sessions.calendar.ics(board, rows, language=current())
    return calendars.calendar_file(request, content, name=name)


def _session(board, pk):
    rows = Session.objects.standing().filter(activity__board=board).select_related("activity")
    return get_object_or_404(rows, pk=pk)
