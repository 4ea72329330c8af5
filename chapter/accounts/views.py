"""The few of allauth's pages that work differently here; the rest are its own views."""

from allauth.account import views as account_views
from allauth.mfa.webauthn import views as passkey_views
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.urls import reverse

from ..web import origin_suffices
from .adapter import AccountAdapter


@login_required
def reauthenticate(request):
    """allauth's page for confirming who one is, for those who have something to confirm it with."""
    if not AccountAdapter(request).get_reauthentication_methods(request.user):
        return redirect("me")
    return account_views.reauthenticate(request)


def request_login_code(request):
    """allauth has two pages that ask for a code; here the sign-in page is the only one."""
    query = request.GET.urlencode()
    return redirect(reverse("account_login") + (f"?{query}" if query else ""))


@origin_suffices
def passkey_login(request):
    """allauth's passkey sign-in: its challenge starts a session only after the page with the form was made."""
    return passkey_views.login_webauthn(request)
