"""Proposing a meetup: the form anyone may send, the proposal's own page, and the organisers' answer."""

from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from chapter.languages import current
from chapter.models import Chapter
from chapter.web import form_methods, organiser_required, page_of, posted, ratelimits
from chapter.wordings import best_wordings
from principles.models import Principle

from ..models import EventWording, Proposal
from ..planning import initial_of_new
from . import actions
from .forms import AcceptForm, DeclineForm, GuestProposalForm, ProposalActionForm, ProposalForm

# An office sits behind one address; a mailbox is one person's, whoever types its address.
POSTS_PER_ADDRESS = 60
PER_MAILBOX = 3
PER_MEMBER = 10
PER_PAGE = 20


@form_methods
def propose(request):
    """The offer: a member's is open at once, a guest's waits for the link in the mail."""
    form_class = ProposalForm if request.user.is_authenticated else GuestProposalForm
    form = form_class(posted(request), initial=_theme_asked_for(request))
    if request.method == "POST":
        ratelimits.limit(request, "propose", times=POSTS_PER_ADDRESS, seconds=ratelimits.HOUR)
        if form.is_valid():
            return _store(request, form)
    return render(request, "events/proposals/propose.html", {"form": form})


def _theme_asked_for(request):
    number = request.GET.get("principle", "")
    return {"principle": number} if number in [str(n) for n in range(1, 8)] else {}


def _store(request, form):
    if request.user.is_authenticated:
        ratelimits.limit_key(f"member:{request.user.pk}", "propose", times=PER_MEMBER, seconds=ratelimits.DAY)
        proposal = actions.propose_as_member(request.user, offer=form.offer)
        messages.success(request, _("Thank you! The organisers have been told, and answer you by mail."))
        return redirect(proposal)
    name, email = form.cleaned_data["name"], form.cleaned_data["email"]
    ratelimits.limit_key(f"mail:{email.lower()}", "propose", times=PER_MAILBOX, seconds=ratelimits.DAY)
    actions.propose_as_guest(name=name, email=email, language=current(), offer=form.offer)
    return redirect("propose_sent")


@require_safe
def propose_sent(request):
    """ "Look in your mail": the same for everybody who asked."""
    return render(request, "events/proposals/sent.html")


@never_cache
@form_methods
def proposal(request, token):
    """One proposal, for whoever has its link: how it stands, and the way to confirm or take it back."""
    found = get_object_or_404(Proposal.objects.select_related("member", "event"), token=token)
    if request.method == "POST":
        return _act(request, found)
    return _page(request, found)


def _act(request, found):
    form = ProposalActionForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    ratelimits.limit(request, "propose", times=POSTS_PER_ADDRESS, seconds=ratelimits.HOUR)
    if form.cleaned_data["action"] == "confirm":
        return redirect(actions.confirm(token=found.token))
    try:
        actions.withdraw(token=found.token)
    except actions.AlreadyDecided:
        return _page(request, found, status=409)
    messages.success(request, _("Your proposal is deleted. Thank you for thinking of us."))
    return redirect("events")


def _page(request, found, *, status=200):
    context = {"proposal": found, "can_see_draft": _may_see(request.user, found.event), "theme": _theme(found)}
    response = render(request, "events/proposals/proposal.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _may_see(user, event):
    """Whether the event that came of it can be opened by this reader now."""
    return event is not None and type(event).objects.visible_to(user).filter(pk=event.pk).exists()


def _theme(found):
    return Principle.objects.with_wordings().filter(pk=found.principle_id).first()


# Organisers


@organiser_required
@require_safe
def proposals_list(request):
    """Those that wait for an answer first, then the answered ones, latest first."""
    rows = Proposal.objects.confirmed().select_related("member", "event")
    page = page_of(rows.prefetch_related(_event_texts()), request, per_page=PER_PAGE)
    return render(request, "events/proposals/list.html", {"page": page})


def _event_texts():
    prefetch = best_wordings(EventWording)
    prefetch.add_prefix("event")
    return prefetch


@organiser_required
def proposal_decide(request, pk):
    """One proposal with two answers: a draft, or a kind no."""
    found = get_object_or_404(Proposal.objects.confirmed().select_related("member", "event"), pk=pk)
    answer = request.POST.get("answer_is", "") if request.method == "POST" else ""
    accept = AcceptForm(request.POST if answer == "yes" else None, initial=_usual(request))
    decline = DeclineForm(request.POST if answer == "no" else None, initial={"answer": _suggested_no(found)})
    try:
        if answer == "yes" and accept.is_valid():
            return _accepted(request, found, accept)
        if answer == "no" and decline.is_valid():
            return _declined(request, found, decline)
    except actions.AlreadyDecided:
        messages.info(request, _("Nothing was changed: somebody answered before you, or it was taken back."))
        return redirect("proposals")
    context = {"proposal": found, "accept": accept, "decline": decline, "theme": _theme(found)}
    return render(request, "events/proposals/decide.html", context)


def _usual(request):
    usual = initial_of_new(Chapter.load(), request.user)
    return {name: usual[name] for name in ("time_zone", "start", "end")}


def _suggested_no(found):
    with override(found.language):
        return actions.suggested_no()


def _accepted(request, found, form):
    event = actions.accept(found.pk, by=request.user, columns=form.columns)
    messages.success(
        request, _("It is a draft now, and whoever proposed it is told by mail. Publish it when it is right.")
    )
    return redirect(event)


def _declined(request, found, form):
    actions.decline(found.pk, by=request.user, answer=form.cleaned_data["answer"])
    messages.success(request, _("Your answer is on its way by mail."))
    return redirect("proposals")
