"""allauth's forms with our labels, and the forms of my page."""

from allauth.account import forms as account_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.manage_email import email_already_exists
from allauth.core import context
from allauth.mfa.totp import forms as app_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import languages
from ..fields import EmailFormField, LineFormField, NameFormField
from ..models import WITHOUT_CODE, Member
from . import codes


class OurAddress:
    """Takes an address as the rest of the site does, in its normal form, and labels it as there."""

    label = _("Email")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in {"login", "email"} & set(self.fields):
            self.fields[name] = EmailFormField(label=self.label, widget=self.fields[name].widget, max_length=254)


class LoginForm(OurAddress, account_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Browsers offer the device's passkeys in the field itself (static/js/passkey-field.js).
        self.fields["login"].widget.attrs["autocomplete"] = "username webauthn"


class SignupForm(OurAddress, account_forms.SignupForm):
    def try_save(self, request):
        """An account that nobody has confirmed may be a stranger's doing: its name and language are those typed last."""
        nobodys = Member.objects.never_verified(since=timezone.now()).filter(email=self.cleaned_data["email"])
        nobodys.update(name=self.cleaned_data["name"], language=languages.current())
        return super().try_save(request)


class AddEmailForm(OurAddress, account_forms.AddEmailForm):
    label = _("New email address")


# Another address while the first one waits for its code.
class ChangeEmailForm(OurAddress, account_forms.ChangeEmailForm):
    pass


class TypedCode:
    """The field `code` of allauth's forms: one that was mailed to `mailed_to`, unless nothing can be right here."""

    def __init__(self, *args, mailed_to="", asked_at=0, can_be_right=False, **kwargs):
        self.mailed_to, self.asked_at, self.can_be_right = mailed_to, asked_at, can_be_right
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"

    def clean_code(self):
        typed = self.cleaned_data["code"]
        codes.count_guess(context.request, self.mailed_to, typed, asked_at=self.asked_at)
        # The same work where nothing can be right, or the clock would tell who has an account.
        asked_for = self.mailed_to if self.can_be_right else f"{WITHOUT_CODE}{self.mailed_to}"
        if not (codes.use_code(asked_for, typed) and self.can_be_right):
            raise get_adapter().validation_error("incorrect_code")
        return typed


class LoginCodeForm(TypedCode, account_forms.ConfirmLoginCodeForm):
    pass


class EmailCodeForm(TypedCode, account_forms.ConfirmEmailVerificationCodeForm):
    def clean_code(self):
        typed = super().clean_code()
        # Only now, since the answer tells who has an account.
        email_already_exists(user=self.user, email=self.email, always_raise=True)
        return typed


class CredentialField(forms.JSONField):
    """The JSON of a passkey's script; too deep or too long values are invalid instead of a RecursionError or ValueError."""

    def to_python(self, value):
        try:
            return super().to_python(value)
        except (RecursionError, ValueError) as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": ""}) from error

    def bound_data(self, data, initial):
        try:
            return super().bound_data(data, initial)
        except (RecursionError, ValueError):
            # The script fills the field again.
            return None


class AddPasskeyForm(passkey_forms.AddWebAuthnForm):
    credential = CredentialField(widget=forms.HiddenInput)
    name = LineFormField(label=_("Name of the passkey"), max_length=60, required=False)
    passwordless = forms.BooleanField(
        label=_("Let me sign in with this passkey alone"),
        help_text=_(
            "You won’t need a code by email on this device. Untick this for an older key that can’t sign you in alone."
        ),
        required=False,
        initial=True,
    )


class RenamePasskeyForm(passkey_forms.EditWebAuthnForm):
    name = LineFormField(label=_("Name of the passkey"), max_length=60)


class ConnectAppForm(app_forms.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the app")


class LoginPasskeyForm(passkey_forms.LoginWebAuthnForm):
    credential = CredentialField(widget=forms.HiddenInput)


class AuthenticatePasskeyForm(passkey_forms.AuthenticateWebAuthnForm):
    credential = CredentialField(widget=forms.HiddenInput)


class ReauthenticatePasskeyForm(passkey_forms.ReauthenticateWebAuthnForm):
    credential = CredentialField(widget=forms.HiddenInput)


# My page


class DetailsForm(forms.ModelForm):
    class Meta:
        model = Member
        fields = ("name", "organisation", "language")
        field_classes = {"name": NameFormField, "organisation": NameFormField}
        labels = {
            "name": _("Name"),
            "organisation": _("Organisation"),
            "language": _("Language"),
        }
        help_texts = {
            "organisation": _("Where you work, if you want to say. You take part as yourself either way."),
            "language": _("The language of the site and of the emails we send you."),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "organisation": forms.TextInput(attrs={"autocomplete": "organization"}),
            "language": forms.Select(choices=settings.LANGUAGES),
        }


class DeleteMeForm(forms.Form):
    texts = forms.ChoiceField(
        label=_("What should happen to your comments and public microactions?"),
        choices=[
            ("remove", _("Delete them too")),
            ("keep", _("Keep them, without my name")),
        ],
        initial="remove",
        widget=forms.RadioSelect,
    )

    @property
    def keep_texts(self):
        return self.cleaned_data["texts"] == "keep"
