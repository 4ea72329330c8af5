"""Organisers' pages about the chapter: settings, texts, members, retention."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .. import languages
from ..accounts import organisers
from ..models import Chapter, Member, Page
from ..privacy import last_report
from ..web import key_page_of, organiser_required, posted, say_stored
from . import texts
from .chapter_settings import settings_saved
from .forms import ChapterForm, MemberSearchForm, OrganiserForm, PageForm

MEMBERS_PER_PAGE = 50
OLDER_WORDINGS = 20


@organiser_required
def chapter_edit(request):
    form = ChapterForm(posted(request), request.FILES or None, instance=Chapter.load())
    if form.is_valid() and settings_saved(form, by=request.user):
        messages.success(request, _("Saved."))
        return redirect("chapter_edit")
    return render(request, "chapter/pages/chapter.html", {"form": form})


@organiser_required
def page_list(request):
    return render(request, "chapter/pages/organise_pages.html", {"rows": texts.overview()})


@organiser_required
def page_edit(request, key, lang):
    page = get_object_or_404(Page, key=key)
    if lang not in languages.CODES:
        raise Http404
    now = page.wordings.in_language(lang).first()
    form = PageForm(posted(request), initial=texts.draft_from(now))
    if form.is_valid():
        texts.write(page, language=lang, by=request.user, **form.cleaned_data)
        say_stored(request, _("The new text is published. The old one is kept below."))
        return redirect("page_edit", key=key, lang=lang)
    older = page.wordings.history(lang).filter(is_current=False)[:OLDER_WORDINGS]
    context = {"form": form, "page": page, "lang": lang, "now": now, "older": older}
    return render(request, "chapter/pages/organise_page.html", context)


@organiser_required
@require_safe
def retention(request):
    return render(request, "chapter/privacy/retention.html", {"report": last_report()})


@organiser_required
def members(request):
    form = MemberSearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    rows, order = Member.objects.matching(words), Member.LIST_ORDER
    page = key_page_of(rows, request, per_page=MEMBERS_PER_PAGE, by=order, descending=False, by_row=True)
    return render(request, "chapter/pages/members.html", {"form": form, "page": page})


@require_POST
@organiser_required
def member_organiser(request, pk):
    member = get_object_or_404(Member, pk=pk, is_active=True)
    form = OrganiserForm(request.POST)
    if form.is_valid() and form.cleaned_data["make"]:
        organisers.appoint(member, by=request.user)
        messages.success(request, _("%(name)s is now an organiser.") % {"name": member})
    elif form.is_valid():
        _dismiss(request, member)
    return redirect("members")


def _dismiss(request, member):
    try:
        organisers.dismiss(member, by=request.user)
    except organisers.LastOrganiser:
        messages.error(request, _("A chapter needs an organiser. Make someone else an organiser first."))
    else:
        messages.success(request, _("%(name)s is no longer an organiser.") % {"name": member})
