"""Which meetup came of a microaction: told by its person, or by an organiser."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chapter.web import organiser_required
from events.models import Event

from ..models import Microaction
from ..pledges import back_to_own_page
from . import actions
from .forms import LinkForm, MeetupForm, UnlinkForm


@require_POST
def microaction_meetup(request, token):
    microaction = get_object_or_404(Microaction, token=token)
    form = MeetupForm(request.POST, user=request.user, chosen_id=microaction.led_to_id)
    if form.is_valid():
        try:
            actions.tell_meetup(microaction, event=form.cleaned_data["led_to"])
        except Microaction.DoesNotExist:  # deleted from another window meanwhile
            raise Http404 from None
    else:
        messages.error(request, _("You can no longer choose this event. Choose another."))
    return back_to_own_page(request, microaction)


@organiser_required
@require_POST
def event_origins(request, slug):
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    unlink = UnlinkForm(request.POST)
    if unlink.is_valid():
        actions.unlink_origin(unlink.cleaned_data["unlink"], event=event, by=request.user)
    else:
        _link(request, event)
    return redirect(event)


def _link(request, event):
    form = LinkForm(request.POST)
    try:
        if form.is_valid():
            return actions.link_origin(form.cleaned_data["microaction"], event=event, by=request.user)
    except Microaction.DoesNotExist:  # hidden, or linked to another meetup, a moment ago
        pass
    messages.error(request, _("You can no longer choose this microaction. Choose another."))
