"""The form that asks for an export."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ExportForm(forms.Form):
    drafts = forms.BooleanField(
        label=_("Including what hasn’t been published yet"),
        required=False,
        help_text=_("Drafts of events and posts, with the texts of their authors."),
    )
