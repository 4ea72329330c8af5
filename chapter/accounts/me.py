"""My page: a member’s details, their data as a file, and deleting the account."""

from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from .. import languages, privacy
from ..models import Chapter
from ..panels import panels_for
from ..web import posted, ratelimits
from . import organisers
from .asking_again import asks_again
from .forms import DeleteMeForm, DetailsForm

EXPORTS_PER_HOUR = 20
# So long my page offers a passkey to whoever has none.
NEW_FOR = timedelta(days=14)


@login_required
def me(request):
    form = DetailsForm(posted(request), instance=request.user)
    if form.is_valid():
        return _details_saved(request, form.save())
    # An invalid form has changed the member in memory; the page's header must not show it.
    if form.is_bound:
        request.user.refresh_from_db()
    context = {"form": form, "panels": panels_for("me", request.user, request), "is_new": _is_new(request.user)}
    return render(request, "chapter/accounts/me.html", context)


def _is_new(member):
    is_recent = member.joined_at > timezone.now() - NEW_FOR
    return is_recent and not Authenticator.objects.filter(user=member).exists()


def _details_saved(request, member):
    with override(member.language):
        messages.success(request, _("Your details are saved."))
        response = redirect("me")
    languages.remember(response, member.language)
    return response


@asks_again
def me_export(request):
    ratelimits.limit_key(f"member:{request.user.pk}", "export", times=EXPORTS_PER_HOUR, seconds=ratelimits.HOUR)
    data = {"site": settings.SITE_URL, "chapter": Chapter.load().name, "data": privacy.export(request.user)}
    response = JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = 'attachment; filename="about-me.json"'
    response["Cache-Control"] = "no-store, private"
    return response


@asks_again
def me_delete(request):
    """Ask what becomes of public texts, then erase the member."""
    form = DeleteMeForm(posted(request))
    if form.is_valid():
        privacy.erase(request.user, keep_texts=form.keep_texts)
        logout(request)
        messages.success(
            request,
            _(
                "Your account and everything we kept about you have been deleted. Thank you for being part of the chapter."
            ),
            extra_tags="signed-out",
        )
        response = redirect(reverse("home"))
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite=settings.LANGUAGE_COOKIE_SAMESITE)
        return response
    context = {"form": form, "is_only_organiser": organisers.is_only_organiser(request.user)}
    return render(request, "chapter/accounts/me_delete.html", context)
