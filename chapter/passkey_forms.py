"""How a passkey is added here: it signs in on its own unless its owner says otherwise."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from .fields import LineFormField


class AddPasskeyForm(AddWebAuthnForm):
    name = LineFormField(label=_("Name of the passkey"), max_length=60, required=False)
    passwordless = forms.BooleanField(
        label=_("Let me sign in with it alone"),
        help_text=_("Then you need no mailed code on this device. Untick it for an older key that cannot do that."),
        required=False,
        initial=True,
    )
