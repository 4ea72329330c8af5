"""Pledging: one form for members and guests."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chapter.fields import clean_line
from chapter.languages import current
from chapter.page_cache import cached_page
from chapter.web import blurs_time, ratelimits
from events.models import Event
from principles.models import Principle

from .. import dates
from ..models import MAX_WHAT
from . import actions, hints, ideas, kept
from .forms import ComingFrom, GuestPledgeForm, PledgeForm, WallFilter


def pledge(request):
    wanted = WallFilter(request.GET).chosen()
    event = Event.objects.announced().filter(slug=wanted.get("event", "")).first()
    form_class = PledgeForm if request.user.is_authenticated else GuestPledgeForm
    if request.method == "POST":
        # 1,400 people may pledge from one conference network; each mailbox has a budget of its own.
        ratelimits.limit(request, "pledge", times=1500, seconds=ratelimits.HOUR)
        form = form_class(request.POST, event=event)
        if form.is_valid():
            return _store(request, form)
    else:
        form = form_class(initial=_start(request, wanted, event), event=event)
    return render(request, "microactions/pledges/pledge.html", {"form": form, "event": event})


def _start(request, wanted, event):
    idea = ideas.find(request.GET.get("idea", ""))
    number = wanted.get("principle") or (idea and idea.principle)
    # From a card of a 25/10, for example.
    words = Truncator(clean_line(request.GET.get("what", ""))).chars(MAX_WHAT)
    return {
        "what": idea.what if idea else words or None,
        "principle": number,
        "event": event,
        "due_on": dates.proposed_day(),
    }


def _store(request, form):
    if request.user.is_authenticated:
        return _store_for_member(request, form)
    return _store_for_guest(request, form)


@blurs_time
def _store_for_guest(request, form):
    email = form.cleaned_data["email"]
    actions.pledge_as_guest(email, language=current(), **form.pledge())
    hint_at(request, form.cleaned_data["what"])
    return redirect("pledge_sent")


def _store_for_member(request, form):
    ratelimits.limit_key(f"member:{request.user.pk}", "pledge", times=30, seconds=ratelimits.HOUR)
    made = actions.pledge_as_member(request.user, language=current(), **form.pledge())
    hint_at(request, made.what, change_at=f"{made.get_absolute_url()}?change=words#words")
    return back_to_own_page(request, made, is_new=True)


def hint_at(request, what, *, change_at="") -> None:
    """If these stored words are vague, flash a hint, with a link to change them.

    Without `change_at` it names the link in the mail, which proves whose they are.
    """
    phrase = hints.find(what, current())
    if not phrase:
        return
    hint = hints.sentence(phrase)
    if change_at:
        hint = format_html('{} <a href="{}">{}</a>', hint, change_at, _("Edit the text"))
    else:
        hint = format_html("{} {}", hint, _("You can edit the text once you have confirmed."))
    messages.info(request, hint)


def back_to_own_page(request, microaction, *, is_new=False) -> HttpResponseRedirect:
    """To the member's page of it, or to the one behind the link in the mail; a new one is celebrated there."""
    is_members = request.user.is_authenticated and microaction.member_id == request.user.pk
    address = (
        microaction.get_absolute_url() if is_members else reverse("microaction_manage", args=[microaction.token])
    )
    return redirect(f"{address}?kept={kept.mark('page', microaction.pk)}" if is_new else address)


def is_just_written(request, microaction) -> bool:
    return kept.marked("page", request.GET.get("kept", "")) == [microaction.pk]


@require_safe
def pledge_sent(request):
    # The same page for every guest: the link to confirm is in the mail alone.
    return render(request, "microactions/pledges/pledge_sent.html")


@cached_page("event", "board", "principle")
@require_safe
def idea_bank(request):
    principles = {principle.number: principle for principle in Principle.objects.with_wordings()}
    coming_from = ComingFrom(request.GET).chosen()
    context = {
        "slots": [
            (minutes, [(idea, principles.get(idea.principle)) for idea in found])
            for minutes, found in ideas.by_minutes(principle=coming_from.get("principle"))
        ],
        "principles": principles.values(),
        **coming_from,
    }
    return render(request, "microactions/pledges/ideas.html", context)
