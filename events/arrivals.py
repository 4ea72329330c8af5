"""What a member asked for as a guest becomes theirs when they sign in."""

from chapter.arrivals import on_arrival

from . import proposals, rsvps


@on_arrival
def adopt(member):
    rsvps.adopt_guest_rsvps(member=member)


@on_arrival
def adopt_proposals(member):
    proposals.adopt_guest_proposals(member=member)
