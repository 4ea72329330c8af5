"""What a member pledged as a guest becomes theirs when they sign in."""

from chapter.arrivals import on_arrival

from . import pledges


@on_arrival
def adopt(member):
    pledges.adopt_guest_pledges(member)
