"""Addresses for signing in: the part of allauth that this site uses; there are no passwords."""

from allauth.account import views as allauth_views
from django.urls import include, path

from . import views

urlpatterns = [
    # Coming and going
    path("login/", allauth_views.login, name="account_login"),
    path("login/code/", views.request_login_code, name="account_request_login_code"),
    path("login/code/confirm/", views.confirm_login_code, name="account_confirm_login_code"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    # A new account, a new address
    path("signup/", allauth_views.signup, name="account_signup"),
    path("email/", allauth_views.email, name="account_email"),
    path("confirm-email/", views.confirm_email_code, name="account_email_verification_sent"),
    # Passkeys, second factor, sessions
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("2fa/webauthn/login/", views.passkey_login, name="mfa_login_webauthn"),
    path("2fa/", include("allauth.mfa.urls")),
    path("sessions/", include("allauth.usersessions.urls")),
]
