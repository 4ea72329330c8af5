"""The forms of a series. The rule's dates are shown, and left out one by one, before they are made."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from chapter.fields import demanded_at_times
from chapter.languages import current

from ..fields import MeetupFields, day_field, reason_field
from ..models import MAX_AHEAD, Series
from .edits import fingerprint

# The parts of each rule; the others keep what they were.
PARTS = {"weeks": ("every_weeks", "weekday"), "weekday": ("nth", "weekday"), "day": ("day_of_month",)}
PART_NAMES = ("every_weeks", "nth", "weekday", "day_of_month")
RULE_FIELDS = ("rule", *PART_NAMES, "skips_july", "starts_on", "ends_on")
OWN_COLUMNS = (*RULE_FIELDS, "ahead", "publishes")
# What the dates come from: they are shown while the rest is not yet right.
DATE_FIELDS = (*RULE_FIELDS, "ahead", "time_zone")
MIN_MINUTES = 5


class DaysField(forms.Field):
    """Dates as 2026-12-31, as the page itself wrote them; other values are ignored."""

    widget = forms.MultipleHiddenInput

    def __init__(self):
        super().__init__(required=False)

    def to_python(self, value):
        # At most 200: the page shows far fewer.
        return [day for text in (value or [])[:200] if (day := _day(text))]


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _number(label, *, last, **kwargs):
    wrong = _("Enter a whole number from 1 to %(last)d.") % {"last": last}
    messages = dict.fromkeys(("invalid", "min_value", "max_value"), wrong)
    return forms.IntegerField(label=label, min_value=1, max_value=last, error_messages=messages, **kwargs)


def _choice(label, choices):
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, empty_value=None)


class SeriesForm(MeetupFields):
    """The rule and what its events get; `decisions` say which dates on the page are left out."""

    rule = forms.ChoiceField(label=_("How often"), choices=Series.Rule.choices, widget=forms.RadioSelect)
    every_weeks = _number(_("Number of weeks between dates"), last=52)
    nth = _choice(_("Which one in the month"), Series.Nth.choices)
    weekday = _choice(_("Weekday"), list(WEEKDAYS.items()))
    day_of_month = _number(_("Day of the month"), last=31, help_text=_("31 is always the last day of the month."))
    skips_july = forms.BooleanField(label=_("Not in July"), required=False)
    starts_on = day_field(_("From"))
    ends_on = day_field(_("Until"), required=False, help_text=_("Leave empty to continue until you end the series."))
    ahead = _number(_("Number of upcoming events to create"), last=MAX_AHEAD)
    publishes = forms.BooleanField(
        label=_("Publish each event as soon as it is created"),
        required=False,
        help_text=_("Otherwise each event is saved as a draft for you to publish."),
    )
    # The dates that stood on the page, and those of them that are ticked.
    shown = DaysField()
    dates = DaysField()

    # The order that the summary of errors follows.
    field_order = ("language", "title", "body", "kind", "principles", *RULE_FIELDS, "start", "end")

    def __init__(self, *args, series=None, **kwargs):
        super().__init__(*args, row=series, **kwargs)
        self.series = series
        self.fields["language"].disabled = bool(series)
        if self.is_bound:
            # The parts of the other rules may be empty: the page hides them.
            for name in PART_NAMES:
                self.fields[name].required = name in PARTS.get(self.data.get("rule"), ())

    # What the verbs take

    @property
    def columns(self):
        own = {name: self.cleaned_data[name] for name in OWN_COLUMNS}
        return {**super().columns, **own, "starts_at": self.cleaned_data["start"], "minutes": self.minutes}

    @property
    def gives_dates(self) -> bool:
        """Whether all that the dates come from is right, whatever else is missing."""
        return self.is_bound and not {*DATE_FIELDS, "start", "end"} & set(self.errors)

    @property
    def decisions(self) -> dict[date, bool]:
        """{date: whether it is left out} of the dates that stood on the page."""
        ticked = set(self.cleaned_data["dates"])
        return {day: day not in ticked for day in self.cleaned_data["shown"]}

    def has_shown(self, rows) -> bool:
        return self.cleaned_data["shown"] == [row.date for row in rows if row.event is None]

    # Cleaning

    def clean(self):
        data = super().clean()
        for name in PART_NAMES:
            if data.get(name) is None and name not in self.errors:
                data[name] = getattr(self.series or Series(), name)
        self._clean_days()
        self._clean_hours()
        return data

    def _clean_days(self):
        self.refuse_far_days("starts_on", "ends_on")
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day must come after the first."))

    def _clean_hours(self):
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        self.minutes = _minutes(start, end) if start and end else None
        if self.minutes is not None and self.minutes < MIN_MINUTES:
            self.add_error("end", _("The end must come after the start, on the same day."))


class AgreeForm(forms.Form):
    reason = demanded_at_times(
        reason_field(
            help_text=_(
                "One sentence for everyone who had planned to come. It is emailed and shown on the events’ pages."
            )
        )
    )
    agreed = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, tells, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = tells
        self.fields["reason"].error_messages["required"] = _("Tell people who are coming why.")


class EndForm(forms.Form):
    cancels = forms.BooleanField(
        label=_("Also cancel the upcoming events"), required=False, help_text=_("Drafts among them are deleted.")
    )
    reason = demanded_at_times(
        reason_field(help_text=_("Required when you cancel. Emailed to everyone who is coming or on the waitlist."))
    )

    def clean(self):
        data = super().clean()
        if data.get("cancels") and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Tell people who are coming why."))
        return data


class SkipForm(forms.Form):
    date = day_field(_("Date"))
    out = forms.BooleanField(required=False)


def _minutes(start, end):
    return (datetime.combine(date.min, end) - datetime.combine(date.min, start)) // timedelta(minutes=1)


def initial_of_new(chapter, member) -> dict:
    columns = {name: Series._meta.get_field(name).default for name in (*PART_NAMES, "rule", "skips_july", "ahead")}
    return {
        **columns,
        "publishes": True,
        "language": current(),
        "time_zone": chapter.time_zone,
        "hosts": [member.pk],
        "starts_on": timezone.localdate(timezone=Series(time_zone=chapter.time_zone).zone),
        "start": time(11, 30),
        "end": time(12, 30),
    }


def new_series(values) -> Series:
    hours = {"starts_at": values["start"], "minutes": _minutes(values["start"], values["end"])}
    return Series(**{name: values.get(name) for name in DATE_FIELDS}, **hours)


def initial_of(series) -> dict:
    start = datetime.combine(date(2000, 1, 1), series.starts_at)
    return {
        **SeriesForm.initial_of(series),
        **{name: getattr(series, name) for name in OWN_COLUMNS},
        "start": series.starts_at,
        "end": (start + timedelta(minutes=series.minutes)).time(),
        "version": fingerprint(series),
    }
