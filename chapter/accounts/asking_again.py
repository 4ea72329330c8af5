"""Asking members once more who they are, before what would hurt if somebody else sat at their device.

Who has just signed in is not asked. allauth asks for a passkey or an authenticator app; a member who has neither gets a
code by mail, which allauth does not offer.
"""

import time
from functools import wraps

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from .. import addresses
from ..web import form_methods, posted
from . import codes
from .adapter import AccountAdapter
from .forms import LoginCodeForm

ASKED_AT = "asking_again_at"


def asks_again(view=None, *, reading=True):
    """Of a view for members. With `reading=False` its page may be looked at, and sending its form asks."""

    def decorate(view):
        @login_required
        @wraps(view)
        def asking(request, *args, **kwargs):
            is_only_read = not reading and request.method in ("GET", "HEAD")
            if is_only_read or has_just_shown_who(request):
                return view(request, *args, **kwargs)
            back = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
            return redirect(f"{reverse('account_reauthenticate')}?{back}")

        return asking

    return decorate(view) if view else decorate


def by_second_factor(view):
    """Of allauth's pages that ask for one: a member who has none is asked in another way."""

    @login_required
    @wraps(view)
    def asking(request):
        has_one = AccountAdapter(request).get_reauthentication_methods(request.user)
        return view(request) if has_one else redirect("account_reauthenticate")

    return asking


def has_just_shown_who(request) -> bool:
    records = get_authentication_records(request, request.user)
    latest = max((record["at"] for record in records), default=0)
    return time.time() - latest < app_settings.REAUTHENTICATION_TIMEOUT


@never_cache
@login_required
@form_methods
def by_mailed_code(request):
    """The first POST mails a code, those with a code check it. Not for who has a second factor: that is asked for."""
    if AccountAdapter(request).get_reauthentication_methods(request.user):
        return redirect("account_reauthenticate")
    if request.method == "POST" and "code" not in request.POST:
        return _send(request)
    asked_at = request.session.get(ASKED_AT)
    known = {"mailed_to": request.user.email, "asked_at": asked_at, "can_be_right": asked_at is not None}
    form = LoginCodeForm(posted(request), **known)
    if form.is_valid():
        del request.session[ASKED_AT]
        record_authentication(request, request.user, method="code", reauthenticated=True)
        return resume_request(request) or redirect("me")
    context = {"form": form, "email": addresses.readable(request.user.email), "is_sent": asked_at is not None}
    return render(request, "account/reauthenticate_by_code.html", context)


def _send(request):
    if codes.is_asked_again(request.user.email, "again"):
        messages.info(request, _("The email is already on its way. The code in the previous one still works."))
    AccountAdapter(request).send_mail("account/email/login_code", request.user.email, {})
    request.session[ASKED_AT] = time.time()
    return redirect(request.get_full_path())
