"""Sign-in hooks: attach a guest's rows to the member with the same verified address."""

from chapter.accounts import on_sign_in

from . import rsvps
from .proposals import actions as proposals

on_sign_in(rsvps.adopt_guest_rows)
on_sign_in(proposals.adopt_guest_rows)
