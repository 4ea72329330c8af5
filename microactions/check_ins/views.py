"""The page behind the link in a mail: confirm, tell how it went, choose who sees it, delete, stop the questions.

The token is the permission. A GET changes nothing, since mail scanners open links.
"""

from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from chapter.web import blurs_time, ratelimits

from .. import addresses, dates, makkers, pledges
from ..makkers import follow_up
from ..models import Microaction
from ..pledges import back_to_own_page
from . import actions
from .actions import Outcome
from .forms import ManageForm, ReportForm, RewordForm, VisibilityForm


def manage_context(request, microaction, **refused) -> dict:
    """For `check_ins/_manage.html`: what follows it, and the forms as things stand, or as they were `refused`."""
    return {
        "is_new": pledges.is_just_written(request, microaction),
        "is_early": microaction.due_on > dates.today(),
        **_forms(microaction, outcome=request.GET.get("outcome")),
        **refused,
        **follow_up(request, microaction),
    }


def _forms(microaction, *, outcome):
    seen = {"visibility": _visibility(microaction), "name": microaction.name}
    answered = microaction.status if microaction.status in Outcome.values else None
    words = {name: getattr(microaction, name) for name in RewordForm.Meta.fields}
    told = {"outcome": outcome if outcome in Outcome.values else answered, "result": microaction.result}
    return {
        "report_form": _report_form(microaction, initial={**seen, **told}),
        "reword_form": RewordForm(initial=words, auto_id="reword_%s"),
        "origin_form": pledges.OriginForm(instance=microaction, auto_id="origin_%s"),
        "buddy_form": pledges.BuddyForm(instance=microaction, auto_id="buddy_%s"),
        "visibility_form": _visibility_form(microaction, initial=seen),
        "address_form": addresses.AddressForm(auto_id="address_%s"),
    }


def _visibility(microaction):
    # Without its event, "those who were there" is nobody: the person alone sees it.
    levels = Microaction.Visibility
    no_event = microaction.visibility == levels.EVENT and not microaction.is_for_event
    return levels.ME if no_event else microaction.visibility


def _report_form(microaction, data=None, **more):
    choices = {"has_event": bool(microaction.event_id), "asks_again": microaction.gets_mail}
    return ReportForm(data, **choices, auto_id="report_%s", **more)


def _visibility_form(microaction, data=None, **more):
    return VisibilityForm(data, has_event=bool(microaction.event_id), auto_id="visibility_%s", **more)


@never_cache
def microaction_manage(request, token):
    rows = Microaction.objects.select_related("member").for_notes()
    microaction = get_object_or_404(rows, token=token)
    if request.method == "POST":
        return _act(request, microaction)
    return _page(request, microaction)


def _page(request, microaction, **refused):
    context = {"microaction": microaction, **manage_context(request, microaction, **refused)}
    return render(request, "microactions/check_ins/manage.html", context)


def _act(request, microaction):
    form = ManageForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    try:
        return ACTS[form.cleaned_data["action"]](request, microaction)
    except Microaction.DoesNotExist:  # deleted from another window meanwhile
        raise Http404 from None


def _confirm(request, microaction):
    return back_to_own_page(request, pledges.confirm(microaction.token), is_new=microaction.is_pending)


def _report(request, microaction):
    form = _report_form(microaction, request.POST)
    if not form.is_valid():
        return _page(request, microaction, report_form=form)
    with suppress(actions.NotConfirmed):  # the page that follows asks for the confirmation
        actions.report(microaction, **form.cleaned_data)
    return back_to_own_page(request, microaction)


def _reword(request, microaction):
    form = RewordForm(request.POST, auto_id="reword_%s")
    if not form.is_valid():
        return _page(request, microaction, reword_form=form)
    try:
        pledges.reword(microaction, **form.cleaned_data)
        messages.success(request, _("The text has been changed."))
    except pledges.NotOpen as refusal:
        messages.info(request, refusal)
    return back_to_own_page(request, microaction)


def _change_visibility(request, microaction):
    form = _visibility_form(microaction, request.POST)
    if not form.is_valid():
        return _page(request, microaction, visibility_form=form)
    pledges.change_visibility(microaction, **form.cleaned_data)
    return back_to_own_page(request, microaction)


def _tell_origin(request, microaction):
    form = pledges.OriginForm(request.POST, instance=microaction, auto_id="origin_%s")
    if not form.is_valid():
        return _page(request, microaction, origin_form=form)
    pledges.tell_origin(microaction, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return back_to_own_page(request, microaction)


def _want_buddy(request, microaction):
    form = pledges.BuddyForm(request.POST, instance=microaction, auto_id="buddy_%s")
    if not form.is_valid():
        return _page(request, microaction, buddy_form=form)
    makkers.want(microaction, wants=True, event=form.cleaned_data["event"])
    return back_to_own_page(request, microaction)


@blurs_time
def _propose_address(request, microaction):
    form = addresses.AddressForm(request.POST, auto_id="address_%s")
    if not form.is_valid():
        return _page(request, microaction, address_form=form)
    email = form.cleaned_data["email"]
    ratelimits.limit(request, "address", times=300, seconds=ratelimits.HOUR)
    addresses.propose(microaction, email=email)
    messages.success(request, _("Check your email and say yes there. Until then, we won’t send anything else."))
    return back_to_own_page(request, microaction)


def _delete(request, microaction):
    pledges.delete(microaction)
    return render(request, "microactions/check_ins/deleted.html")


ACTS = {
    "confirm": _confirm,
    "report": _report,
    "reword": _reword,
    "visibility": _change_visibility,
    "origin": _tell_origin,
    "buddy": _want_buddy,
    "address": _propose_address,
    "delete": _delete,
}


@require_safe
@never_cache
def microaction_ics(request, token):
    content = pledges.calendar_file(get_object_or_404(Microaction, token=token))
    headers = {"Content-Disposition": 'attachment; filename="microaction.ics"'}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


@csrf_exempt  # a mail program's one-click POST (RFC 8058) has neither cookie nor token
@never_cache
def microaction_stop(request, token):
    microaction = get_object_or_404(Microaction, token=token)
    if request.method == "POST":
        microaction = pledges.stop_mails(microaction)
    return render(request, "microactions/check_ins/stop.html", {"microaction": microaction})
