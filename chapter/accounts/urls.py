"""Addresses for signing in: the part of allauth that this site uses; there are no passwords."""

from allauth.account import views as allauth_views
from allauth.mfa.base import views as second_factor_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as passkey_views
from django.urls import include, path

from . import views
from .asking_again import asks_again, by_mailed_code, by_second_factor

urlpatterns = [
    # Coming and going
    path("login/", views.login, name="account_login"),
    path("login/code/", views.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    # A new account, a new address
    path("signup/", views.signup, name="account_signup"),
    path("email/", asks_again(reading=False)(views.email), name="account_email"),
    path("confirm-email/", views.confirm_email_code, name="account_email_verification_sent"),
    # Passkeys, second factor, sessions
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("2fa/webauthn/login/", views.passkey_login, name="mfa_login_webauthn"),
    path("reauthenticate/code/", by_mailed_code, name="account_reauthenticate_by_code"),
    # Before allauth's own, which ask nobody who has no second factor yet, or turn such a member away.
    path("2fa/webauthn/add/", asks_again(passkey_views.add_webauthn), name="mfa_add_webauthn"),
    path("2fa/totp/activate/", asks_again(totp_views.activate_totp), name="mfa_activate_totp"),
    path("2fa/reauthenticate/", by_second_factor(second_factor_views.reauthenticate), name="mfa_reauthenticate"),
    path(
        "2fa/webauthn/reauthenticate/",
        by_second_factor(passkey_views.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
