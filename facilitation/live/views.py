"""The shared part of a board on its own: what a page without the stream asks for."""

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from chapter.languages import current

from ..drawing import shared as drawing
from ..models import Board


def board_live(request, code):
    """No stream from here: 204 makes EventSource give up, and the page asks `board_shared` instead.

    The streams themselves are served before Django's views, by `streams.application` on the asgi worker.
    """
    return HttpResponse(status=204)


def _etag(request, code):
    key = drawing.stored_key(code, language=current(), view=_view(request))
    return key and f'"{key}"'


def _view(request):
    view = request.GET.get("view", drawing.TABLE)
    if view not in drawing.TEMPLATES:
        raise Http404
    return view


@require_safe
@cache_control(no_cache=True)
@condition(etag_func=_etag)
def board_shared(request, code):
    """The same as an event of the stream; 304 after one row when the reader has it already."""
    board = Board.objects.filter(code=code).values_list("pk", flat=True).first()
    if board is None:
        raise Http404
    part = drawing.shared(board, language=current(), view=_view(request))
    return JsonResponse({**part.data(), "now": drawing.server_now()})
