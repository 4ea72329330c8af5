"""The page where a person tells what they need to take part, and the page where the hosts read it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from chapter.text import dates
from chapter.web import form_methods, lacks_second_factor, posted, ratelimits, to_second_factor

from ..models import Event, Rsvp
from . import actions
from .forms import AccessNeedForm


@never_cache
@form_methods
def access_need(request, token):
    """Tell, change, withdraw: a guest with the link in the mail, or the member themself when signed in."""
    rsvp = get_object_or_404(Rsvp.objects.select_related("event", "member", "access_need"), token=token)
    if rsvp.member and rsvp.member != request.user:
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path())
    need = getattr(rsvp, "access_need", None)
    if need is None and not actions.can_tell(rsvp):
        raise Http404
    if request.method == "POST":
        ratelimits.limit_key(f"rsvp:{rsvp.pk}", "rsvp", times=ratelimits.POSTS_PER_LINK, seconds=ratelimits.HOUR)
    return _own_page(request, rsvp, need)


def _own_page(request, rsvp, need):
    until = dates.prose_date(actions.deleted_on(rsvp.event))
    sent = posted(request)
    form = AccessNeedForm(sent, initial={"text": need.text if need else ""}, until=until)
    if sent is not None and ("withdraw" in sent or (form.is_valid() and not form.cleaned_data["text"])):
        actions.withdraw(rsvp_id=rsvp.pk)
        messages.success(request, _("Your answer has been deleted."))
        return _back(request, rsvp)
    if form.is_bound and form.is_valid():
        return _told(request, rsvp, form.cleaned_data["text"])
    hosts = list(rsvp.event.hosts.order_by("name", "id"))
    can_tell = actions.can_tell(rsvp)
    context = {"form": form, "rsvp": rsvp, "event": rsvp.event, "need": need, "hosts": hosts, "can_tell": can_tell}
    return _private(render(request, "events/access_needs/access_need.html", context))


def _told(request, rsvp, text):
    try:
        actions.tell(rsvp_id=rsvp.pk, text=text)
    except actions.NotAsked as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Thank you. The hosts can read it now."))
    return _back(request, rsvp)


def _back(request, rsvp):
    return redirect(rsvp.event if rsvp.member else rsvp)


@login_required
@never_cache
@require_safe
def event_access_needs(request, slug):
    """For this event's hosts, with names; other organisers get 404, as if nobody had been asked."""
    event = get_object_or_404(Event.objects.for_tickets().filter(hosts=request.user), slug=slug)
    if lacks_second_factor(request.user):
        return to_second_factor(request)
    context = {"event": event, "needs": actions.of_event(event), "until": actions.deleted_on(event)}
    return _private(render(request, "events/access_needs/list.html", context))


def _private(response):
    # Kept by no browser, no proxy and no search engine.
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response
