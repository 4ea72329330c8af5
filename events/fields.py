"""Form fields that several rooms of events/ use, and what the forms of an event and of a series have in common."""

from datetime import date

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from chapter import timezones
from chapter.fields import LineFormField, MarkdownWidget, TextFormField, WebAddressField, demanded_at_times
from chapter.forms import LanguageCheckboxes, LanguageSelect
from chapter.languages import current
from chapter.models import Member
from chapter.text import dates
from chapter.wordings import main_language
from principles.models import Principle

from .models import MAX_CAPACITY, Kind, Venue

# What browsers send, and what people type where a browser has no field for dates or times.
DATE_FORMATS = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"]
TIME_FORMATS = ["%H:%M", "%H.%M", "%H:%M:%S"]
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
CAPACITY_MESSAGES = dict.fromkeys(
    ("invalid", "min_value", "max_value"),
    _("Enter a whole number from 1 to 100,000, or leave the field empty for no limit."),
)


def capacity_field() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Seats"),
        required=False,
        min_value=1,
        max_value=MAX_CAPACITY,
        help_text=_(
            "Leave empty for no limit. No one loses their seat if you set a lower number than the people already coming."
        ),
        error_messages=CAPACITY_MESSAGES,
    )


def reason_field(*, help_text, required=False) -> LineFormField:
    return LineFormField(label=_("Reason"), max_length=300, required=required, help_text=help_text)


class ConfirmForm(forms.Form):
    """A yes."""


def day_field(label, *, required=True, help_text="") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        input_formats=DATE_FORMATS,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": _("Enter the date as 2026-12-31.")},
    )


def clock_field(label) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=TIME_FORMATS,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("Enter the time as 17:00.")},
    )


class PrinciplesField(forms.ModelMultipleChoiceField):
    widget = LanguageCheckboxes

    def label_from_instance(self, principle):
        return principle.label


class ThemeField(forms.ModelChoiceField):
    widget = LanguageSelect

    def label_from_instance(self, principle):
        return principle.label


class EventField(forms.ModelChoiceField):
    """One event, by its date and its title in its own language."""

    widget = LanguageSelect

    def label_from_instance(self, event):
        return f"{dates.short_date(event.local_start)}: {event.wording.title if event.wording else event.slug}"


class WordingForm(forms.Form):
    """The text of an event or a series in one language; `version` is the fingerprint of what the page showed."""

    title = LineFormField(
        label=_("Title"),
        max_length=200,
        help_text=_("What will happen, in a few words. The date is added automatically."),
    )
    body = TextFormField(
        label=_("Description"),
        required=False,
        max_length=20_000,
        help_text=_("What you will do, who it is for, what to bring."),
        widget=MarkdownWidget,
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)


class MeetupFields(WordingForm):
    """What the forms of an event and of a series ask alike. `columns`, `text` and `people` are arguments of the verbs.

    `row` is the event or series that is edited, None for a new one.
    """

    COLUMNS = ("kind", "time_zone", "venue", "online_url", "capacity")
    NOWHERE = _("Say where: choose a venue, add the link to an online meeting, or both.")

    language = forms.ChoiceField(label=_("Language of the text"), choices=settings.LANGUAGES)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    start = clock_field(_("Starts at"))
    end = clock_field(_("Ends at"))
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=timezones.choices)
    venue = demanded_at_times(
        forms.ModelChoiceField(label=_("Venue"), queryset=None, required=False, empty_label=_("No venue"))
    )
    online_url = demanded_at_times(
        WebAddressField(label=_("Link to the online meeting"), help_text=_("Sent only to people who have a seat."))
    )
    capacity = capacity_field()
    hosts = forms.ModelMultipleChoiceField(
        label=_("Hosts"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    principles = PrinciplesField(label=_("Theme"), queryset=None, required=False)

    def __init__(self, *args, row=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = Venue.objects.listed()
        self.fields["hosts"].queryset = _possible_hosts(row)
        self.fields["principles"].queryset = Principle.objects.with_wordings()

    @property
    def columns(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.COLUMNS}

    @property
    def text(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("language", "title", "body")}

    @property
    def people(self) -> dict[str, list]:
        return {name: list(self.cleaned_data[name]) for name in ("hosts", "principles")}

    def clean(self):
        data = super().clean()
        if not ({"venue", "online_url"} & set(self.errors)) and not (data.get("venue") or data.get("online_url")):
            self.add_error("venue", self.NOWHERE)
        return data

    def refuse_far_days(self, *names) -> None:
        for name in names:
            if (day := self.cleaned_data.get(name)) and not FIRST_DAY <= day <= LAST_DAY:
                self.add_error(name, _("Choose a day between the years 2000 and 2100."))

    @classmethod
    def initial_of(cls, row) -> dict:
        """The shared fields of a stored event or series: its text in the language it was first written in."""
        language = main_language(row)
        text = row.wordings.in_language(language).first()
        return {
            **{name: getattr(row, name) for name in cls.COLUMNS},
            "language": language or current(),
            "title": text.title if text else "",
            "body": text.body if text else "",
            "hosts": list(row.hosts.all()),
            "principles": list(row.principles.all()),
        }


def _possible_hosts(row):
    # A host who is no organiser must not fall off the list by an edit.
    members = Member.objects.filter(is_organiser=True, is_active=True)
    if row:
        members = members | Member.objects.filter(pk__in=row.hosts.values("pk"))
    return members.order_by("name", "id")
