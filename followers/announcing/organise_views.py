"""Organisers decide whether followers are told, see the very mail, stop it, and see how far it is."""

from types import SimpleNamespace

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from chapter import mail
from chapter.languages import current
from chapter.refusals import Refused
from chapter.web import form_methods, organiser_required, posted
from events.models import Series

from .. import following
from ..models import Announcement, Follower
from . import actions, letters, progress, sending, series
from .forms import TellForm
from .sources import kinds, source_of

# The links of the example lead nowhere: a follower's own are secret.
EXAMPLE = "example"


@organiser_required
@form_methods
def followers(request):
    """How many follow and what they were told; a form to stop mails to somebody who has written to us."""
    form = following.StopForm(posted(request))
    if form.is_bound and form.is_valid():
        return _stop(request, form.cleaned_data["email"])
    rows = list(progress.latest())
    context = {
        "form": form,
        "counts": progress.counts(),
        "announcements": [(row, name_of(row)) for row in rows],
        "on_their_way": sending.on_their_way(),
        "is_refusing": progress.is_server_refusing(),
    }
    return render(request, "followers/announcing/followers.html", context)


def _stop(request, email):
    if following.stop_address(email):
        messages.success(request, _("Stopped: this address gets no more news."))
    else:
        messages.info(request, _("No follower has this address."))
    return redirect("followers")


def name_of(announcement) -> str:
    """What it is about, as the organiser reads it; its number where that is gone."""
    item = _item(announcement.kind, announcement.object_id)
    return item.subject if item else str(announcement)


@organiser_required
@require_POST
def announcement_stop(request, pk):
    announcement = get_object_or_404(Announcement, pk=pk)
    actions.stop(announcement.pk, by=request.user)
    messages.success(request, _("Stopped. No one else will be told."))
    return redirect("followers")


@organiser_required
@form_methods
@csp_update({"frame-src": [SELF]})
def tell(request, kind, pk):
    """Ask whether to tell the followers of it, and when, beside the very mail."""
    subject, item = _subject(kind, pk), _item(kind, pk)
    form = TellForm(posted(request))
    if form.is_bound and form.is_valid() and (item or form.cleaned_data["when"] == form.NOT):
        return _decide(request, form, kind, pk, subject)
    if item is None:
        messages.info(request, _("There is nothing to tell yet."))
        return redirect(subject.url)
    context = {
        "kind": kind,
        "pk": pk,
        "subject": subject,
        "form": form,
        "readers": actions.readers_of(kind, pk).count(),
        "announcement": Announcement.objects.of(kind, pk).first(),
        "item": item,
        "mail": _example(kind, item),
    }
    return render(request, "followers/announcing/tell.html", context)


def _subject(kind, pk):
    subject = source_of(kind).subject(pk) if kind in kinds() else None
    if subject is None:
        raise Http404
    return subject


def _decide(request, form, kind, pk, subject):
    if form.cleaned_data["when"] == form.NOT:
        actions.decide_not_to(kind, pk, by=request.user)
        messages.success(request, _("The followers won’t be told."))
        return redirect(subject.url)
    try:
        actions.announce(kind, pk, due_at=form.due_at, by=request.user, about=subject.title)
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The followers will be told. You can stop it until then."))
    return redirect("followers")


@organiser_required
@require_safe
@xframe_options_sameorigin
def tell_mail(request, kind, pk):
    item = _subject(kind, pk) and _item(kind, pk)
    if item is None:
        raise Http404
    return mail.framed(_example(kind, item).alternatives[0].content)


def _reader():
    return Follower(language=current(), email="follower@example.org", token=EXAMPLE)


def _item(kind, pk):
    return source_of(kind).make(pk, _reader())


def _example(kind, item):
    made = letters.letter_of([(item, source_of(kind).template)], _reader())
    return mail.message(made, SimpleNamespace(kind="news", pk=0))


@organiser_required
@require_POST
def series_tell(request, slug):
    """Turn on or off that each date of a series is announced by itself."""
    found = get_object_or_404(Series.objects.visible_to(request.user), slug=slug)
    is_on = request.POST.get("tells") == "yes"
    series.switch(found, on=is_on, by=request.user)
    said = _("Followers are told about each date.") if is_on else _("Followers are no longer told about each date.")
    messages.success(request, said)
    return redirect(found)
