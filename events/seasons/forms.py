"""The form of a season."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from principles.models import Principle

from ..fields import ThemeField, day_field
from ..models import Season


class SeasonForm(forms.ModelForm):
    """The database refuses two seasons at once; its message stands above the form."""

    principle = ThemeField(label=_("Theme"), queryset=None, empty_label=_("Choose a principle"))
    starts_on = day_field(_("From"))
    ends_on = day_field(_("Until"))

    class Meta:
        model = Season
        fields = ("principle", "starts_on", "ends_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["principle"].queryset = Principle.objects.with_wordings()

    def clean(self):
        # An error on the field keeps the exclusion constraint from being asked about an invalid range.
        data = super().clean()
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day must not come before the first."))
        return data

    def add_overlap(self) -> None:
        self.add_error(None, ValidationError(_("These dates overlap another season. Choose other dates.")))
