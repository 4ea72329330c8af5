"""The forms of an event. Date and time are on the wall clock of the event's own zone."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from chapter import timezones
from chapter.fields import LineFormField, demanded_at_times
from chapter.languages import current

from .. import seasons
from ..fields import MeetupFields, capacity_field, day_field, reason_field
from ..models import AccessNeed, Kind, Venue
from . import actions


class EventForm(MeetupFields):
    COLUMNS = (*MeetupFields.COLUMNS, "is_whole_days", "asks_access_needs")
    NOWHERE = _("Say where: choose a venue, write a place, or add the link to an online meeting.")

    date = day_field(_("Date"))
    is_whole_days = forms.BooleanField(
        label=_("All day"), required=False, help_text=_("Then it needs no times. It can also last several days.")
    )
    end_date = day_field(_("Last day"), required=False, help_text=_("Only if it ends on another day."))
    place = demanded_at_times(
        LineFormField(
            label=_("Or another place"),
            max_length=200,
            required=False,
            help_text=_("As people should read it: name, street and town."),
        )
    )
    saves_venue = forms.BooleanField(label=_("Save this place as a venue, for next time"), required=False)
    already_happened = forms.BooleanField(label=_("Yes, this has already happened"), required=False)
    asks_access_needs = forms.BooleanField(
        label=_("Ask people who are coming what they need in order to take part"),
        required=False,
        help_text=_(
            "Only the hosts of this event see the answers. They are deleted a week after the event. Ask only if "
            "you can act on them."
        ),
    )
    forget_needs = forms.BooleanField(label=_("Yes, stop asking, and delete the answers"), required=False)
    reason = demanded_at_times(
        reason_field(
            help_text=_(
                "Required when you change the time or place. Emailed to everyone who is coming or on the waitlist."
            )
        )
    )

    # The order of the page, which the summary of errors follows.
    field_order = (
        *("date", "start", "end", "already_happened", "is_whole_days", "end_date", "time_zone"),
        *("venue", "place", "saves_venue", "online_url", "capacity", "title", "body", "kind", "language"),
    )

    def __init__(self, *args, event=None, **kwargs):
        super().__init__(*args, row=event, **kwargs)
        self.event, self.asks_about_past, self.asks_about_needs = event, False, False
        for name in ("start", "end"):
            demanded_at_times(self.fields[name]).required = False
        self.fields["language"].disabled = bool(event and not event.is_draft)
        if not (event and event.is_published and not event.is_over):
            del self.fields["reason"]

    @property
    def columns(self):
        return {**super().columns, "starts_at": self.starts_at, "ends_at": self.ends_at}

    def clean(self):
        self._clean_place()
        data = super().clean()
        self._clean_time()
        if self.event:
            self._clean_access_needs()
        if not self.errors and self.event:
            self._clean_move()
        return data

    def _clean_place(self):
        # What stood in the field already gives way to a venue that is chosen.
        line, venue = self.cleaned_data.get("place"), self.cleaned_data.get("venue")
        if line and venue and "place" in self.changed_data:
            self.add_error("place", _("You chose a venue and wrote another place, too. Empty one of them."))
        elif line and not venue and "venue" not in self.errors:
            self.cleaned_data["venue"] = self._written(line)

    def _written(self, line):
        """The venue of this address, the place that the event has, or a new one, which the verbs store."""
        saves, here = self.cleaned_data["saves_venue"], self.event and self.event.venue
        parts = Venue.parts_of(line)
        if here and not here.is_listed and here.line == Venue(**parts).line:
            here.is_listed = saves
            return here
        known = Venue.objects.listed().filter(**{f"{name}__iexact": part for name, part in parts.items()}).first()
        return known or Venue(**parts, language=current(), is_listed=saves)

    def _clean_time(self):
        last = "end_date" if self.cleaned_data.get("end_date") else "date"
        self.refuse_far_days("date", "end_date")
        self.starts_at, self.ends_at = self._whole_days(last) if self._is_whole_days else self._hours(last)
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            self.add_error(
                last if self._is_whole_days else "end",
                _("The end must come after the start. If it ends on another day, enter the last day."),
            )
        elif self.starts_at and self.ends_at:
            self._clean_past()

    @property
    def _is_whole_days(self):
        return bool(self.cleaned_data.get("is_whole_days"))

    def _hours(self, last):
        for name in ("start", "end"):
            if name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, _("Enter the time as 17:00."))
        starts_at = _kept(self._moment("date", "start"), self.event and self.event.starts_at)
        return starts_at, _kept(self._moment(last, "end"), self.event and self.event.ends_at)

    def _whole_days(self, last):
        """From midnight to the midnight after the last day; a time that was typed does not count."""
        for name in ("start", "end"):
            self._errors.pop(name, None)
        first, last = self.cleaned_data.get("date"), self.cleaned_data.get(last)
        if not (first and last and self.cleaned_data.get("time_zone")):
            return None, None
        return self._midnight(first), self._midnight(last + timedelta(days=1))

    def _midnight(self, day):
        # Where the clocks go forward at midnight, the day begins an hour later.
        zone = self.cleaned_data["time_zone"]
        return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)

    def _moment(self, day_name, clock_name):
        day, clock = self.cleaned_data.get(day_name), self.cleaned_data.get(clock_name)
        if not (day and clock and self.cleaned_data.get("time_zone")):
            return None
        try:
            return timezones.from_wall_clock(datetime.combine(day, clock), self.cleaned_data["time_zone"])
        except ValidationError as error:
            self.add_error(clock_name, error)
            return None

    def _clean_past(self):
        # A past day is a slip of the pen or history: ask which.
        is_new_day = self.event is None or self.event.starts_at != self.starts_at
        self.asks_about_past = is_new_day and self.ends_at <= timezone.now()
        if self.asks_about_past and not self.cleaned_data.get("already_happened"):
            self.add_error("already_happened", _("That date has passed. Has this event already happened?"))

    def _clean_access_needs(self):
        # The answers are deleted when the event stops asking: ask first.
        stops = self.event.asks_access_needs and not self.cleaned_data.get("asks_access_needs")
        self.asks_about_needs = stops and AccessNeed.objects.filter(rsvp__event=self.event).exists()
        if self.asks_about_needs and not self.cleaned_data.get("forget_needs"):
            self.add_error("forget_needs", _("People have told you what they need. Delete their answers?"))

    def _clean_move(self):
        if self.event.is_cancelled and actions.is_move(self.event, self.columns):
            self.add_error("date", _("A cancelled event keeps its time and place. Duplicate it to plan a new one."))
        elif actions.needs_reason(self.event, self.columns) and not self.cleaned_data.get("reason"):
            self.add_error("reason", _("You are changing the time or place. Tell people who are coming why."))


def _kept(moment, before):
    # The form shows no seconds: without this, saving would move an event that has them, and mail everyone.
    is_same = moment and before and before.replace(second=0, microsecond=0) == moment
    return before if is_same else moment


def initial_of_new(chapter, member) -> dict:
    season = seasons.on(timezone.localdate(timezone=ZoneInfo(chapter.time_zone)))
    return {
        "principles": [season.principle_id] if season else [],
        "kind": Kind.LEAN_COFFEE,
        "language": current(),
        "time_zone": chapter.time_zone,
        "hosts": [member.pk],
        "start": "17:00",
        "end": "19:00",
    }


def initial_of(event) -> dict:
    start, end = event.local_start, event.local_end
    last_day = event.last_day if event.is_whole_days else end.date()
    is_written = event.venue is not None and not event.venue.is_listed
    return {
        **EventForm.initial_of(event),
        **({"venue": None, "place": event.venue.line} if is_written else {}),
        "date": start.date(),
        "start": None if event.is_whole_days else start.time(),
        "end": None if event.is_whole_days else end.time(),
        "end_date": last_day if last_day != start.date() else None,
        "version": actions.fingerprint(event),
    }


class ReasonForm(forms.Form):
    reason = reason_field(
        required=True,
        help_text=_(
            "One sentence for everyone who had planned to come. It is emailed and shown on the event’s page."
        ),
    )


class NameSearchForm(forms.Form):
    q = LineFormField(label=_("Name"), max_length=80, required=False)


class CapacityForm(forms.Form):
    capacity = capacity_field()
