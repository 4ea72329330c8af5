"""The page that the link in every RSVP mail opens. GET shows, POST acts."""

from django.contrib import messages
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from chapter.refusals import Refused
from chapter.web import form_methods, ratelimits

from .. import access_needs, calendars
from ..models import Event, Rsvp
from . import actions, browser, reminders
from .forms import GuestRsvpForm, ManageForm


@never_cache
@require_safe
def rsvp_sent(request, slug):
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    asked = browser.asked(request)
    form = GuestRsvpForm(initial=asked) if event.is_open else None
    return render(request, "events/rsvps/sent.html", {"event": event, "asked": asked, "form": form})


@never_cache
@form_methods
def rsvp(request, token):
    # GET changes nothing, since a mail scanner may open the link.
    found = get_object_or_404(Rsvp.objects.select_related("event__venue", "member"), token=token)
    if request.method == "POST":
        return _act(request, found)
    return _manage_page(request, found)


def _act(request, found):
    form = ManageForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    ratelimits.limit_key(f"rsvp:{found.pk}", "rsvp", times=ratelimits.POSTS_PER_LINK, seconds=ratelimits.HOUR)
    try:
        changed = _do(form.cleaned_data["action"], found)
    except Refused as refusal:
        return _manage_page(request, found, refusal=str(refusal), status=409)
    response = redirect(changed or found)
    if changed and changed.is_holding:
        browser.remember(response, changed)
    return response


@require_POST
def rsvp_forget(request, slug):
    """On the guest's own browser, or one that others use as well."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    messages.success(request, _("This browser no longer shows your RSVP. The link in the email still works."))
    response = redirect(event)
    browser.forget(response, event)
    return response


@csrf_exempt  # a mail program's one-click POST (RFC 8058) has neither cookie nor token
@never_cache
@form_methods
def rsvp_stop(request, token):
    """GET shows a button; POST turns reminders off, also when a mail program sends it."""
    found = get_object_or_404(Rsvp.objects.select_related("event"), token=token)
    if request.method == "POST":
        reminders.set_wanted(found.pk, wanted=False)
        found.wants_reminders = False
    response = render(request, "events/rsvps/stop.html", {"rsvp": found, "event": found.event})
    response["X-Robots-Tag"] = "noindex"
    return response


def _do(action, found):
    verbs = {
        "confirm": lambda: actions.confirm(token=found.token),
        "cancel": lambda: actions.cancel(rsvp_id=found.pk),
        "claim": lambda: actions.claim(rsvp_id=found.pk),
        "again": lambda: actions.rejoin(rsvp_id=found.pk),
        "reminders": lambda: reminders.set_wanted(found.pk, wanted=True),
        "no_reminders": lambda: reminders.set_wanted(found.pk, wanted=False),
    }
    return verbs[action]()


def _manage_page(request, found, *, refusal="", status=200):
    context = {"rsvp": found, "event": found.event, "refusal": refusal, **_offers(found)}
    context["add_links"] = calendars.add_links(found.event)
    response = render(request, "events/rsvps/manage.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _offers(found):
    event = Event.objects.with_seats().get(pk=found.event_id)
    has_person = bool(found.person_email)
    return {
        "can_leave": found.is_active and event.can_be_left,
        "can_confirm": event.is_open and found.is_unconfirmed,
        "can_claim": event.can_claim and found.is_waitlisted,
        **access_needs.offers(found),
        "can_rejoin": event.is_open and has_person and not found.is_active and not found.is_unconfirmed,
    }
