"""Hosts write to those who come or wait: compose, preview the very mail, send it once."""

from types import SimpleNamespace

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from chapter import mail
from chapter.addresses import readable
from chapter.languages import current
from chapter.refusals import Refused
from chapter.web import form_methods, posted

from ..access import host_required
from . import actions
from .forms import MessageForm, SendForm
from .letters import letter_of


@host_required
@require_safe
def event_messages(request, event):
    rows = event.messages.select_related("author").order_by("-sent_at", "-id")
    drafts = [row for row in rows if row.sent_at is None]
    context = {"event": event, "drafts": drafts, "sent": [row for row in rows if row.sent_at]}
    return render(request, "events/messaging/list.html", context)


@host_required
@form_methods
def message_new(request, event):
    form = MessageForm(posted(request), event=event, initial={"language": current()})
    if form.is_bound and form.is_valid():
        message = actions.draft(event=event, by=request.user, **form.cleaned_data)
        return redirect("message_preview", event.slug, message.pk)
    return render(request, "events/messaging/edit.html", {"event": event, "form": form})


@host_required
@form_methods
def message_edit(request, event, pk):
    message = get_object_or_404(event.messages, pk=pk)
    form = MessageForm(posted(request), event=event, instance=message)
    try:
        actions.check_is_draft(message)
        if form.is_bound and form.is_valid():
            actions.edit(message_id=pk, by=request.user, **form.cleaned_data)
            return redirect("message_preview", event.slug, pk)
    except actions.AlreadySent as refusal:
        return _to_list(request, event, refusal)
    return render(request, "events/messaging/edit.html", {"event": event, "form": form, "message": message})


@host_required
@require_safe
@csp_update({"frame-src": [SELF]})
def message_preview(request, event, pk):
    message = get_object_or_404(event.messages.select_related("author"), pk=pk)
    context = {
        "event": event,
        "message": message,
        "mail": _example(message),
        "form": SendForm(initial={"seen": actions.fingerprint(message)}),
        "readers": actions.readers(event, message.audience).count(),
        "is_daily_limit_reached": actions.is_daily_limit_reached(event),
    }
    return render(request, "events/messaging/preview.html", context)


@host_required
@require_safe
@xframe_options_sameorigin
def message_mail(request, event, pk):
    message = get_object_or_404(event.messages, pk=pk)
    return mail.framed(_example(message).alternatives[0].content)


def _example(message):
    # Each reader's own secret link is not for the host: the event's page stands in its place.
    address = mail.page_url("event", message.event.slug, language=current())
    made = letter_of(message, to="", language=current(), manage_url=address)
    return mail.message(made, SimpleNamespace(kind=actions.KIND, pk=0))


@host_required
@require_POST
def message_send(request, event, pk):
    message = get_object_or_404(event.messages, pk=pk)
    seen = request.POST.get("seen", "")
    try:
        count = actions.send(event_id=event.pk, message_id=message.pk, by=request.user, seen=seen)
    except actions.AlreadySent as refusal:
        return _to_list(request, event, refusal)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("message_preview", event.slug, pk)
    said = ngettext("Sent to %(count)d person.", "Sent to %(count)d people.", count)
    messages.success(request, said % {"count": count})
    return redirect("event_messages", event.slug)


@host_required
@require_POST
def message_test(request, event, pk):
    message = get_object_or_404(event.messages, pk=pk)
    try:
        actions.test(message_id=message.pk, by=request.user)
    except actions.AlreadySent as refusal:
        return _to_list(request, event, refusal)
    said = _("A test is on its way to %(email)s.") % {"email": readable(request.user.email)}
    messages.success(request, said)
    return redirect("message_preview", event.slug, pk)


@host_required
@require_POST
def message_delete(request, event, pk):
    message = get_object_or_404(event.messages, pk=pk)
    try:
        actions.delete(message_id=message.pk, by=request.user)
    except actions.AlreadySent as refusal:
        return _to_list(request, event, refusal)
    messages.success(request, _("The draft has been deleted."))
    return redirect("event_messages", event.slug)


def _to_list(request, event, refusal):
    messages.info(request, str(refusal))
    return redirect("event_messages", event.slug)
