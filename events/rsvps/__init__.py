"""RSVPs: who comes, who waits, and the mails about it."""

from .actions import NotOpen, cancel, change_capacity, fill_seats, remove, rsvp_as_guest, rsvp_as_member
from .box import rsvp_box
from .forms import GuestRsvpForm

__all__ = [
    "GuestRsvpForm",
    "NotOpen",
    "cancel",
    "change_capacity",
    "fill_seats",
    "remove",
    "rsvp_as_guest",
    "rsvp_as_member",
    "rsvp_box",
]
