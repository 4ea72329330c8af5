"""Proposing a meetup: the form for everybody, and the proposal's own page."""

from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from chapter.addresses import mailbox
from chapter.fields import clean_line
from chapter.languages import current
from chapter.web import blurs_time, form_methods, posted, ratelimits

from ..models import Proposal
from . import actions
from .forms import GuestProposalForm, ProposalActionForm, ProposalForm

MAX_WHAT = Proposal._meta.get_field("what").max_length
# An office sits behind one address.
POSTS_PER_ADDRESS = 60
# Each offer that is confirmed goes by mail to every organiser.
PER_GUEST = 3
PER_MEMBER = 10


@form_methods
def propose(request):
    form_class = ProposalForm if request.user.is_authenticated else GuestProposalForm
    form = form_class(posted(request), initial=_start(request))
    if request.method == "POST":
        ratelimits.limit(request, "propose", times=POSTS_PER_ADDRESS, seconds=ratelimits.HOUR)
        if form.is_valid():
            return _store(request, form)
    return render(request, "events/proposals/propose.html", {"form": form})


def _start(request):
    number = request.GET.get("principle", "")
    theme = {"principle": number} if number in [str(n) for n in range(1, 8)] else {}
    return {"what": clean_line(request.GET.get("what", ""))[:MAX_WHAT], **theme}


def _store(request, form):
    if request.user.is_authenticated:
        ratelimits.limit_key(f"member:{request.user.pk}", "propose", times=PER_MEMBER, seconds=ratelimits.DAY)
        proposal = actions.propose_as_member(request.user, offer=form.offer)
        messages.success(request, _("Thank you! The organisers have your proposal and will answer you by email."))
        return redirect(proposal)
    return _store_for_guest(request, form)


@blurs_time
def _store_for_guest(request, form):
    name, email = form.cleaned_data["name"], form.cleaned_data["email"]
    actions.propose_as_guest(name=name, email=email, language=current(), offer=form.offer)
    return redirect("propose_sent")


@require_safe
def propose_sent(request):
    return render(request, "events/proposals/sent.html")


@never_cache
@form_methods
def proposal(request, token):
    found = get_object_or_404(Proposal.objects.select_related("member", "event"), token=token)
    if request.method == "POST":
        return _act(request, found)
    return _page(request, found)


def _act(request, found):
    form = ProposalActionForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    identity = f"proposal:{found.pk}"
    ratelimits.limit_key(identity, "propose", times=ratelimits.POSTS_PER_LINK, seconds=ratelimits.HOUR)
    if form.cleaned_data["action"] == "confirm":
        return _confirm(found)
    try:
        actions.withdraw(token=found.token)
    except actions.AlreadyDecided:
        # Accepted meanwhile: the page links the event.
        return _page(request, found, status=409)
    messages.success(request, _("Your proposal has been deleted. Thank you for thinking of us."))
    return redirect("events")


def _confirm(found):
    if found.is_unconfirmed:
        ratelimits.limit_key(mailbox(found.email), "propose", times=PER_GUEST, seconds=ratelimits.DAY)
    return redirect(actions.confirm(token=found.token))


def _page(request, found, *, status=200):
    event = found.event
    can_see = event is not None and type(event).objects.visible_to(request.user).filter(pk=event.pk).exists()
    context = {"proposal": found, "can_see_draft": can_see, "theme": actions.theme_of(found)}
    response = render(request, "events/proposals/proposal.html", context, status=status)
    # The address holds a secret token.
    response["X-Robots-Tag"] = "noindex"
    return response
