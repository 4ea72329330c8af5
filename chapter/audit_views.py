"""The organisers' log, for organisers to read."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from . import audit_log
from .access import organiser_required
from .machine_privacy import LOG_DAYS
from .models import Chapter
from .paging import page_of
from .privacy_register import days

PER_PAGE = 50


@require_safe
@organiser_required
def organise_log(request):
    """What organisers and hosts did, latest first; `?person=` and `?event=` narrow it."""
    form = audit_log.LogForm(request.GET)
    page = page_of(form.entries(), request, per_page=PER_PAGE)
    page.object_list = audit_log.with_links(list(page.object_list))
    context = {"form": form, "page": page, "zone": Chapter.load().time_zone, "kept": days(LOG_DAYS)}
    return render(request, "organise/log.html", context)
