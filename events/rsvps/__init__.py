"""RSVPs: who comes, who waits, and the mails about it."""

from .actions import (
    AlreadyListed,
    NotOpen,
    SeatGone,
    add,
    adopt_guest_rows,
    cancel,
    change_capacity,
    claim,
    confirm,
    end_holds,
    expire_pending,
    fill_all,
    fill_seats,
    rejoin,
    remove,
    rsvp_as_guest,
    rsvp_as_member,
    rsvp_as_reader,
)
from .box import rsvp_box
from .browser import forget_guest, remember, remember_asked, rsvp_of
from .forms import AddForm, GuestRsvpForm, ShownToForm
from .lookups import free_seats

__all__ = [
    "AddForm",
    "AlreadyListed",
    "GuestRsvpForm",
    "NotOpen",
    "SeatGone",
    "ShownToForm",
    "add",
    "adopt_guest_rows",
    "cancel",
    "change_capacity",
    "claim",
    "confirm",
    "end_holds",
    "expire_pending",
    "fill_all",
    "fill_seats",
    "forget_guest",
    "free_seats",
    "rejoin",
    "remember",
    "remember_asked",
    "remove",
    "rsvp_as_guest",
    "rsvp_as_member",
    "rsvp_as_reader",
    "rsvp_box",
    "rsvp_of",
]
