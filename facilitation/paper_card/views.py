"""The paper card to print, and leaving the board."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from chapter.web import origin_suffices

from ..page import find, unlisted
from ..table import joining
from .cards import blank_paper_card, paper_card_of
from .forms import PaperCardForm


@require_safe
@unlisted
def board_card(request, code):
    """The reader's own card; a blank one for others than participants, and with `?blank=1` or `?blank=4`."""
    board = find(code)
    wanted = PaperCardForm(request.GET).chosen()
    blank = [blank_paper_card(board)] * wanted.get("blank", 0)
    cards = blank or [_own_card(request, board, wanted.get("microaction", ""))]
    context = {"board": board, "cards": cards, "is_sheet": len(cards) > 1, "is_blank": bool(blank)}
    return render(request, "facilitation/paper_card/card.html", context)


def _own_card(request, board, token):
    member = request.user if request.user.is_authenticated else None
    return paper_card_of(board, me=joining.participant_of(request, board), member=member, token=token)


@require_POST
@origin_suffices
@unlisted
def board_leave(request, code):
    board = find(code)
    me = joining.participant_of(request, board)
    try:
        if me:
            joining.leave(board, by=me)
    except joining.LeadsStill as refusal:
        messages.warning(request, str(refusal))
        return redirect(board)
    messages.success(request, _("You have left the board. Your notes stay on it without your name."))
    response = redirect(board.event)
    joining.forget(response, board)
    return response
