"""allauth's forms with our labels; a passkey signs in on its own unless its owner says otherwise."""

from allauth.account import forms as account_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.utils.translation import gettext_lazy as _

from ..fields import CredentialField, LineFormField, refuse_controls


class OurLabel:
    """Calls the address what the rest of the site calls it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"login", "email"} & set(self.fields):
            self.fields[name].label = _("E-mail")
            self.fields[name].validators.append(refuse_controls)


class LoginForm(OurLabel, account_forms.LoginForm):
    pass


class SignupForm(OurLabel, account_forms.SignupForm):
    pass


class AddEmailForm(account_forms.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("New e-mail address")
        self.fields["email"].validators.append(refuse_controls)


class AddPasskeyForm(passkey_forms.AddWebAuthnForm):
    credential = CredentialField(widget=forms.HiddenInput)
    name = LineFormField(label=_("Name of the passkey"), max_length=60, required=False)
    passwordless = forms.BooleanField(
        label=_("Let me sign in with it alone"),
        help_text=_("Then you need no mailed code on this device. Untick it for an older key that cannot do that."),
        required=False,
        initial=True,
    )


class LoginPasskeyForm(passkey_forms.LoginWebAuthnForm):
    credential = CredentialField(widget=forms.HiddenInput)


class AuthenticatePasskeyForm(passkey_forms.AuthenticateWebAuthnForm):
    credential = CredentialField(widget=forms.HiddenInput)


class ReauthenticatePasskeyForm(passkey_forms.ReauthenticateWebAuthnForm):
    credential = CredentialField(widget=forms.HiddenInput)
