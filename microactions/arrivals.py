"""What a member pledged, or said yes to, as a guest becomes theirs when they sign in."""

from chapter.arrivals import on_arrival

from . import makkers, pledges


@on_arrival
def adopt(member):
    pledges.adopt_guest_pledges(member)
    makkers.adopt_guest_makkers(member)
