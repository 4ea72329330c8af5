"""Polling: the shared part of a board on its own, for a page without the stream."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from chapter.languages import current

from ..activities import clock, kind_at
from ..drawing import shared
from ..models import Board


def board_live(request, code):
    # The asgi worker answers here with `streams.application`. Elsewhere 204 makes EventSource give up, and the page polls.
    return HttpResponse(status=204)


def _etag(request, code):
    key = shared.stored_key(code, language=current(), view=_view(request))
    return key and f'"{key}"'


def _view(request):
    view = request.GET.get("view", shared.TABLE)
    if view not in shared.TEMPLATES and kind_at(view) is None:
        raise Http404
    return view


@require_safe
@cache_control(no_cache=True)
@condition(etag_func=_etag)
def board_shared(request, code):
    """The same as an event of the stream; 304, after one query, when the reader has it."""
    board = get_object_or_404(Board.objects.select_related("activity"), code=code)
    clock.keep(board)
    part = shared.part(board.pk, language=current(), view=_view(request))
    return JsonResponse({**part.data(), "now": shared.server_now()})
