"""The makker's pages, and what the person does about their makker. GET shows, POST acts.

The person's forms go by the microaction's own token, the makker's by the row's token, an invitation by its key.
"""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from chapter.languages import current
from chapter.web import blurs_time, ratelimits

from .. import cheers
from ..models import Makker, Microaction
from ..pledges import back_to_own_page
from . import actions
from .boxes import invitation_url
from .forms import ActForm, BoxForm, GuestMakkerForm, LineForm


@require_POST
def makker_box(request, token):
    microaction = get_object_or_404(Microaction, token=token)
    form = BoxForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    _limit(f"microaction:{microaction.pk}")
    try:
        _act_as_person(request, microaction, form.cleaned_data["action"])
    except Microaction.DoesNotExist:  # deleted from another window meanwhile
        raise Http404 from None
    except actions.Refused as refusal:
        messages.error(request, refusal)
    return back_to_own_page(request, microaction)


def _act_as_person(request, microaction, action):
    if action == "invite":
        actions.invite(microaction)
    elif action == "let_go":
        actions.let_go(microaction)
    else:
        actions.want(microaction, wants=action == "want")


@never_cache
def makker_invited(request, key):
    makker = _invitation(key)
    if request.method == "POST" and not makker.is_accepted:
        return _accept(request, makker)
    if makker.is_accepted and request.user.is_authenticated and makker.member_id == request.user.pk:
        return redirect("makker", makker.token)
    return _invited_page(request, makker, GuestMakkerForm())


def _invitation(key):
    try:
        return actions.invited(key)
    except Makker.DoesNotExist:
        raise Http404 from None


def _invited_page(request, makker, form):
    is_own = request.user.is_authenticated and makker.microaction.member_id == request.user.pk
    return render(
        request,
        "microactions/makkers/invited.html",
        {
            "makker": makker,
            "microaction": makker.microaction,
            "form": form,
            "is_own": is_own,
            "invitation_url": invitation_url(makker),
        },
    )


def _accept(request, makker):
    _limit(f"invitation:{makker.pk}")
    form = GuestMakkerForm(request.POST)
    try:
        if request.user.is_authenticated:
            return redirect("makker", actions.accept_as_member(makker, member=request.user).token)
        return _accept_as_guest(request, makker, form) if form.is_valid() else _invited_page(request, makker, form)
    except actions.Refused as refusal:
        messages.error(request, refusal)
        return redirect("makker_invited", actions.invitation_key(makker))
    except Makker.DoesNotExist:  # the invitation was taken back a moment ago
        raise Http404 from None


@blurs_time
def _accept_as_guest(request, makker, form):
    typed = {name: form.cleaned_data[name] for name in ("name", "email")}
    if typed["email"]:  # a mail to somebody who may not have asked for it
        ratelimits.limit_key(f"invitation:{makker.pk}", "makker", times=10, seconds=ratelimits.DAY)
    made = actions.accept_as_guest(makker, language=current(), **typed)
    return redirect("makker_sent") if typed["email"] else redirect("makker", made.token)


@require_safe
def makker_sent(request):
    return render(request, "microactions/makkers/sent.html")


@never_cache
def makker(request, token):
    found = _makker(token)
    if request.method == "POST":
        return _act(request, found)
    return _makker_page(request, found)


def _makker(token):
    rows = Makker.objects.exclude(status=Makker.Status.INVITED).select_related("member", "microaction__member")
    return get_object_or_404(rows, token=token)


def _makker_page(request, found, line_form=None):
    rows = Microaction.objects.select_related("member").for_notes(*cheers.person_of(request))
    microaction = found.microaction = rows.get(pk=found.microaction_id)
    form = line_form or LineForm(initial={"line": found.line})
    context = {"makker": found, "microaction": microaction, "line_form": form}
    return render(request, "microactions/makkers/makker.html", context)


def _act(request, found):
    form = ActForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    _limit(f"makker:{found.pk}")
    acts = {"confirm": _confirm, "leave": _leave, "line": _line}
    try:
        return acts[form.cleaned_data["action"]](request, found)
    except actions.Refused as refusal:
        messages.error(request, refusal)
        return redirect("makker", found.token)
    except Makker.DoesNotExist:  # deleted from another window meanwhile
        raise Http404 from None


def _confirm(request, found):
    return redirect("makker", actions.confirm(found.token).token)


def _leave(request, found):
    actions.leave(found.token)
    return render(request, "microactions/makkers/left.html")


def _line(request, found):
    form = LineForm(request.POST)
    if not form.is_valid():
        return _makker_page(request, found, form)
    ratelimits.limit_key(f"makker:{found.pk}", "makker_line", times=30, seconds=ratelimits.HOUR)
    actions.write_line(found.token, line=form.cleaned_data["line"])
    messages.success(request, _("Saved. They’ll see it on their own page."))
    return redirect("makker", found.token)


@csrf_exempt  # a mail program's one-click POST (RFC 8058) has neither cookie nor token
@never_cache
def makker_stop(request, token):
    found = _makker(token)
    if request.method == "POST":
        found = actions.stop_mails(found.token)
    return render(request, "microactions/makkers/stop.html", {"makker": found})


def _limit(link):
    ratelimits.limit_key(link, "makker_link", times=ratelimits.POSTS_PER_LINK, seconds=ratelimits.HOUR)
