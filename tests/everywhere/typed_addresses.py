"""Every form into which somebody types an address that nobody has confirmed: where it is sent, and with what."""

from uuid import uuid4

from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from microactions import makkers
from tests.chapter.accounts.sign_in import arrive
from tests.everywhere.hostile import _guest_comment, _guest_pledge, _guest_proposal, _guest_rsvp
from tests.factories import make_board, make_event, make_member, make_microaction, make_organiser, make_post


def _rsvp(n):
    return reverse("rsvp_create", args=[make_event().slug]), _guest_rsvp(None)


def _makker(n):
    made = makkers.invite(make_microaction(visibility="me"))
    return reverse("makker_invited", args=[makkers.invitation_key(made)]), _guest_rsvp(None)


def _address(n):
    token = make_microaction(member=None, email="").token
    return reverse("microaction_manage", args=[token]), {"action": "address"}


def _board(n):
    board = make_board(phase="microaction")
    fields = {**_guest_pledge(None), "client_id": str(uuid4()), "visibility": "me"}
    return f"/nb/board/{board.code}/do/pledge/", fields


def _comment(n):
    return reverse("comment_create", args=[make_post().pk]), _guest_comment(None)


FORMS = {
    "change of address": lambda n: (reverse("account_email"), {"action_add": "1"}),
    "another address while signing up": lambda n: (reverse("account_email_verification_sent"), {"action": "change"}),
    "board": _board,
    "sign in": lambda n: (reverse("account_login"), {}),
    "sign up": lambda n: (reverse("account_signup"), {"name": "Kari"}),
    "guest's RSVP": _rsvp,
    "added by an organiser": lambda n: (reverse("attendee_add", args=[make_event().slug]), {"name": "Kari"}),
    "proposal": lambda n: (reverse("propose"), _guest_proposal(None)),
    "comment": _comment,
    "pledge": lambda n: (reverse("pledge"), _guest_pledge(None)),
    "makker": _makker,
    "address added later": _address,
    "follow": lambda n: (reverse("follow"), _guest_rsvp(None)),
}


def opened(form, n, *, email, network="198.51.100"):
    """A client of its own that is about to send the form: `client.post(address, fields)`."""
    address, fields = FORMS[form](n)
    cache.clear()  # allauth's limits of one client address
    client = Client(REMOTE_ADDR=f"{network}.{n % 250}", headers={"origin": "http://testserver"})
    if form == "change of address":
        arrive(client, make_member())
    if form == "added by an organiser":
        arrive(client, make_organiser())
    if form == "another address while signing up":
        client.post(reverse("account_signup"), {"name": "Kari", "email": f"other{n}@example.org"})
    if form == "board":
        client.post(address.replace("do/pledge", "join"), {"nickname": "Kari"})
    return client, address, {**fields, "login" if form == "sign in" else "email": email}


def send(form, n, **typed):
    client, address, fields = opened(form, n, **typed)
    return client.post(address, fields)
