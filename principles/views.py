"""Pages of principles/: reading, comparing, posters, and the organisers' new wordings."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from chapter import languages
from chapter.page_cache import cached_page
from chapter.panels import panels_for
from chapter.web import organiser_required

from . import reading, word_diff
from .forms import CompareForm, VersionsForm, WordingForm
from .models import Principle
from .wordings import adopt_from_form


@cached_page()
def principles(request):
    context = {"principles": Principle.objects.with_wordings(), "page_languages": reading.languages_of_all()}
    return render(request, "principles/list.html", context)


@cached_page()
def principle(request, number):
    previous, principle, following = reading.with_neighbours(number)
    if principle is None:
        raise Http404
    versions = principle.wordings.versions_by_language()
    context = {
        "principle": principle,
        "neighbours": [(previous, "prev"), (following, "next")],
        "histories": reading.histories(versions, shown=principle.wording),
        "page_languages": list(versions) or languages.CODES,
        "panels": panels_for("principle", principle, request),
    }
    return render(request, "principles/principle.html", context)


@cached_page("left", "right", "principle")
def principles_compare(request):
    form = CompareForm.of(request.GET)
    pair = form.cleaned_data["left"], form.cleaned_data["right"]
    rows = reading.side_by_side(pair, number=form.cleaned_data["principle"])
    return render(request, "principles/compare.html", {"form": form, "rows": rows})


@cached_page("old", "new")
def principle_history(request, number, language):
    """The versions in one language, and what changed between `?old=` and `?new=` (default: the last change)."""
    principle = get_object_or_404(Principle.objects.with_wordings(), number=number)
    versions = list(principle.wordings.history(language).without_texts())
    if not versions:
        raise Http404
    form = VersionsForm.of(request.GET, versions)
    old, new = reading.with_texts(principle, language, form.cleaned_data["old"], form.cleaned_data["new"])
    context = {
        "principle": principle,
        "language": language,
        "language_name": reading.name_of(language),
        "versions": versions,
        "form": form,
        "old": old,
        "new": new,
        "title_changes": word_diff.compare(old.title, new.title),
        "text_changes": word_diff.compare(word_diff.plain_text(old), word_diff.plain_text(new)),
    }
    return render(request, "principles/history.html", context)


@cached_page()
def principle_poster(request, number):
    principle = get_object_or_404(Principle.objects.with_wordings(), number=number)
    context = {
        "principle": principle,
        "text": reading.poster_text(principle.wording),
        "back": principle.get_absolute_url(),
        "page_languages": list(principle.wordings.versions_by_language()) or languages.CODES,
    }
    return render(request, "principles/poster.html", context)


@cached_page()
def principles_poster(request):
    context = {
        "principles": Principle.objects.with_wordings(),
        "back": reverse("principles"),
        "page_languages": reading.languages_of_all(),
    }
    return render(request, "principles/poster_all.html", context)


@organiser_required
def principle_wording_new(request, number):
    principle = get_object_or_404(Principle.objects.with_wordings(), number=number)
    form = WordingForm.starting_from(principle, request)
    if form.is_valid():
        wording, is_new = adopt_from_form(principle, form.cleaned_data, author=request.user)
        messages.success(request, _("The wording is adopted.") if is_new else _("Nothing had changed."))
        return redirect("principle_history", number, wording.language)
    return render(request, "principles/wording_form.html", {"principle": principle, "form": form})
