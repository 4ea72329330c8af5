"""The filter of the list of posts."""

from django import forms
from django.conf import settings


class FilterForm(forms.Form):
    """The list's filter. Invalid values count as not chosen."""

    principle = forms.TypedChoiceField(
        choices=[(number, number) for number in range(1, 8)], coerce=int, empty_value=None, required=False
    )
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)

    def chosen(self):
        self.is_valid()
        return self.cleaned_data.get("principle"), self.cleaned_data.get("language")
