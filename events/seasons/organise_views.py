"""The organisers' pages of seasons."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from chapter.web import organiser_required, posted

from ..fields import ConfirmForm
from ..models import Season
from . import actions
from .forms import SeasonForm


@organiser_required
@require_safe
def seasons_list(request):
    return render(
        request,
        "events/seasons/list.html",
        {"seasons": actions.with_titles(Season.objects.order_by("-starts_on", "-id"))},
    )


@organiser_required
def season_new(request):
    return _form_page(request, None)


@organiser_required
def season_edit(request, pk):
    return _form_page(request, get_object_or_404(Season, pk=pk))


def _form_page(request, season):
    form = SeasonForm(posted(request), instance=season)
    if form.is_bound and form.is_valid():
        try:
            actions.save(form.instance, by=request.user)
        except actions.Overlaps:
            form.add_overlap()
        else:
            messages.success(request, _("The theme has been announced."))
            return redirect("seasons")
    return render(request, "events/seasons/edit.html", {"form": form, "season": season})


@organiser_required
def season_delete(request, pk):
    season = get_object_or_404(actions.with_titles(Season.objects.all()), pk=pk)
    form = ConfirmForm(posted(request))
    if form.is_bound and form.is_valid():
        actions.delete(season, by=request.user)
        messages.success(request, _("The theme has been withdrawn."))
        return redirect("seasons")
    return render(request, "events/seasons/delete.html", {"form": form, "season": season})
