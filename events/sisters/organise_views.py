"""The organisers' pages of sister chapters."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from chapter.web import organiser_required, posted

from ..models import SisterChapter
from . import actions
from .forms import SisterForm


@organiser_required
def sisters_list(request):
    rows = [
        (chapter, chapter.trouble and actions.trouble_text(chapter.trouble))
        for chapter in SisterChapter.objects.all()
    ]
    return render(request, "events/sisters/list.html", {"rows": rows})


@organiser_required
def sister_new(request):
    return _sister_page(request, SisterForm(posted(request)))


@organiser_required
def sister_edit(request, pk):
    sister = get_object_or_404(SisterChapter, pk=pk)
    return _sister_page(request, SisterForm(posted(request), instance=sister), sister=sister)


@organiser_required
def sister_delete(request, pk):
    sister = get_object_or_404(SisterChapter, pk=pk)
    if request.method == "POST":
        actions.remove(sister, by=request.user)
        messages.success(request, _("The chapter has been removed from the list."))
        return redirect("sisters")
    return render(request, "events/sisters/delete.html", {"sister": sister})


def _sister_page(request, form, *, sister=None):
    if form.is_bound and form.is_valid() and _is_saved(form, by=request.user):
        messages.success(request, _("Saved."))
        return redirect("sisters")
    return render(request, "events/sisters/edit.html", {"form": form, "sister": sister})


def _is_saved(form, *, by):
    # A new address is asked first; what is wrong with it stands beside the field.
    try:
        feed = actions.ask(form.cleaned_data["feed_url"]) if form.has_new_address else None
    except actions.Trouble as trouble:
        form.add_error("feed_url", actions.trouble_text(trouble.code))
        return False
    save = actions.add if form.instance.pk is None else actions.change
    save(form.instance, feed=feed, by=by)
    return True
