"""Forms of sessions. Each finds its rows among those of its own board's open activities."""

import uuid
from datetime import datetime, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from chapter.fields import LineFormField, NameFormField, TextFormField
from chapter.text import dates

from .. import activities
from ..models import (
    MAX_AGREED,
    MAX_HOST_NAME,
    MAX_NOTE,
    MAX_ROOM,
    MAX_ROOM_NAME,
    MAX_TITLE,
    MAX_WHAT_FOR,
    Session,
    SessionNote,
    SessionRoom,
    SessionSlot,
)
from ..table import forms as table_forms
from .steps import STEPS, of_board

MOST_DAYS = 14
Time = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


def _rows(model):
    return lambda board: model.objects.filter(activity__board=board, activity__closed_at=None).select_related(
        "activity__board"
    )


def session_field():
    return table_forms.RowField(lambda board: _rows(Session)(board).standing())


def note_field():
    notes = SessionNote.objects.filter(is_hidden=False, session__activity__closed_at=None)
    return table_forms.RowField(
        lambda board: notes.filter(session__activity__board=board).select_related("session__activity__board")
    )


class SessionForm(table_forms.BoardForm):
    session = session_field()


class OnForm(SessionForm):
    """Says how it shall be, so that a form sent twice changes nothing."""

    on = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")


class SessionWords(forms.Form):
    title = LineFormField(label=_("What is the session about?"), max_length=MAX_TITLE)
    what_for = TextFormField(
        label=_("What for?"),
        max_length=MAX_WHAT_FOR,
        required=False,
        help_text=_("What you want to find out or make together."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    host_name = NameFormField(
        label=_("Your name, if you want it shown"),
        max_length=MAX_HOST_NAME,
        required=False,
        help_text=_("Everyone with the link can read it."),
    )


class PitchForm(table_forms.CreateForm, SessionWords):
    activity = activities.forms.activity_field()
    field_order = ("title", "what_for", "host_name", "for_room")


class EditForm(SessionForm, SessionWords):
    pass


class GoForm(activities.forms.StepForm):
    to = forms.ChoiceField(choices=STEPS, widget=table_forms.Hidden)


class WithdrawnForm(table_forms.BoardForm):
    session = table_forms.RowField(lambda board: _rows(Session)(board).filter(is_withdrawn=True))


class RoomDotsForm(activities.forms.ActivityForm):
    """One number for each session: how many without a phone want to go."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        activity = of_board(self.board)
        self.sessions = list(activity.sessions.standing().order_by("id")) if activity else []
        for session in self.sessions:
            self.fields[f"dots_{session.pk}"] = forms.IntegerField(
                label=session.title, initial=session.room_dots, min_value=0, max_value=MAX_ROOM, required=False
            )

    def numbers(self):
        """{session: number} of those whose number is another now."""
        found = {session: self.cleaned_data[f"dots_{session.pk}"] for session in self.sessions}
        return {one: number for one, number in found.items() if number not in (None, one.room_dots)}


# The grid


class RoomsForm(activities.forms.ActivityForm):
    names = TextFormField(
        label=_("New rooms, one on each line"), max_length=1500, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_names(self):
        names = [name.strip() for name in self.cleaned_data["names"].splitlines() if name.strip()]
        if any(len(name) > MAX_ROOM_NAME for name in names):
            raise forms.ValidationError(_("Use at most %(most)s characters for a room.") % {"most": MAX_ROOM_NAME})
        return names


class RoomForm(table_forms.BoardForm):
    room = table_forms.RowField(_rows(SessionRoom))


class RenameRoomForm(RoomForm):
    name = LineFormField(label=_("Room"), max_length=MAX_ROOM_NAME)


class SlotTimes(forms.Form):
    """A day of the event, and two times on the event's clock."""

    day = forms.TypedChoiceField(label=_("Day"))
    starts = forms.TimeField(label=_("Starts"), widget=Time)
    ends = forms.TimeField(label=_("Ends"), widget=Time)

    def offer_days(self, event):
        first, last = event.local_start.date(), event.last_day
        number = min((last - first).days, MOST_DAYS - 1) + 1
        days = [first + timedelta(days=n) for n in range(number)]
        field = self.fields["day"]
        field.choices = [(day.isoformat(), dates.long_date(day)) for day in days]
        field.initial = days[0].isoformat()
        if number == 1:
            # Nothing to choose.
            field.required, field.widget = False, table_forms.Hidden()

    def clean(self):
        data = super().clean()
        if "starts" not in data or "ends" not in data or "day" not in data:
            return data
        event = self.board.event
        day = datetime.fromisoformat(data.pop("day") or self.fields["day"].initial).date()
        times = [datetime.combine(day, data.pop(name), tzinfo=event.zone) for name in ("starts", "ends")]
        data["starts_at"], data["ends_at"] = times
        if times[0].timestamp() >= times[1].timestamp():
            self.add_error("ends", _("It must end later than it starts."))
        return data


class SlotForm(activities.forms.ActivityForm, SlotTimes):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_days(self.board.event)


class OneSlotForm(table_forms.BoardForm):
    slot = table_forms.RowField(_rows(SessionSlot))


class MoveSlotForm(OneSlotForm, SlotTimes):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer_days(self.board.event)


class PlaceForm(SessionForm):
    """A room and a time, or neither."""

    room = table_forms.RowField(_rows(SessionRoom), required=False)
    slot = table_forms.RowField(_rows(SessionSlot), required=False)
    version = forms.IntegerField(min_value=0)

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        if bool(data["room"]) != bool(data["slot"]):
            missing = "slot" if data["room"] else "room"
            self.add_error(missing, _("Choose a room and a time, or neither."))
        elif data["room"] and {data["room"].activity_id, data["slot"].activity_id} != {data["session"].activity_id}:
            self.add_error("slot", table_forms.RowField.default_error_messages["invalid_choice"])
        return data


# What came of it


class NoteForm(SessionForm):
    client_id = forms.UUIDField(initial=uuid.uuid4, widget=table_forms.Hidden)
    text = LineFormField(label=_("A line for the notes"), max_length=MAX_NOTE)


class NoteRowForm(table_forms.BoardForm):
    note = note_field()


class AgreedForm(SessionForm):
    version = forms.IntegerField(min_value=0, widget=table_forms.Hidden)
    agreed = TextFormField(
        label=_("What we agreed"), max_length=MAX_AGREED, required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
