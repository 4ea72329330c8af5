"""The forms of the RSVP box and of the RSVP's own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.fields import EmailFormField, NameFormField
from chapter.forms import GuardedForm


class GuestRsvpForm(GuardedForm):
    name = NameFormField(label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = EmailFormField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("We’ll send you a link to confirm. Only the organisers see your address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AddForm(forms.Form):
    """An organiser adds somebody who asked in another way."""

    name = NameFormField(label=_("Name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = EmailFormField(
        label=_("Email address"),
        max_length=254,
        required=False,
        help_text=_(
            "Only if they gave it to you for this. They get one email that says they are on the list and how to leave it."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )


ACTIONS = ("confirm", "cancel", "claim", "again", "reminders", "no_reminders")


class ManageForm(forms.Form):
    action = forms.ChoiceField(choices=[(name, name) for name in ACTIONS])
