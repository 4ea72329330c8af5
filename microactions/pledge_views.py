"""Pledging: one form for members and guests."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chapter import ratelimits
from chapter.languages import current
from events.models import Event

from . import dates, pledges
from .forms import GuestPledgeForm, PledgeForm, WallFilter


def pledge(request):
    """The pledge form, prefilled from `?event=slug` and `?principle=n`; a POST stores the pledge."""
    wanted = WallFilter(request.GET).chosen()
    event = Event.objects.announced().filter(slug=wanted.get("event", "")).first()
    form_class = PledgeForm if request.user.is_authenticated else GuestPledgeForm
    if request.method == "POST":
        _limit_address(request)
        form = form_class(request.POST, event=event)
        if form.is_valid():
            return _store(request, form)
    else:
        start = {"principle": wanted.get("principle"), "event": event, "due_on": dates.proposed_day()}
        form = form_class(initial=start, event=event)
    return render(request, "microactions/pledge.html", {"form": form})


def _limit_address(request):
    """Wide enough for 1,400 people who pledge from one conference network; each mailbox has its own limit."""
    ratelimits.limit(request, "pledge", times=1500, seconds=3600)


def _store(request, form):
    if request.user.is_authenticated:
        return _store_for_member(request, form)
    email = form.cleaned_data["email"]
    ratelimits.limit_key(f"mail:{email.lower()}", "pledge", times=5, seconds=86_400)
    pledges.pledge_as_guest(email, language=current(), **form.pledge())
    return redirect("pledge_sent")


def _store_for_member(request, form):
    ratelimits.limit_key(f"member:{request.user.pk}", "pledge", times=30, seconds=3600)
    made = pledges.pledge_as_member(request.user, language=current(), **form.pledge())
    messages.success(request, _("Noted. The entry for your calendar is on its way by mail."))
    return redirect(made)


@require_safe
def pledge_sent(request):
    """The same page for every guest: the link to confirm is in the mail."""
    return render(request, "microactions/pledge_sent.html")
