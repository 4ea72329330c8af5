"""An address that is added later: typed on the microaction's page, answered from the mailbox."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.fields import EmailFormField


class AddressForm(forms.Form):
    """An address for a microaction that has none."""

    email = EmailFormField(
        label=_("Your email address"),
        max_length=254,
        help_text=_(
            "We’ll first send one email to ask whether the address is yours. You’ll get nothing else until you say yes."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AddressAnswerForm(forms.Form):
    """What the owner of a mailbox says: mails about this microaction, or none."""

    answer = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
