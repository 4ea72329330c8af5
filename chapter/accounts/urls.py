"""Addresses for signing in: the part of allauth that this site uses, which has no passwords."""

from allauth.account import views
from django.urls import include, path

from . import adapter as accounts

urlpatterns = [
    # Coming and going
    path("login/", views.login, name="account_login"),
    path("login/code/", accounts.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", views.logout, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    # A new account, a new address
    path("signup/", views.signup, name="account_signup"),
    path("email/", views.email, name="account_email"),
    path("confirm-email/", views.email_verification_sent, name="account_email_verification_sent"),
    # Passkeys, second factor, sessions
    path("reauthenticate/", accounts.reauthenticate, name="account_reauthenticate"),
    path("2fa/webauthn/login/", accounts.passkey_login, name="mfa_login_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
