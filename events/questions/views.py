"""Asking about an event, and deleting what one asked. Questions are read on the event's page."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from chapter.web import form_methods, posted, ratelimits

from .. import rsvps
from ..models import Event
from . import actions
from .forms import AskForm, LinkForm

# Each is a host's to read.
QUESTIONS_A_DAY = 10


@never_cache
@form_methods
def question_ask(request, slug):
    """The form alone: with what was wrong, or for whoever opens its address."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    rsvp = rsvps.rsvp_of(request, event) or _of_link(request, event)
    if not actions.may_ask(event, request.user, rsvp):
        return redirect(event)
    form = AskForm(posted(request))
    if form.is_valid():
        return _ask(request, event, rsvp, form)
    return render(
        request,
        "events/questions/ask.html",
        {"event": event, "form": form, "token": rsvp.token if rsvp and not rsvp.member_id else ""},
    )


def _of_link(request, event):
    """The guest's RSVP whose page the form was sent from."""
    form = LinkForm(request.POST)
    return event.rsvps.filter(member=None, token=form.cleaned_data["rsvp"]).first() if form.is_valid() else None


def _ask(request, event, rsvp, form):
    asker = f"member:{request.user.pk}" if request.user.is_authenticated else f"rsvp:{rsvp.pk}"
    ratelimits.limit_key(asker, "question", times=QUESTIONS_A_DAY, seconds=ratelimits.DAY)
    member = request.user if request.user.is_authenticated else None
    actions.ask(event, member=member, rsvp=rsvp, body=form.cleaned_data["body"])
    messages.success(request, _("The hosts have your question. The answer will be on this page."))
    return redirect(f"{event.get_absolute_url()}#questions")


@require_POST
def question_delete(request, slug, pk):
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    # The lookup is the access check: another person's question cannot be named.
    theirs = actions.of_reader(event, request.user, rsvps.rsvp_of(request, event))
    get_object_or_404(theirs, pk=pk).delete()
    messages.success(request, _("Your question has been deleted."))
    return redirect(event)
