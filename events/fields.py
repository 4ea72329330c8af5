"""Form fields that the rooms of events/ share."""

from datetime import date

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _
from markdownx.widgets import MarkdownxWidget

from chapter.fields import LineFormField, TextFormField

from .models import MAX_CAPACITY, Event

DATE_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"]
TIME_FORMATS = ["%H:%M", "%H.%M", "%H:%M:%S"]
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
CAPACITY_MESSAGES = dict.fromkeys(
    ("invalid", "min_value", "max_value"),
    _("Write a whole number from 1 to 100,000, or leave the field empty for no limit."),
)


def title_field():
    return LineFormField(
        label=_("Title"),
        max_length=200,
        help_text=_("What will happen, in a few words. The date is added by itself."),
    )


def body_field():
    return TextFormField(
        label=_("Description"),
        required=False,
        max_length=20_000,
        help_text=_("What you will do, who it is for, what to bring."),
        widget=MarkdownxWidget,
    )


def capacity_field():
    return forms.IntegerField(
        label=_("Seats"),
        required=False,
        min_value=1,
        max_value=MAX_CAPACITY,
        help_text=_("Empty: no limit. Fewer seats than people turn nobody away."),
        error_messages=CAPACITY_MESSAGES,
    )


def reason_field(*, help_text, required=False):
    return LineFormField(label=_("Reason"), max_length=300, required=required, help_text=help_text)


def asks_access_needs_field():
    return forms.BooleanField(
        label=_("Ask those who come what they need to take part"),
        required=False,
        help_text=_(
            "For instance an interpreter, a ramp or food without nuts. Only the hosts of this event read the answers, on "
            "one page; other organisers do not. They are deleted a week after the event. Ask only if you can act on it."
        ),
    )


def forget_needs_field():
    return forms.BooleanField(label=_("Yes, stop asking, and delete what people have told"), required=False)


class ConfirmForm(forms.Form):
    """A yes."""


def language_field():
    return forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES)


def kind_field():
    return forms.ChoiceField(label=_("Kind"), choices=Event.Kind.choices)


def day_field(label, *, required=True, help_text=""):
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Write the date as 2026-12-31.")},
    )


def clock_field(label):
    return forms.TimeField(
        label=label,
        input_formats=TIME_FORMATS,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Write the time as 17:00.")},
    )


class PrinciplesField(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, principle):
        return _principle_label(principle)


class ThemeField(forms.ModelChoiceField):
    def label_from_instance(self, principle):
        return _principle_label(principle)


def _principle_label(principle):
    return f"{principle.number} {principle.wording.title if principle.wording else ''}".strip()
