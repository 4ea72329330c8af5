"""What sessions add to a board."""

from django.utils.translation import gettext_lazy as _

from .. import activities
from ..activities import Act, Kind
from ..models import Activity
from . import forms, grid, interest, notes, pitching, snapshots, steps
from .own import lead, own


def _on(name, verb, *, told=False):
    """`verb` for the row that the form's field `name` found; with `told` it also gets who is signed in."""

    def do(form, *, by, member):
        data = dict(form.cleaned_data)
        more = {"member": member} if told else {}
        return verb(data.pop(name), by=by, **data, **more)

    return do


def _room_dots(form, *, by, member):
    interest.set_room_dots(form.cleaned_data["activity"], by=by, member=member, numbers=form.numbers())


ACTS = {
    "session-pitch": Act(forms.PitchForm, _on("activity", pitching.pitch), _("Your session is on the list.")),
    "session-edit": Act(forms.EditForm, _on("session", pitching.edit, told=True), _("Saved.")),
    "session-withdraw": Act(forms.SessionForm, _on("session", pitching.withdraw, told=True)),
    "session-back": Act(forms.WithdrawnForm, _on("session", pitching.bring_back, told=True)),
    "session-dot": Act(forms.OnForm, _on("session", interest.set_dot)),
    "session-star": Act(forms.OnForm, _on("session", interest.set_star)),
    "session-dots-room": Act(forms.RoomDotsForm, _room_dots, _("The dots are saved.")),
    # The grid
    "session-go": Act(forms.GoForm, _on("activity", grid.go)),
    "session-rooms": Act(forms.RoomsForm, _on("activity", grid.add_rooms, told=True)),
    "session-room-rename": Act(forms.RenameRoomForm, _on("room", grid.rename_room, told=True)),
    "session-room-remove": Act(forms.RoomForm, _on("room", grid.remove_room, told=True)),
    "session-slot": Act(forms.SlotForm, _on("activity", grid.add_slot, told=True)),
    "session-slot-move": Act(forms.MoveSlotForm, _on("slot", grid.move_slot, told=True)),
    "session-slot-remove": Act(forms.OneSlotForm, _on("slot", grid.remove_slot, told=True)),
    "session-place": Act(forms.PlaceForm, _on("session", grid.place, told=True)),
    # What came of it
    "session-note": Act(forms.NoteForm, _on("session", notes.note)),
    "session-note-hide": Act(forms.NoteRowForm, _on("note", notes.hide, told=True)),
    "session-note-remove": Act(forms.NoteRowForm, _on("note", notes.remove)),
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
    )
)
