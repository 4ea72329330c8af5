"""The RSVP box, and the page that the link in every RSVP mail opens. GET shows, POST acts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from chapter import ratelimits
from chapter.languages import current

from . import access_needs, reminders, rsvps
from .forms import GuestRsvpForm, ManageForm
from .models import Event, Rsvp
from .rsvp_box import rsvp_box

__all__ = ["rsvp_box"]

HOUR = 60 * 60
# Many sit behind one address: a whole office, or everybody in the room at an unconference.
POSTS_PER_ADDRESS = 600
# One person's mailbox, whoever fills in its address.
ASKED_PER_MAILBOX = 12


@require_POST
def rsvp_create(request, slug):
    """A member's one tap, or a guest's form."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    ratelimits.limit(request, "rsvp", times=POSTS_PER_ADDRESS, seconds=HOUR)
    if request.user.is_authenticated:
        return _member_rsvp(request, event)
    return _guest_rsvp(request, event, GuestRsvpForm(request.POST))


def _member_rsvp(request, event):
    try:
        rsvp = rsvps.rsvp_as_member(event_id=event.pk, member=request.user)
    except rsvps.NotOpen as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("You are in.") if rsvp.is_going else _("You are on the waitlist."))
    return redirect(event)


def _guest_rsvp(request, event, form):
    from .views import event_page  # it draws our box

    if not form.is_valid():
        return event_page(request, event, rsvp_form=form)
    ratelimits.limit_key(form.cleaned_data["email"].lower(), "rsvp_mail", times=ASKED_PER_MAILBOX, seconds=HOUR)
    try:
        rsvps.rsvp_as_guest(
            event_id=event.pk,
            name=form.cleaned_data["name"],
            email=form.cleaned_data["email"],
            language=current(),
        )
    except rsvps.NotOpen as refusal:
        form.add_error(None, str(refusal))
        return event_page(request, event, rsvp_form=form)
    return redirect("rsvp_sent", event.slug)


@require_safe
def rsvp_sent(request, slug):
    """ "Look in your mail": the same for everybody who asked."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    return render(request, "events/rsvp/sent.html", {"event": event})


@login_required
@require_POST
def rsvp_cancel(request, slug):
    """A member's own RSVP; somebody else's cannot even be named here."""
    rsvp = get_object_or_404(Rsvp.objects.filter(member=request.user), event__slug=slug)
    rsvps.cancel(rsvp_id=rsvp.pk)
    messages.success(request, _("You are off the list. Thank you for telling us."))
    return redirect(rsvp.event)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rsvp(request, token):
    """One RSVP, for whoever has its link: a mail's scanner may open it as often as it likes."""
    found = get_object_or_404(Rsvp.objects.select_related("event__venue", "member"), token=token)
    if request.method == "POST":
        return _act(request, found)
    return _manage_page(request, found)


def _act(request, found):
    form = ManageForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    ratelimits.limit(request, "rsvp", times=POSTS_PER_ADDRESS, seconds=HOUR)
    try:
        changed = _do(form.cleaned_data["action"], found)
    except rsvps.Refused as refusal:
        return _manage_page(request, found, refusal=str(refusal), status=409)
    return redirect(changed or found)


@csrf_exempt  # a mail program's one-click POST (RFC 8058) has neither cookie nor token
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rsvp_stop(request, token):
    """GET shows a button; POST ends the reminders about this event, also when a mail program sends it."""
    found = get_object_or_404(Rsvp.objects.select_related("event"), token=token)
    if request.method == "POST":
        reminders.set_wanted(found.pk, wanted=False)
        found.wants_reminders = False
    response = render(request, "events/rsvp/stop.html", {"rsvp": found, "event": found.event})
    response["X-Robots-Tag"] = "noindex"
    return response


def _do(action, found):
    """The verb of a button; gives the RSVP whose page comes next, or None for this one."""
    verbs = {
        "confirm": lambda: rsvps.confirm(token=found.token),
        "cancel": lambda: rsvps.cancel(rsvp_id=found.pk),
        "claim": lambda: rsvps.claim(rsvp_id=found.pk),
        "again": lambda: rsvps.rejoin(rsvp_id=found.pk),
        "reminders": lambda: reminders.set_wanted(found.pk, wanted=True),
        "no_reminders": lambda: reminders.set_wanted(found.pk, wanted=False),
    }
    return verbs[action]()


def _manage_page(request, found, *, refusal="", status=200):
    """`no-store` by never_cache; the site's referrer policy keeps the token from other sites."""
    context = {"rsvp": found, "event": found.event, "refusal": refusal, **_offers(found)}
    response = render(request, "events/rsvp/manage.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


def _offers(found):
    """Which buttons make sense now."""
    event = Event.objects.with_seats().get(pk=found.event_id)
    has_person = bool(found.person_email)
    return {
        "can_leave": found.is_active and event.can_be_left,
        "can_confirm": event.is_open and found.is_unconfirmed,
        "can_claim": event.can_claim and found.is_waitlisted,
        **access_needs.offers(found),
        "can_rejoin": event.is_open and has_person and not found.is_active and not found.is_unconfirmed,
    }
