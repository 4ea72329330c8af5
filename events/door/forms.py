"""The forms of the door's page and its script."""

from datetime import timedelta

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineFormField
from chapter.web import ratelimits

# In milliseconds; no tick is older than the time the door is open.
OLDEST = 40 * ratelimits.DAY * 1000
TICK = RegexValidator(r"\A[0-9]{1,18}:(yes|no)\Z")


class TickForm(forms.Form):
    """A person's key and whether they came, "12:yes", pressed `age` milliseconds ago."""

    tick = forms.CharField(max_length=24, validators=[TICK])
    age = forms.IntegerField(min_value=0, max_value=OLDEST, required=False)

    @property
    def arguments(self):
        """Of `attendance.tick`."""
        age = timedelta(milliseconds=self.cleaned_data["age"] or 0)
        return {"rsvp_id": self.rsvp_id, "came": self.came, "age": age}

    @property
    def rsvp_id(self):
        return int(self.cleaned_data["tick"].partition(":")[0])

    @property
    def came(self):
        return self.cleaned_data["tick"].endswith(":yes")


class WalkInForm(forms.Form):
    """A person without an RSVP; `client_id` is made on the phone."""

    client_id = forms.UUIDField(widget=forms.HiddenInput)
    name = LineFormField(
        label=_("Name of a walk-in, if they want to give it"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "done"}),
    )


class TakeBackForm(forms.Form):
    undo = forms.UUIDField()


class CloseForm(forms.Form):
    """Close the list, or undo that."""

    CLOSE, UNDO = "close", "undo"
    action = forms.ChoiceField(choices=[(CLOSE, CLOSE), (UNDO, UNDO)], widget=forms.HiddenInput)
