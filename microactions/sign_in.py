"""What a member pledged, or said yes to, as a guest becomes theirs when they sign in."""

from chapter.accounts import on_sign_in

from .makkers import actions as makkers
from .pledges import actions as pledges


@on_sign_in
def adopt_guest_rows(member):
    # In one transaction and in this order: nobody becomes the makker of a pledge that is theirs as well.
    pledges.adopt_guest_rows(member)
    makkers.adopt_guest_rows(member)
