"""What is typed and pressed about makkers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.fields import EmailFormField, LineFormField, NameFormField
from chapter.forms import GuardedForm


def _one_of(*names):
    return forms.ChoiceField(choices=[(name, name) for name in names])


class BoxForm(forms.Form):
    """Which button of the makker box was pressed, by the person."""

    action = _one_of("invite", "let_go", "want", "want_no_more")


class ActForm(forms.Form):
    """Which button the makker pressed."""

    action = _one_of("confirm", "leave", "line")


class GuestMakkerForm(GuardedForm):
    """A guest says yes."""

    name = NameFormField(
        label=_("Your name"),
        max_length=80,
        help_text=_("The person who invited you sees it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = EmailFormField(
        label=_("Your email address"),
        max_length=254,
        required=False,
        help_text=_("Only if you want one email on the day. No one else sees your address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class LineForm(forms.Form):
    """A line from the makker to the person."""

    line = LineFormField(
        label=_("A message to them"),
        max_length=200,
        required=False,
        help_text=_("Only they see it. To remove it, save an empty field."),
    )
