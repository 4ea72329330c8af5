"""The forms of the RSVP box and of the RSVP's own page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.fields import EmailFormField, NameFormField, demanded_at_times
from chapter.forms import GuardedForm

from ..models import Rsvp

NO_ONE = Rsvp.ShownTo.NO_ONE


def shown_to_field(**kwargs):
    """Who may see the name of whoever comes. No one, as long as they choose nothing else."""
    given = {"label": _("Show my name to"), "required": False, "initial": NO_ONE, **kwargs}
    return demanded_at_times(forms.ChoiceField(choices=Rsvp.ShownTo.choices, **given))


class ShownToForm(forms.Form):
    shown_to = shown_to_field()

    def clean_shown_to(self):
        return self.cleaned_data["shown_to"] or NO_ONE


class GuestRsvpForm(GuardedForm):
    name = NameFormField(label=_("Your name"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = EmailFormField(
        label=_("Your email address"),
        max_length=254,
        help_text=_("We’ll send you a link to confirm. Only the organisers see your address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    shown_to = shown_to_field(help_text=_("On the page of this event. You can change it at any time."))

    def clean_shown_to(self):
        return self.cleaned_data["shown_to"] or NO_ONE


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


ACTIONS = ("confirm", "cancel", "claim", "again", "reminders", "no_reminders", "show_name")


class ManageForm(forms.Form):
    action = forms.ChoiceField(choices=[(name, name) for name in ACTIONS])
    # Empty where it was not asked.
    shown_to = forms.ChoiceField(choices=Rsvp.ShownTo.choices, required=False)
    # Where the button was pressed.
    on = forms.ChoiceField(choices=[("me", "me"), ("event", "event")], required=False)
