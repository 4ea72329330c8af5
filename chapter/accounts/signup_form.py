"""What sign-up asks besides the address; its own module, since allauth imports it while loading."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..fields import NameFormField


class SignupDetails(forms.Form):
    """The name that others see. It is stored by AccountAdapter.save_user."""

    name = NameFormField(
        label=_("Name"),
        max_length=80,
        help_text=_("What people call you. Others see it only where you choose to show it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    field_order = ("email", "name")

    def signup(self, request, user):
        """allauth asks for this method; nothing is left to do."""
