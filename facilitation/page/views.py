"""The pages of a board: joining it, sitting at it, its big screen. Nobody signs in."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from chapter.models import acts_as_organiser
from chapter.web import form_methods, organiser_required, origin_suffices, ratelimits
from events.models import Event

from ..board_lock import Closed
from ..drawing import own, shared
from ..table import JoinForm, boards, joining
from . import acts, answers
from .answers import find, unlisted

# A whole unconference may sit behind one address.
JOINS_PER_ADDRESS = 2000
# One every three seconds for an hour: more than a person presses, also one who types for the room.
ACTS_PER_PARTICIPANT = 1200


@require_safe
@unlisted
def board(request, code):
    """The board for its participants, the way in for others; a closed board is read by everybody with the link."""
    board = find(code)
    me = joining.participant_of(request, board)
    if me or board.is_closed:
        return answers.page(request, shared.snapshot(board), me)
    return answers.join_page(request, board)


@require_POST
@origin_suffices
@unlisted
def board_join(request, code):
    board = find(code)
    ratelimits.limit(request, "board_join", times=JOINS_PER_ADDRESS, seconds=ratelimits.HOUR)
    form = JoinForm(request.POST, board=board)
    if joining.participant_of(request, board) or board.is_closed:
        return redirect(board)
    if not form.is_valid():
        return answers.join_page(request, board, form, at=request.GET.get("at", ""))
    user = request.user
    is_organiser = acts_as_organiser(user)
    response = redirect(answers.look(request, board).address)
    try:
        participant = joining.join(board, is_organiser=is_organiser, **form.cleaned_data)
    except Closed:
        return response
    joining.remember(response, participant)
    return response


@form_methods
@origin_suffices
@unlisted
def board_do(request, code, verb):
    act = acts.find(verb)
    if act is None:
        raise Http404
    board = find(code)
    # A reload of the page with a refused form comes here as GET.
    if request.method != "POST":
        return redirect(board)
    me = joining.participant_of(request, board)
    member = request.user if request.user.is_authenticated else None
    if me is None and not (act.for_organisers and acts_as_organiser(request.user)):
        return answers.gone(request, board)
    who = f"participant:{me.pk}" if me else f"member:{member.pk}"
    ratelimits.limit_key(who, "board", times=ACTS_PER_PARTICIPANT, seconds=ratelimits.HOUR)
    sent = acts.send(verb, request.POST, board=board, by=me, member=member)
    return answers.inner(request, me, sent) or answers.answer(request, find(code), me, sent)


@require_safe
@unlisted
def board_mine(request, code):
    board = find(code)
    me = joining.participant_of(request, board)
    if me is None and not board.is_closed:
        return render(request, "facilitation/drawing/own/_gone.html", {"board": board})
    context = own.context(request, answers.look(request, board), me)
    return render(request, "facilitation/drawing/own/_mine.html", context)


@require_safe
@unlisted
def board_screen(request, code):
    board = find(code)
    context = {"board": board, "now": shared.snapshot(board), "look_again": answers.LOOK_AGAIN}
    context["server_now"] = shared.server_now()
    return render(request, "facilitation/page/screen.html", context)


@require_safe
def board_short(request, code):
    return redirect(find(code))


@require_POST
@organiser_required
def board_open(request, slug):
    event = get_object_or_404(Event.objects.filter(state=Event.State.PUBLISHED), slug=slug)
    return redirect(boards.open_board(event, by=request.user))
