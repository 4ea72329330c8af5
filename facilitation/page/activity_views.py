"""What the room does: the page on which the leader opens activities, and one for the result of each."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chapter.models import acts_as_organiser
from chapter.refusals import Refused
from chapter.web import form_methods, origin_suffices, ratelimits

from .. import activities, twenty_five
from ..drawing import shared
from ..models import Activity
from ..table import joining
from . import answers
from .answers import find, unlisted

# Far more than a day needs.
OPENINGS = 60
CARD_FORMS = 1200
CARDS_A_PAGE = 50


@require_safe
@unlisted
def board_activities(request, code):
    """All activities of a board. Whoever leads opens them here, and chooses what the room sees."""
    board = find(code)
    if board.session_id:
        # A session is an activity of its day, and has a Lean Coffee of its own at most.
        return redirect(board)
    return _page(request, board, joining.participant_of(request, board))


@form_methods
@origin_suffices
@unlisted
def board_activity_open(request, code, kind):
    board = find(code)
    kind = _kind(kind)
    if request.method != "POST" or board.session_id:
        return redirect("board_activities", code)
    me = joining.participant_of(request, board)
    if me is None:
        return answers.gone(request, board)
    ratelimits.limit_key(f"participant:{me.pk}", "activity", times=OPENINGS, seconds=ratelimits.HOUR)
    form = _form(board, kind, request.POST)
    if form.is_valid():
        try:
            activities.actions.open_activity(board, by=me, kind=kind, **form.cleaned_data)
            return redirect(board)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _page(request, board, me, sent=(kind, form))


@require_safe
@unlisted
def board_activity(request, code, pk):
    """One activity to read, also after it has closed and while the room does something else."""
    board = find(code)
    activity = get_object_or_404(board.activities, pk=pk)
    beside = shared.look(board, activity.kind)
    if beside.at and beside.activity == activity:
        return redirect(beside.address)
    me = joining.participant_of(request, board)
    if me is None and not activity.is_closed and not acts_as_organiser(request.user):
        return redirect(board)
    context = {"board": board, "now": shared.of_activity(board, activity)}
    context["leads"] = me is not None and board.leader_id == me.pk
    context["hides"] = context["leads"] or acts_as_organiser(request.user)
    return render(request, "facilitation/activities/activity.html", context)


@form_methods
@origin_suffices
@unlisted
def board_cards(request, code, pk):
    """All cards of a 25/10, searched and by the page: whoever leads ticks those about the same."""
    board = find(code)
    activity = get_object_or_404(board.activities.filter(kind=Activity.Kind.TWENTY_FIVE), pk=pk)
    me = joining.participant_of(request, board)
    if me is None or board.leader_id != me.pk or activity.step != twenty_five.steps.RESULT:
        return redirect("board_activity", code, pk)
    ratelimits.limit_key(f"participant:{me.pk}", "board", times=CARD_FORMS, seconds=ratelimits.HOUR)
    form = twenty_five.forms.TogetherForm(request.POST or None, board=board, activity=activity)
    if form.is_valid() and _put_together(activity, form, me):
        messages.success(request, _("The cards are together now."))
        return redirect(request.get_full_path())
    context = {"board": board, "activity": activity, "form": form, **_found(request, activity)}
    return render(request, "facilitation/twenty_five/cards.html", context, status=422 if form.errors else 200)


def _put_together(activity, form, me):
    try:
        twenty_five.results.group_all(activity, by=me, **form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def _found(request, activity):
    search = twenty_five.forms.FindForm(request.GET)
    words = search.cleaned_data["q"] if search.is_valid() else ""
    cards = activity.cards.standing().in_result_order()
    pages = Paginator(cards.filter(text__icontains=words).prefetch_related("variants"), CARDS_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    page.numbers = list(pages.get_elided_page_range(page.number))
    heads = cards.filter(variants__isnull=False).distinct()
    return {"search": search, "words": words, "page": page, "heads": heads, "number": pages.count}


def _page(request, board, me, *, sent=None):
    leads = me is not None and board.leader_id == me.pk and not board.is_closed
    forms = {kind.value: _form(board, kind) for kind in activities.kinds()} if leads else {}
    if sent:
        forms[sent[0].value] = sent[1]
    context = {
        "board": board,
        "leads": leads,
        "opened": list(board.activities.all()),
        "choices": [(kind, forms.get(kind.value)) for kind in activities.kinds()],
    }
    return render(request, "facilitation/activities/activities.html", context, status=422 if sent else 200)


def _form(board, kind, data=None):
    return kind.form(data, board=board, auto_id=f"{kind.value}_%s")


def _kind(value):
    kind = next((kind for kind in activities.kinds() if kind.value == value), None)
    if kind is None:
        raise Http404
    return kind
