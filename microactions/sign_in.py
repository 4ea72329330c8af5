"""What a member pledged, or said yes to, as a guest becomes theirs when they sign in."""

from chapter.accounts import on_sign_in

from . import makkers, pledges


@on_sign_in
def adopt_guest_rows(member):
    # One transaction, and pledges first: nobody becomes the makker of a pledge that turns out to be their own.
    pledges.adopt_guest_rows(member)
    makkers.adopt_guest_rows(member)
