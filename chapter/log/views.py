"""The organisers' log, for organisers to read."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import audit
from ..models import Chapter
from ..privacy import days
from ..web import organiser_required, page_of
from . import reading

PER_PAGE = 50


@require_safe
@organiser_required
def organise_log(request):
    form = reading.LogForm(request.GET)
    page = page_of(form.entries(), request, per_page=PER_PAGE)
    page.object_list = reading.with_links(list(page.object_list))
    context = {"form": form, "page": page, "zone": Chapter.load().time_zone, "kept": days(audit.LOG_DAYS)}
    return render(request, "chapter/log/log.html", context)
