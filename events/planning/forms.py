"""The form that organisers write an event with: the day on the wall clock of the event's own zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter import timezones
from chapter.fields import WebAddressField
from chapter.languages import current
from chapter.models import Member
from principles.models import Principle

from .. import seasons
from ..fields import (
    FIRST_DAY,
    LAST_DAY,
    PrinciplesField,
    asks_access_needs_field,
    body_field,
    capacity_field,
    clock_field,
    day_field,
    forget_needs_field,
    kind_field,
    language_field,
    reason_field,
    title_field,
)
from ..models import AccessNeed, Venue
from . import actions


class EventForm(forms.Form):
    """Everything about an event but its state. `columns`, `text` and `people` are what the verbs in `changes` take."""

    language = language_field()
    title = title_field()
    body = body_field()
    kind = kind_field()
    date = day_field(_("Date"))
    start = clock_field(_("Starts at"))
    end = clock_field(_("Ends at"))
    end_date = day_field(_("Last day"), required=False, help_text=_("Only if it ends on another day."))
    already_happened = forms.BooleanField(label=_("Yes, this has already happened"), required=False)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=timezones.choices)
    venue = forms.ModelChoiceField(label=_("Venue"), queryset=None, required=False, empty_label=_("No venue"))
    online_url = WebAddressField(label=_("Link to the online meeting"), help_text=_("Sent only to those who are in."))
    capacity = capacity_field()
    hosts = forms.ModelMultipleChoiceField(
        label=_("Hosts"), queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    principles = PrinciplesField(label=_("Theme"), queryset=None, required=False)
    asks_access_needs = asks_access_needs_field()
    forget_needs = forget_needs_field()
    reason = reason_field(
        help_text=_("Needed when you change time or place: it is mailed to everyone who is coming or waiting.")
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, event=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.event, self.asks_about_past, self.asks_about_needs = event, False, False
        self.fields["venue"].queryset = Venue.objects.all()
        self.fields["hosts"].queryset = possible_hosts(event)
        self.fields["principles"].queryset = Principle.objects.with_wordings()
        self.fields["language"].disabled = bool(event and not event.is_draft)
        if not (event and event.is_published and not event.is_over):
            del self.fields["reason"]

    # What the verbs take

    @property
    def columns(self):
        names = ("kind", "time_zone", "venue", "online_url", "capacity", "asks_access_needs")
        moments = {"starts_at": self.starts_at, "ends_at": self.ends_at}
        return {**{name: self.cleaned_data[name] for name in names}, **moments}

    @property
    def text(self):
        return {name: self.cleaned_data[name] for name in ("language", "title", "body")}

    @property
    def people(self):
        return {name: list(self.cleaned_data[name]) for name in ("hosts", "principles")}

    # Cleaning

    def clean(self):
        data = super().clean()
        self._clean_time()
        if not ({"venue", "online_url"} & set(self.errors)) and not (data.get("venue") or data.get("online_url")):
            self.add_error("venue", _("Say where: choose a venue, give the link to an online meeting, or both."))
        if self.event:
            self._clean_access_needs()
        if not self.errors and self.event:
            self._clean_move()
        return data

    def _clean_time(self):
        last = "end_date" if self.cleaned_data.get("end_date") else "date"
        self.starts_at = _kept(self._moment("date", "start"), self.event and self.event.starts_at)
        self.ends_at = _kept(self._moment(last, "end"), self.event and self.event.ends_at)
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            self.add_error("end", _("The end must come after the start. Does it end another day? Give the last day."))
        elif self.starts_at and self.ends_at:
            self._clean_past()

    def _moment(self, day_name, clock_name):
        """The aware moment, or None with the message beside the field that is wrong."""
        day, clock = self.cleaned_data.get(day_name), self.cleaned_data.get(clock_name)
        if not (day and clock and self.cleaned_data.get("time_zone")):
            return None
        if not FIRST_DAY <= day <= LAST_DAY:
            self.add_error(day_name, _("Choose a day between the years 2000 and 2100."))
            return None
        try:
            return timezones.from_wall_clock(datetime.combine(day, clock), self.cleaned_data["time_zone"])
        except ValidationError as error:
            self.add_error(clock_name, error)
            return None

    def _clean_past(self):
        """A day that is over is a slip of the pen or history: ask which."""
        is_new_day = self.event is None or self.event.starts_at != self.starts_at
        self.asks_about_past = is_new_day and self.ends_at <= timezone.now()
        if self.asks_about_past and not self.cleaned_data.get("already_happened"):
            self.add_error("already_happened", _("That day is over. Has this already happened?"))

    def _clean_access_needs(self):
        """What people have told goes when the event stops asking: ask first."""
        stops = self.event.asks_access_needs and not self.cleaned_data.get("asks_access_needs")
        self.asks_about_needs = stops and AccessNeed.objects.filter(rsvp__event=self.event).exists()
        if self.asks_about_needs and not self.cleaned_data.get("forget_needs"):
            self.add_error("forget_needs", _("People have told you what they need. Delete it?"))

    def _clean_move(self):
        if self.event.is_cancelled and actions.is_move(self.event, self.columns):
            self.add_error("date", _("A cancelled event keeps its time and place. Duplicate it to plan a new one."))
        elif actions.needs_reason(self.event, self.columns) and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("You change the time or the place. Tell those who are coming why."))


def _kept(moment, before):
    """`before`, where it is the same minute: the form shows no seconds, and nobody moved anything by them."""
    is_same = moment and before and before.replace(second=0, microsecond=0) == moment
    return before if is_same else moment


def possible_hosts(hosted=None):
    """Organisers, and whoever hosts this event or series already."""
    members = Member.objects.filter(is_organiser=True, is_active=True)
    if hosted:
        members = members | Member.objects.filter(pk__in=hosted.hosts.values("pk"))
    return members.order_by("name", "id")


def initial_of_new(chapter, member):
    """On the chapter's clock, and with the theme of the season, which is a suggestion."""
    season = seasons.on(timezone.localdate(timezone=ZoneInfo(chapter.time_zone)))
    return {
        "principles": [season.principle_id] if season else [],
        "language": current(),
        "time_zone": chapter.time_zone,
        "hosts": [member.pk],
        "start": "17:00",
        "end": "19:00",
    }


def initial_of(event):
    """The event as the form shows it: its text in the language it was first written in."""
    language = actions.main_language(event) or current()
    text = event.wordings.in_language(language).first()
    start, end = event.local_start, event.local_end
    names = ("kind", "time_zone", "venue", "online_url", "capacity", "asks_access_needs")
    columns = {name: getattr(event, name) for name in names}
    return {
        **columns,
        "language": language,
        "title": text.title if text else "",
        "body": text.body if text else "",
        "date": start.date(),
        "start": start.time(),
        "end": end.time(),
        "end_date": end.date() if end.date() != start.date() else None,
        "hosts": list(event.hosts.all()),
        "principles": list(event.principles.all()),
        "version": actions.fingerprint(event),
    }


class WordingForm(forms.Form):
    """An event's text in one more language."""

    title = title_field()
    body = body_field()
    version = forms.CharField(widget=forms.HiddenInput, required=False)


class ReasonForm(forms.Form):
    """A yes, and why."""

    reason = reason_field(
        required=True,
        help_text=_(
            "One sentence for everyone who had planned to come. It is mailed, and shown on the event’s page."
        ),
    )


class CapacityForm(forms.Form):
    capacity = capacity_field()
