"""The greeting of a monthly letter."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import MonthlyLetter


class GreetingForm(forms.ModelForm):
    class Meta:
        model = MonthlyLetter
        fields = ["greeting", "language"]
        widgets = {"greeting": forms.Textarea(attrs={"rows": 5}), "language": forms.RadioSelect}
        help_texts = {
            "greeting": _("A few words of your own, above the rest. The letter goes out without them, too.")
        }
