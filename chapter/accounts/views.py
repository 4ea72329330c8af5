"""The account views that differ from allauth's."""

from allauth.account import views as account_views
from allauth.mfa.webauthn import views as passkey_views
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.urls import reverse

from ..web import origin_suffices
from .adapter import AccountAdapter


@login_required
def reauthenticate(request):
    # Without a second factor there is nothing to confirm with.
    if not AccountAdapter(request).get_reauthentication_methods(request.user):
        return redirect("me")
    return account_views.reauthenticate(request)


def request_login_code(request):
    # allauth has two pages that ask for a code; here the sign-in page is the only one.
    query = request.GET.urlencode()
    return redirect(reverse("account_login") + (f"?{query}" if query else ""))


# The passkey's challenge starts the session only after the page with the form was made.
@origin_suffices
def passkey_login(request):
    return passkey_views.login_webauthn(request)
