"""Following: the page with the form, and the page of the link in every mail. GET shows, POST acts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from chapter import languages
from chapter.page_cache import cached_page
from chapter.web import blurs_time, form_methods, posted, ratelimits
from events import rsvps
from events.models import Event, Series

from ..models import Follower, Suppression
from . import actions
from .box import follow_box
from .forms import ChoicesForm, FollowForm, SeatForm


@cached_page()
@form_methods
def follow(request):
    """The form by itself: a short address for slides, and where every box on the site posts to."""
    form = FollowForm(posted(request), auto_id="follow_%s")
    if not form.is_bound:
        return render(request, "followers/following/follow.html", {"box": follow_box(request)})
    ratelimits.limit(request, "follow", times=ratelimits.POSTS_PER_ADDRESS, seconds=ratelimits.HOUR)
    if not form.is_valid():
        return render(request, "followers/following/follow.html", {"box": {"form": form}})
    return _ask(request, form.cleaned_data)


@blurs_time
def _ask(request, asked):
    actions.ask(email=asked["email"], series=asked["series"], language=languages.current())
    # No redirect, since the page names an address; sent again within minutes it mails nothing.
    return render(request, "followers/following/sent.html", {"email": asked["email"]})


@login_required
@require_POST
def follow_as_member(request):
    series = Series.objects.visible_to(request.user).filter(slug=request.POST.get("series", "")).first()
    follower = actions.follow_as_member(request.user, series=series)
    messages.success(request, _("You follow us now. Choose below what you want to hear about."))
    return redirect(follower)


@never_cache
@form_methods
def following(request, token):
    """The page of one follower: the question, or what they follow. A link that has ended says so."""
    follower = Follower.objects.select_related("member").filter(token=token).first()
    if follower is None:
        return _ended(request, token)
    if request.method == "POST":
        ratelimits.limit_key(
            f"follower:{follower.pk}", "follower", times=ratelimits.POSTS_PER_LINK, seconds=ratelimits.HOUR
        )
        try:
            return _act(request, follower)
        except Follower.DoesNotExist:  # stopped meanwhile
            raise Http404 from None
    return _page(request, follower)


def _act(request, follower):
    action = request.POST.get("action", "")
    if action == "confirm":
        follower = actions.confirm(follower)
        messages.success(request, _("You follow us now."))
        return redirect(follower)
    if action in ("stop", "never"):
        actions.stop(follower, is_final=action == "never")
        return redirect(follower)
    if action != "save" or not follower.is_confirmed:
        return HttpResponseBadRequest()
    form = ChoicesForm(request.POST, instance=follower)
    if not form.is_valid():
        return _page(request, Follower.objects.get(pk=follower.pk), form)
    actions.change(follower, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect(follower)


def _page(request, follower, form=None):
    context = {"follower": follower, "form": form or ChoicesForm(instance=follower)}
    response = render(request, "followers/following/following.html", context)
    response["X-Robots-Tag"] = "noindex"
    return response


def _ended(request, token):
    if not Suppression.objects.filter(token=token).exists():
        raise Http404
    response = render(request, "followers/following/stopped.html")
    response["X-Robots-Tag"] = "noindex"
    return response


@csrf_exempt  # a mail program's one-click POST (RFC 8058) has neither cookie nor token
@never_cache
@form_methods
def follow_stop(request, token):
    """GET shows a button; POST stops all of it, also when a mail program sends it, and however old the mail is."""
    follower = Follower.objects.filter(token=token).first()
    if request.method == "POST" and follower:
        actions.stop(follower)
        follower = None
    if follower is None:
        return _ended(request, token)
    return render(request, "followers/following/stop.html", {"follower": follower})


@never_cache
@form_methods
def follow_rsvp(request, token, slug):
    """A seat in two taps from the mail: the link proves whose mailbox it is, so no second mail asks."""
    follower = get_object_or_404(Follower.objects.confirmed().select_related("member"), token=token)
    event = get_object_or_404(Event.objects.announced().for_tickets(), slug=slug)
    form = SeatForm(posted(request), follower=follower)
    if form.is_bound and form.is_valid():
        ratelimits.limit_key(
            f"follower:{follower.pk}", "rsvp", times=ratelimits.POSTS_PER_LINK, seconds=ratelimits.HOUR
        )
        try:
            return _take_seat(follower, event, form.cleaned_data.get("name", ""))
        except rsvps.NotOpen as refusal:
            form.add_error(None, str(refusal))
    response = render(request, "followers/following/rsvp.html", {"follower": follower, "event": event, "form": form})
    response["X-Robots-Tag"] = "noindex"
    return response


def _take_seat(follower, event, name):
    rsvp = actions.take_seat(follower, event, name=name)
    response = redirect(rsvp)
    if rsvp.is_holding:
        rsvps.remember(response, rsvp)
    return response
