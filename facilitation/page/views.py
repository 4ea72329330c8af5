"""The pages of a board: joining it, sitting at it, its big screen. Whoever has the link may come; nobody signs in."""

from functools import wraps

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from chapter.web import form_methods, lacks_second_factor, organiser_required, origin_suffices, ratelimits
from events.models import Event
from microactions.pledges import hint_at

from ..board_lock import Closed
from ..drawing import own as mine
from ..drawing import shared as drawing
from ..models import Board
from ..table import JoinForm, boards, joining
from . import acts

# A whole unconference may sit behind one address.
JOINS_PER_ADDRESS = 2000
# One every three seconds, for a whole hour: more than a person presses, also one who types for the room.
ACTS_PER_PARTICIPANT = 1200
# How often a page without a script looks for news, in seconds.
LOOK_AGAIN = 20


def unlisted(view):
    """Kept in no cache and in no search engine: a board is for the people at the table."""

    @never_cache
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def find(code):
    """The board of this code with what every page of it needs, or 404."""
    return get_object_or_404(Board.objects.select_related(*drawing.PARTS), code=code)


@require_safe
@unlisted
def board(request, code):
    """The board for those who sit at it, the way in for others; once it is closed, everybody with the link may read."""
    board = find(code)
    me = joining.participant_of(request, board)
    if me or board.is_closed:
        return _page(request, board, me)
    return _join_page(request, board, JoinForm(board=board))


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
        return _join_page(request, board, form, status=422)
    return _join(request, board, form)


def _join(request, board, form):
    try:
        participant = joining.join(board, is_organiser=_is_organiser(request.user), **form.cleaned_data)
    except Closed:
        return redirect(board)
    response = redirect(board)
    joining.remember(response, participant)
    return response


def _is_organiser(user):
    return user.is_authenticated and user.is_organiser and not lacks_second_factor(user)


def _join_page(request, board, form, *, status=200):
    context = {"board": board, "form": form, "people": board.participants.count() + board.room_people}
    return render(request, "facilitation/page/join.html", context, status=status)


@form_methods
@origin_suffices
@unlisted
def board_do(request, code, verb):
    """Do one thing. A script gets JSON with its part drawn anew; a form leads back to the page, or shows what is wrong."""
    if verb not in acts.ACTS:
        raise Http404
    board = find(code)
    if request.method != "POST":
        return redirect(board)
    me = joining.participant_of(request, board)
    if me is None:
        return _gone(request, board)
    ratelimits.limit_key(f"participant:{me.pk}", "board", times=ACTS_PER_PARTICIPANT, seconds=ratelimits.HOUR)
    sent = acts.send(verb, acts.At(board, me, request))
    return _answer(request, code, me, sent)


def _answer(request, code, me, sent):
    if wants_json(request):
        return _json(request, find(code), me, sent)
    if sent.status != acts.OK:
        return _page(request, find(code), me, sent=sent)
    if sent.message:
        messages.success(request, sent.message)
    if sent.verb == "pledge":
        _hint_at(request, sent.made)
    return redirect(_after(find(code), me, sent))


def _after(board, me, sent):
    """The page again, at the place of what was done; with the mark that shows a new microaction's link once."""
    address = board.get_absolute_url()
    if sent.verb == "pledge":
        return f"{address}?kept={mine.kept_mark(sent.made, me)}#kept"
    return f"{address}#topic-{sent.key}" if sent.verb == "dots" else address


def _hint_at(request, pledge):
    """Without the script that says so while one types: that the words are vague, to the person whose they are."""
    made = pledge.microaction
    if pledge.participant_id:
        own_page = made.get_absolute_url() if made.member_id else reverse("microaction_manage", args=[made.token])
        hint_at(request, made.what, change_at="" if made.email else f"{own_page}?change=words#words")


def wants_json(request):
    return request.headers.get("X-Board") == "1"


def _json(request, board, me, sent):
    context = mine.context(request, drawing.snapshot(board), me, sent=sent)
    html = render_to_string("facilitation/drawing/own/_mine.html", context, request)
    answer = {"mine": html, "message": sent.message, "level": sent.level, "version": board.version}
    return JsonResponse(answer, status=sent.status)


def _gone(request, board):
    """Somebody who is no participant, or no longer one, pressed a button."""
    text = _("You are not at this board any more. Join once more to go on.")
    if wants_json(request):
        html = render_to_string("facilitation/drawing/own/_gone.html", {"board": board}, request)
        return JsonResponse({"mine": html, "message": text, "level": "late", "version": board.version}, status=409)
    messages.warning(request, text)
    return redirect(board)


def _page(request, board, me, *, sent=None):
    now = drawing.snapshot(board)
    context = mine.context(request, now, me, sent=sent)
    context["server_now"] = drawing.server_now()
    if me and "still" not in request.GET and not (sent or mine.is_writing(board, me)):
        context["look_again"] = LOOK_AGAIN
    return render(request, "facilitation/page/board.html", context, status=sent.status if sent else 200)


@require_safe
@unlisted
def board_mine(request, code):
    """The personal part alone, for the script."""
    board = find(code)
    me = joining.participant_of(request, board)
    if me is None and not board.is_closed:
        return render(request, "facilitation/drawing/own/_gone.html", {"board": board})
    context = mine.context(request, drawing.snapshot(board), me)
    return render(request, "facilitation/drawing/own/_mine.html", context)


@require_safe
@unlisted
def board_screen(request, code):
    """For the wall: nothing to press, the address to join large."""
    board = find(code)
    context = {"board": board, "now": drawing.snapshot(board), "look_again": LOOK_AGAIN}
    context["server_now"] = drawing.server_now()
    return render(request, "facilitation/page/screen.html", context)


@require_safe
def board_short(request, code):
    """The address on the wall, to the board in the reader's language."""
    return redirect(find(code))


@require_POST
@organiser_required
def board_open(request, slug):
    """Open the board of an event, or go to the one that is there."""
    event = get_object_or_404(Event.objects.filter(state=Event.State.PUBLISHED), slug=slug)
    return redirect(boards.open_board(event, by=request.user))
