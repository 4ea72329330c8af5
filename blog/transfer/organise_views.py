"""The organisers' page that brings in posts from a file."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chapter.transfer import bringing_page
from chapter.web import form_methods, organiser_required

from .bringing import DOOR
from .forms import PostFileForm


@organiser_required
@form_methods
def posts_bring(request):
    return bringing_page.answer(request, DOOR, PostFileForm, template="blog/transfer/bring.html")


@organiser_required
@require_POST
def posts_take(request, pk):
    done = _("The posts are being brought in. Pictures take a few seconds each.")
    return bringing_page.answer_take(request, DOOR, pk, page="posts_bring", done=done)
