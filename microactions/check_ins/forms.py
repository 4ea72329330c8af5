"""Forms of a microaction’s own page: how it went, other words, who may see it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chapter.fields import NameFormField, TextFormField, demanded_at_times

from .. import dates
from ..models import Microaction
from ..pledges import EXAMPLES, DayInput, HintedTextarea, visibility_choices
from .actions import Outcome


class RewordForm(forms.ModelForm):
    """Other words for one's own microaction; a new day is told with `ReportForm`."""

    class Meta:
        model = Microaction
        fields = ("moment", "cue", "first_step", "what")
        help_texts = {name: EXAMPLES[name] for name in ("moment", "cue", "first_step")}
        widgets = {"what": HintedTextarea(attrs={"rows": 2})}


class VisibilityForm(forms.Form):
    """Who may see it, and under what name."""

    visibility = forms.ChoiceField(label=_("Who may see it?"), widget=forms.RadioSelect)
    name = NameFormField(
        label=_("Name to show"),
        max_length=80,
        required=False,
        help_text=_("For people who may see it. Leave empty to show it without a name."),
    )

    def __init__(self, *args, has_event=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["visibility"].choices = visibility_choices(has_event=has_event)


class ReportForm(VisibilityForm):
    """How it went. `asks_again`: whether there is a mail left that asks about a new day."""

    outcome = forms.ChoiceField(label=_("How did it go?"), choices=Outcome.choices, widget=forms.RadioSelect)
    new_date = demanded_at_times(forms.DateField(label=_("The new date"), required=False, widget=DayInput()))
    result = TextFormField(
        label=_("What changed?"),
        max_length=1000,
        required=False,
        help_text=_("A sentence or two that a colleague elsewhere can learn from, even if it didn’t go as planned."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("outcome", "new_date", "result", "visibility", "name")

    def __init__(self, *args, asks_again=False, **kwargs):
        super().__init__(*args, **kwargs)
        if asks_again:
            self.fields["new_date"].help_text = _("We’ll ask again the day after.")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("outcome") == Outcome.NEW_DATE and "new_date" not in self.errors:
            self._check_new_date(cleaned.get("new_date"))
        return cleaned

    def _check_new_date(self, day):
        try:
            if not day:
                raise ValidationError(_("Choose the new date."), code="required")
            dates.validate_day(day)
        except ValidationError as error:
            self.add_error("new_date", error)


class ManageForm(forms.Form):
    """Which of the forms on the manage page was sent."""

    ACTIONS = ("confirm", "report", "reword", "visibility", "origin", "buddy", "address", "delete")

    action = forms.ChoiceField(choices=[(name, name) for name in ACTIONS])
