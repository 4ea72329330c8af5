"""The organisers' page that brings in events from a file."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chapter.transfer import bringing_page
from chapter.web import form_methods, organiser_required

from .bringing import DOOR
from .forms import EventFileForm


@organiser_required
@form_methods
def events_bring(request):
    return bringing_page.answer(request, DOOR, EventFileForm, template="events/transfer/bring.html")


@organiser_required
@require_POST
def events_take(request, pk):
    done = _("The events are being brought in. It takes up to a minute.")
    return bringing_page.answer_take(request, DOOR, pk, page="events_bring", done=done)
