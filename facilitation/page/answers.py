"""What a board answers: its page, or for its script the personal part as JSON."""

from functools import wraps

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from microactions.pledges import hint_at

from ..activities import clock
from ..drawing import own, shared
from ..models import Board
from ..table import JoinForm, joining
from . import acts
from .acts import OK

# Seconds after which a page without the script loads itself again.
LOOK_AGAIN = 20


def unlisted(view):
    """Keep a page out of caches and search engines: a board is for the people at the table."""

    @never_cache
    @wraps(view)
    def answer(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return answer


def find(code) -> Board:
    # Whoever has the link may come; and ends what the clock has ended.
    boards = Board.objects.select_related(*shared.PARTS)
    board = get_object_or_404(boards, code=code)
    return boards.get(pk=board.pk) if clock.keep(board) else board


def look(request, board):
    """What the reader looks at: what the room does, or with `?at=` a page that stays beside it."""
    return shared.look(board, request.GET.get("at", ""))


def join_page(request, board, form=None, *, at=""):
    """The way in; afterwards to the page `at`."""
    status = 422 if form else 200
    form = form or JoinForm(board=board, initial=_told_before(request, board))
    people = board.participants.count() + board.room_people
    context = {"board": board, "form": form, "people": people, "at": shared.look(board, at).at}
    return render(request, "facilitation/page/join.html", context, status=status)


def _told_before(request, board):
    # At a session's board what was said at the event's: one tap, and they sit at it.
    before = board.session_id and joining.participant_of(request, board.session.activity.board)
    if not before:
        return {"nickname": joining.first_name(request.user)}
    been_before = {True: "yes", False: "no"}.get(before.been_before, "")
    return {
        "nickname": before.nickname,
        "been_before": been_before,
        "name_in_summary": before.name_in_summary,
    }


def page(request, now, me, *, sent=None):
    context = own.context(request, now, me, sent=sent)
    context["server_now"] = shared.server_now()
    if me and "still" not in request.GET and not (sent or context.get("edits") or own.is_writing(now, me)):
        context["look_again"] = LOOK_AGAIN
    return render(request, "facilitation/page/board.html", context, status=sent.status if sent else 200)


def inner(request, me, sent):
    """For the script what a form holds that was taken, where its act answers with that alone; else None. Reads nothing."""
    draw = acts.find(sent.verb).inner
    if not (draw and sent.status == OK and _wants_json(request)):
        return None
    template, context = draw(sent.made, me)
    return JsonResponse({"inner": render_to_string(template, context, request)})


def answer(request, board, me, sent):
    """After a form: JSON for the script; else the page again, by a redirect where the form was taken.

    `board` must have been read after the form was handled.
    """
    now = look(request, board)
    if _wants_json(request):
        context = own.context(request, now, me, sent=sent)
        html = render_to_string("facilitation/drawing/own/_mine.html", context, request)
        return _json(html, board, sent.message, level=sent.level, status=sent.status)
    if sent.status != OK:
        return page(request, now, me, sent=sent)
    if sent.message:
        messages.success(request, sent.message)
    if sent.verb == "pledge":
        _hint_at(request, sent.made)
        # The mark lets the page show the link to the new microaction once.
        return redirect(f"{board.get_absolute_url()}?kept={own.kept_mark(sent.made, me)}#kept")
    return redirect(_place_after(request, now, sent))


def _place_after(request, now, sent):
    leads_to = acts.find(sent.verb).leads_to
    if leads_to:
        return leads_to(sent.made)
    if now.at:
        return now.address
    address = now.board.get_absolute_url()
    # A form that stood in a part of something long says in which.
    if request.GET:
        return f"{address}?{request.GET.urlencode()}#mine"
    return f"{address}#topic-{sent.key}" if sent.verb == "dots" else address


def gone(request, board):
    # For a browser that never joined, or whose participant was removed.
    text = _("You are no longer at this board. Join again to continue.")
    if _wants_json(request):
        html = render_to_string("facilitation/drawing/own/_gone.html", {"board": board}, request)
        return _json(html, board, text, level="late", status=409)
    messages.warning(request, text)
    return redirect(board)


def _wants_json(request):
    return request.headers.get("X-Board") == "1"


def _json(html, board, message, *, level, status):
    data = {"mine": html, "message": message, "level": level, "version": board.version}
    return JsonResponse(data, status=status)


def _hint_at(request, pledge):
    # The script says while one types that the words are vague; without it the page says so afterwards, to its writer.
    made = pledge.microaction
    if pledge.participant_id:
        own_page = made.get_absolute_url() if made.member_id else reverse("microaction_manage", args=[made.token])
        hint_at(request, made.what, change_at="" if made.email else f"{own_page}?change=words#words")
