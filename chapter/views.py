"""The chapter's own pages, and each member's."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from . import cards, languages, organisers, pages, privacy_register, ratelimits, site_card
from .member_forms import DeleteMeForm, DetailsForm
from .models import Chapter
from .panels import panels_for

EXPORTS_PER_HOUR = 20


def page(request, key):
    """About, code of conduct, privacy or accessibility, in the language nearest to the reader's."""
    shown = get_object_or_404(pages.with_wordings(key))
    if not shown.best:
        raise Http404
    context = {"page": shown, "wording": shown.best[0], "page_languages": shown.languages()}
    if key == "privacy":
        context["entries"] = privacy_register.entries()
    return render(request, "chapter/page.html", context)


@require_safe
def card(request):
    """The picture of links to pages that have none of their own."""
    return cards.answer(request, site_card.facts(), site_card.draw)


@login_required
def me(request):
    """My page: what is mine here, who I am, and the doors to my account."""
    form = DetailsForm(request.POST or None, instance=request.user)
    if form.is_valid():
        return _details_saved(request, form.save())
    # A form that was refused has left its values on the member; the header must not show them.
    if form.is_bound:
        request.user.refresh_from_db()
    context = {"form": form, "panels": panels_for("me", request.user, request)}
    return render(request, "chapter/me.html", context)


def _details_saved(request, member):
    with override(member.language):
        messages.success(request, _("Your details are saved."))
        response = redirect("me")
    languages.remember(response, member.language)
    return response


@login_required
def me_export(request):
    """Everything that the site keeps about the member who asks, as one JSON file."""
    ratelimits.limit_key(f"member:{request.user.pk}", "export", times=EXPORTS_PER_HOUR, seconds=3600)
    data = {"site": settings.SITE_URL, "chapter": Chapter.load().name, "data": privacy_register.export(request.user)}
    response = JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="about-me.json"'
    response["Cache-Control"] = "no-store, private"
    return response


@login_required
def me_delete(request):
    """Ask what becomes of public words, then take the member out of the site and say goodbye."""
    form = DeleteMeForm(request.POST or None)
    if form.is_valid():
        privacy_register.erase(request.user, keep_texts=form.keep_texts)
        logout(request)
        messages.success(request, _("You are deleted, and so is what we kept about you. Thank you for being here."))
        response = redirect(reverse("home"))
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite=settings.LANGUAGE_COOKIE_SAMESITE)
        return response
    context = {"form": form, "is_only_organiser": organisers.is_only_organiser(request.user)}
    return render(request, "chapter/me_delete.html", context)
