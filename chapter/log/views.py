"""The organisers' log, for organisers to read."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import audit
from ..models import Chapter
from ..privacy import days
from ..web import key_page_of, organiser_required
from . import reading

PER_PAGE = 50


@require_safe
@organiser_required
def organise_log(request):
    form = reading.LogForm(request.GET)
    page = key_page_of(form.entries(), request, per_page=PER_PAGE, by=("at", "id"))
    page[:] = reading.with_links(page)
    context = {"form": form, "page": page, "zone": Chapter.load().time_zone, "kept": days(audit.LOG_DAYS)}
    return render(request, "chapter/log/log.html", context)
