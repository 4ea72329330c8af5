"""Sign-in hooks: attach a guest's rows to the member with the same verified address."""

from chapter.accounts import on_sign_in

from .proposals import actions as proposals
from .rsvps import actions as rsvps

on_sign_in(rsvps.adopt_guest_rows)
on_sign_in(proposals.adopt_guest_rows)
