"""The chapter's pages."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from .. import privacy
from ..models import Member
from ..page_cache import cached_page
from . import texts


@cached_page()
def page(request, key):
    shown = get_object_or_404(texts.with_wordings(key))
    if not shown.best:
        raise Http404
    context = {"page": shown, "wording": shown.best[0], "page_languages": shown.languages()}
    if key == "privacy":
        context["register"] = privacy.by_basis()
    if key == "about":
        context["organisers"] = Member.objects.on_about()
    return render(request, "chapter/pages/page.html", context)
