"""The organisers' page that makes an export of the site and hands it out."""

from django.contrib import messages
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chapter.accounts import asks_again
from chapter.models import SiteExport
from chapter.web import form_methods, organiser_required, posted

from . import kept
from .forms import ExportForm


@organiser_required
@form_methods
def site_export(request):
    form = ExportForm(posted(request))
    if form.is_bound and form.is_valid():
        _ask(request, form)
        return redirect("site_export")
    context = {"form": form, "export": SiteExport.objects.live().latest_first().first()}
    return render(request, "organise/export.html", context)


def _ask(request, form):
    try:
        kept.ask(has_drafts=form.cleaned_data["drafts"], by=request.user)
    except kept.OneAtATime as refusal:
        return messages.info(request, str(refusal))
    return messages.success(request, _("The export is being made. It takes a minute or two."))


@organiser_required
@asks_again
@require_safe
def site_export_file(request, pk):
    """The ZIP file, for an organiser who has just shown who they are."""
    export = get_object_or_404(SiteExport.objects.live(), pk=pk, state=SiteExport.State.READY)
    return StreamingHttpResponse(
        kept.pieces_of(export.pk),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="site-{export.asked_at:%Y-%m-%d}.zip"',
            "Content-Length": export.size,
            "Cache-Control": "no-store, private",
        },
    )
