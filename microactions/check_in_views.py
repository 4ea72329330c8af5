"""The page behind the link in a mail: confirm, tell how it went, choose who sees it, delete, stop the questions.

Whoever has the token may act; a GET never does, since mail scanners open links.
"""

from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from . import check_ins, pledges
from .check_ins import Outcome
from .forms import ManageForm, ReportForm, RewordForm, VisibilityForm
from .makker_boxes import follow_up
from .models import Microaction


def manage_forms(microaction, *, outcome=None):
    """The forms of a microaction's own person, filled with how things stand."""
    seen = {"visibility": microaction.visibility, "name": microaction.name}
    answered = microaction.status if microaction.status in Outcome.values else None
    told = {"outcome": outcome or answered, "result": microaction.result}
    return {
        "report_form": ReportForm(initial={**seen, **told}, auto_id="report_%s"),
        "reword_form": RewordForm(initial=_words(microaction), auto_id="reword_%s"),
        "visibility_form": VisibilityForm(initial=seen, auto_id="visibility_%s"),
    }


def _words(microaction):
    return {name: getattr(microaction, name) for name in RewordForm.Meta.fields}


@never_cache
def microaction_manage(request, token):
    rows = Microaction.objects.select_related("member").for_cards()
    microaction = get_object_or_404(rows, token=token)
    if request.method == "POST":
        return _act(request, microaction)
    outcome = request.GET.get("outcome")
    context = manage_forms(microaction, outcome=outcome if outcome in Outcome.values else None)
    context = {"microaction": microaction, **context, **follow_up(request, microaction)}
    return render(request, "microactions/manage.html", context)


def _act(request, microaction):
    form = ManageForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    acts = {
        "confirm": _confirm,
        "report": _report,
        "reword": _reword,
        "visibility": _change_visibility,
        "delete": _delete,
    }
    try:
        return acts[form.cleaned_data["action"]](request, microaction)
    except Microaction.DoesNotExist:  # deleted from another window meanwhile
        raise Http404 from None


def _confirm(request, microaction):
    pledges.confirm(microaction.token)
    return back_to_own_page(request, microaction)


def _report(request, microaction):
    form = ReportForm(request.POST, auto_id="report_%s")
    if not form.is_valid():
        return _again(request, microaction, report_form=form)
    with suppress(check_ins.NotConfirmed):  # the page that follows asks for the confirmation
        check_ins.report(microaction, **form.cleaned_data)
    return back_to_own_page(request, microaction)


def _reword(request, microaction):
    form = RewordForm(request.POST, auto_id="reword_%s")
    if not form.is_valid():
        return _again(request, microaction, reword_form=form)
    try:
        pledges.reword(microaction, **form.cleaned_data)
        messages.success(request, _("The words are changed."))
    except pledges.NotOpen:
        messages.info(request, _("Not changed: only an open microaction can have other words."))
    return back_to_own_page(request, microaction)


def _change_visibility(request, microaction):
    form = VisibilityForm(request.POST, auto_id="visibility_%s")
    if not form.is_valid():
        return _again(request, microaction, visibility_form=form)
    pledges.change_visibility(microaction, **form.cleaned_data)
    return back_to_own_page(request, microaction)


def _delete(request, microaction):
    pledges.delete(microaction)
    return render(request, "microactions/deleted.html")


def _again(request, microaction, **forms):
    context = {"microaction": microaction, **manage_forms(microaction), **forms, **follow_up(request, microaction)}
    return render(request, "microactions/manage.html", context)


def back_to_own_page(request, microaction):
    """To the page the person came from: a member's own, or the one behind the link."""
    if request.user.is_authenticated and microaction.member_id == request.user.pk:
        return redirect(microaction)
    return redirect("microaction_manage", microaction.token)


@csrf_exempt  # a mail program's one-click POST (RFC 8058) has neither cookie nor token
@never_cache
def microaction_stop(request, token):
    """GET shows a button; POST stops the questions about this microaction, also when a mail program sends it."""
    microaction = get_object_or_404(Microaction, token=token)
    if request.method == "POST":
        microaction = check_ins.stop_mails(microaction)
    return render(request, "microactions/stop.html", {"microaction": microaction})
