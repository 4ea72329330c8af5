"""What sessions add to a board."""

from django.utils.translation import gettext_lazy as _

from .. import activities
from ..activities import Act, Kind, on_row
from ..models import Activity
from . import forms, grid, interest, notes, pitching, snapshots, steps
from .own import lead, own


def _room_dots(form, *, by, member):
    interest.set_room_dots(form.cleaned_data["activity"], by=by, member=member, numbers=form.numbers())


ACTS = {
    "session-pitch": Act(forms.PitchForm, on_row("activity", pitching.pitch), _("Your session is on the list.")),
    "session-edit": Act(forms.EditForm, on_row("session", pitching.edit, told=True), _("Saved.")),
    "session-withdraw": Act(forms.SessionForm, on_row("session", pitching.withdraw, told=True)),
    "session-back": Act(forms.WithdrawnForm, on_row("session", pitching.bring_back, told=True)),
    "session-dot": Act(forms.OnForm, on_row("session", interest.set_dot)),
    "session-star": Act(forms.OnForm, on_row("session", interest.set_star)),
    "session-dots-room": Act(forms.RoomDotsForm, _room_dots, _("The dots are saved.")),
    # The grid
    "session-go": Act(forms.GoForm, on_row("activity", grid.go)),
    "session-rooms": Act(forms.RoomsForm, on_row("activity", grid.add_rooms, told=True)),
    "session-room-rename": Act(forms.RenameRoomForm, on_row("room", grid.rename_room, told=True)),
    "session-room-remove": Act(forms.RoomForm, on_row("room", grid.remove_room, told=True)),
    "session-slot": Act(forms.SlotForm, on_row("activity", grid.add_slot, told=True)),
    "session-slot-move": Act(forms.MoveSlotForm, on_row("slot", grid.move_slot, told=True)),
    "session-slot-remove": Act(forms.OneSlotForm, on_row("slot", grid.remove_slot, told=True)),
    "session-place": Act(forms.PlaceForm, on_row("session", grid.place, told=True)),
    # What came of it
    "session-note": Act(forms.NoteForm, on_row("session", notes.note)),
    "session-note-hide": Act(forms.NoteRowForm, on_row("note", notes.hide, told=True)),
    "session-note-remove": Act(forms.NoteRowForm, on_row("note", notes.remove)),
}

activities.register(
    Kind(
        value=Activity.Kind.SESSIONS,
        invitation=_(
            "Everyone can offer a session. You put them into rooms and times, and everyone sees on their phone what is on now and next."
        ),
        folder="facilitation/sessions",
        steps=steps.STEPS,
        form=activities.forms.OpenForm,
        acts=ACTS,
        snapshot=snapshots.SessionsSnapshot,
        own=own,
        lead=lead,
        close=grid.close,
        watching=(steps.PLAN, steps.DAY),
        beside=snapshots.beside,
        page_marks=snapshots.page_marks,
    )
)
