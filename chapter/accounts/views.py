"""The account views that differ from allauth's."""

import secrets
import time

from allauth.account import views as account_views
from allauth.account.internal.flows.signup import send_unknown_account_mail
from allauth.mfa.webauthn import views as passkey_views
from django.conf import settings
from django.contrib.auth.decorators import login_not_required, login_required
from django.shortcuts import redirect
from django.urls import reverse

from ..models import Member
from ..page_cache import tell
from ..web import blurs_time, origin_suffices
from .adapter import AccountAdapter


@login_required
def reauthenticate(request):
    if not AccountAdapter(request).get_reauthentication_methods(request.user):
        query = request.GET.urlencode()
        return redirect(reverse("account_reauthenticate_by_code") + (f"?{query}" if query else ""))
    return account_views.reauthenticate(request)


# The passkey's challenge, asked for from the e-mail field, starts the session only after the page was made.
login = origin_suffices(blurs_time(account_views.login))
# Anybody can become a member, and type an address that may be another's.
email = blurs_time(account_views.email)


def signup(request):
    begun = time.monotonic()
    response = account_views.signup(request)
    if request.method == "POST":
        _take_as_long_as_any(begun)
    return response


def _take_as_long_as_any(begun):
    # To make an account takes longer than to find that there is one: nobody shall tell members by the clock. What is
    # left of the difference after this drowns in the random part.
    # On a machine so busy that the work alone takes longer, the random part grows with it.
    took = time.monotonic() - begun
    takes = max(settings.SIGN_UP_SECONDS, took) * (1 + secrets.randbelow(1000) / 2000)
    time.sleep(takes - took)


class MailedCode:
    """Of a page that asks for a code: the form is told to which address it was mailed.

    allauth looks the member up, LOOKUPS times, and nobody where there is no account or where a sign-up found one. The page
    can be read as often as one likes, and the clock would tell; so somebody is looked up in any case.
    """

    LOOKUPS = 1

    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        process = getattr(self, "_process", None)
        if process and "user_id" not in process.state:
            for _ in range(self.LOOKUPS):
                Member.objects.order_by("pk").first()
        return response

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if "code" in kwargs:
            state = self._process.state
            known = self._process.user and not state.get("account_already_exists")
            kwargs |= {"mailed_to": state["email"], "asked_at": state["at"], "can_be_right": bool(known)}
        return kwargs


class ConfirmLoginCode(MailedCode, account_views.ConfirmLoginCodeView):
    def _resend_form_valid(self, form):
        # allauth does nothing here for who has no account, and the clock would tell.
        if not self._process.user:
            send_unknown_account_mail(self.request, self._process.state["email"])
        return super()._resend_form_valid(form)


class ConfirmEmailCode(MailedCode, account_views.ConfirmEmailVerificationCodeView):
    LOOKUPS = 2

    def post(self, request, *args, **kwargs):
        # Another address is written to the account if it is nobody's, and a page that is drawn anew would say so.
        tell(Member)
        return super().post(request, *args, **kwargs)


confirm_login_code = blurs_time(ConfirmLoginCode.as_view())
confirm_email_code = login_not_required(blurs_time(ConfirmEmailCode.as_view()))


def request_login_code(request):
    # allauth has two pages that ask for a code; here the sign-in page is the only one.
    query = request.GET.urlencode()
    return redirect(reverse("account_login") + (f"?{query}" if query else ""))


# The passkey's challenge starts the session only after the page with the form was made.
@origin_suffices
def passkey_login(request):
    return passkey_views.login_webauthn(request)
