"""Who gets what at the addresses of microactions/, on GET."""

from microactions.models import ProposedAddress
from tests.factories import make_microaction


def public(owner):
    return {"pk": make_microaction(member=owner).pk}


def private(owner):
    return {"pk": make_microaction(member=owner, visibility="me").pk}


def token(owner):
    return {"token": make_microaction(member=owner, visibility="me").token}


def proposed(owner):
    made = make_microaction(member=None, email="")
    return {"token": ProposedAddress.objects.create(microaction=made, email="kari@example.org").token}


def everyone(status):
    return dict.fromkeys(("anonymous", "member", "other", "organiser"), status)


ROWS = [
    ("wall", {}, everyone(200)),
    ("wall_feed", {}, everyone(200)),
    ("microaction", public, everyone(200)),
    ("microaction", private, {**everyone(404), "member": 200}),
    ("microaction_cheer", public, everyone(405)),
    ("pledge", {}, everyone(200)),
    ("idea_bank", {}, everyone(200)),
    ("pledge_sent", {}, everyone(200)),
    ("microaction_manage", token, everyone(200)),
    ("microaction_stop", token, everyone(200)),
    ("microaction_ics", token, everyone(200)),
    ("microaction_address", proposed, everyone(200)),
    ("microactions_waiting", {}, {"anonymous": 302, "member": 403, "other": 403, "organiser": 200}),
    ("microaction_review", public, {"anonymous": 302, "member": 403, "other": 403, "organiser": 405}),
]
