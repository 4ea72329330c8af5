"""What a member asked for as a guest becomes theirs when they sign in."""

from chapter.accounts import on_sign_in

from .proposals import actions as proposals
from .rsvps import actions as rsvps

on_sign_in(rsvps.adopt_guest_rows)
on_sign_in(proposals.adopt_guest_rows)
