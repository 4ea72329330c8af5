"""The page that the link in every RSVP mail opens, where GET shows and POST acts; and the page of who comes."""

from django.contrib import messages
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from chapter.page_cache import cached_page
from chapter.panels import panels_for
from chapter.refusals import Refused
from chapter.web import form_methods, key_page_of, ratelimits

from .. import access_needs, calendars
from ..models import Event, Rsvp
from . import actions, browser, coming, reminders
from .forms import GuestRsvpForm, ManageForm, ShownToForm

NAMES_A_PAGE = 60


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
        changed = _do(form.cleaned_data, found)
    except Refused as refusal:
        return _manage_page(request, found, refusal=str(refusal), status=409)
    if form.cleaned_data["action"] == "show_name":
        messages.success(request, _("The choice is saved."))
    response = redirect(_next(found, changed, on=form.cleaned_data["on"]))
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


def _next(found, changed, *, on):
    return {"me": "me", "event": found.event}.get(on, changed or found)


def _do(asked, found):
    shown_to = asked["shown_to"]
    verbs = {
        "confirm": lambda: actions.confirm(token=found.token, shown_to=shown_to),
        "cancel": lambda: actions.cancel(rsvp_id=found.pk),
        "claim": lambda: actions.claim(rsvp_id=found.pk),
        "again": lambda: actions.rejoin(rsvp_id=found.pk),
        "reminders": lambda: reminders.set_wanted(found.pk, wanted=True),
        "no_reminders": lambda: reminders.set_wanted(found.pk, wanted=False),
        "show_name": lambda: actions.show_name(rsvp_id=found.pk, to=shown_to or Rsvp.ShownTo.NO_ONE),
    }
    return verbs[asked["action"]]()


def _manage_page(request, found, *, refusal="", status=200):
    context = {"rsvp": found, "event": found.event, "refusal": refusal, **_offers(found)}
    context["add_links"] = calendars.add_links(found.event)
    context["panels"] = panels_for("rsvp", found, request)
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
        "coming": coming.coming(event, found) if found.is_going else None,
        "may_choose": coming.may_choose(event, found),
        "confirm_form": ShownToForm(initial={"shown_to": found.shown_to}),
        "can_rejoin": event.is_open and has_person and not found.is_active and not found.is_unconfirmed,
    }


@cached_page("page")
@require_safe
def event_coming(request, slug):
    """Names of who comes, for this reader; search engines are told to keep none of it."""
    event = get_object_or_404(Event.objects.visible_to(request.user).with_seats(), slug=slug)
    if not coming.is_told(event):
        raise Http404
    rsvp = browser.rsvp_of(request, event)
    shown = coming.readable_by(rsvp, event)
    page = key_page_of(shown, request, per_page=NAMES_A_PAGE, by=("queued_at", "id"), descending=False)
    context = {"event": event, "page": page, "people": [one for one in page if coming.is_fit(one)]}
    context |= {"others": max(0, event.going_count - shown.count()), "rsvp": rsvp}
    response = render(request, "events/rsvps/coming.html", context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    if rsvp:
        response["Cache-Control"] = "no-store, private"
    return response
