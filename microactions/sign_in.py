"""What a member pledged, or said yes to, as a guest becomes theirs when they sign in."""

from chapter.accounts import on_sign_in

from .makkers import actions as makkers
from .pledges import actions as pledges


@on_sign_in
def adopt(member):
    pledges.adopt_guest_pledges(member)
    makkers.adopt_guest_makkers(member)
