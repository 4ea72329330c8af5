"""The organisers' answer to a proposal: a draft, or a kind no."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from chapter.models import Chapter
from chapter.web import key_page_of, organiser_required
from chapter.wordings import best_wordings

from ..models import EventWording, Proposal
from ..planning import initial_of_new
from . import actions
from .forms import AcceptForm, DeclineForm

PER_PAGE = 20


@organiser_required
@require_safe
def proposals_list(request):
    texts = best_wordings(EventWording)
    texts.add_prefix("event")
    rows = Proposal.objects.confirmed().select_related("member", "event").prefetch_related(texts)
    page = key_page_of(rows, request, per_page=PER_PAGE, by=Proposal.LIST_ORDER)
    return render(request, "events/proposals/list.html", {"page": page})


@organiser_required
def proposal_decide(request, pk):
    found = get_object_or_404(Proposal.objects.confirmed().select_related("member", "event"), pk=pk)
    answer = request.POST.get("answer_is", "") if request.method == "POST" else ""
    usual = initial_of_new(Chapter.load(), request.user)
    accept = AcceptForm(
        request.POST if answer == "yes" else None,
        initial={"place": found.place, **{name: usual[name] for name in ("time_zone", "start", "end")}},
    )
    # The answer is mailed to the proposer.
    with override(found.language):
        suggested = actions.suggested_no()
    decline = DeclineForm(request.POST if answer == "no" else None, initial={"answer": suggested})
    try:
        if answer == "yes" and accept.is_valid():
            return _accepted(request, found, accept)
        if answer == "no" and decline.is_valid():
            return _declined(request, found, decline)
    except actions.AlreadyDecided:
        messages.info(
            request, _("Nothing was changed. Someone else has already answered, or the proposal has been withdrawn.")
        )
        return redirect("proposals")
    context = {"proposal": found, "accept": accept, "decline": decline, "theme": actions.theme_of(found)}
    return render(request, "events/proposals/decide.html", context)


def _accepted(request, found, form):
    event = actions.accept(found.pk, by=request.user, columns=form.columns)
    messages.success(
        request,
        _("The proposal is now a draft, and we’ll email the person who proposed it. Publish it when it is right."),
    )
    return redirect(event)


def _declined(request, found, form):
    actions.decline(found.pk, by=request.user, answer=form.cleaned_data["answer"])
    messages.success(request, _("Your answer will be emailed."))
    return redirect("proposals")
