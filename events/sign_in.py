"""What a member asked for as a guest becomes theirs when they sign in."""

from chapter.accounts import on_sign_in

from .proposals import actions as proposals
from .rsvps import actions as rsvps


@on_sign_in
def adopt(member):
    rsvps.adopt_guest_rsvps(member=member)


@on_sign_in
def adopt_proposals(member):
    proposals.adopt_guest_proposals(member=member)
