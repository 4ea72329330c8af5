"""Who gets what at the addresses of microactions/, on GET."""

from microactions import makkers
from microactions.models import ProposedAddress
from tests.factories import make_event, make_makker, make_microaction


def public(owner):
    return {"pk": make_microaction(member=owner).pk}


def private(owner):
    return {"pk": make_microaction(member=owner, visibility="me").pk}


def token(owner):
    return {"token": make_microaction(member=owner, visibility="me").token}


def makker_token(owner):
    return {"token": make_makker(member=owner).token}


def unanswered(owner):
    return {"token": make_makker(status="invited").token}


def invitation(owner):
    return {"key": makkers.invitation_key(make_makker(status="invited"))}


def own_invitation(owner):
    return {"key": makkers.invitation_key(make_makker(microaction=make_microaction(member=owner), status="invited"))}


def others_microaction(owner):
    """Of another person, meant for the makker, who is `owner`."""
    return {"pk": make_makker(member=owner).microaction_id}


def only_mine_again(owner):
    return {"pk": make_makker(member=owner, microaction=make_microaction(visibility="me")).microaction_id}


def event(owner):
    return {"slug": make_event().slug}


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
    ("microaction", others_microaction, {**everyone(404), "member": 200}),
    ("microaction", only_mine_again, everyone(404)),
    ("makker_box", token, everyone(405)),
    ("microaction_meetup", token, everyone(405)),
    ("makker_sent", {}, everyone(200)),
    ("makker_invited", invitation, everyone(200)),
    ("makker_invited", own_invitation, everyone(200)),
    ("makker_invited", {"key": "1-ab"}, everyone(404)),
    ("makker", makker_token, everyone(200)),
    ("makker", unanswered, everyone(404)),
    ("makker_stop", makker_token, everyone(200)),
    ("event_origins", event, {"anonymous": 302, "member": 403, "other": 403, "organiser": 405}),
    ("microaction_ics", token, everyone(200)),
    ("microaction_address", proposed, everyone(200)),
    ("microactions_waiting", {}, {"anonymous": 302, "member": 403, "other": 403, "organiser": 200}),
    ("microaction_review", public, {"anonymous": 302, "member": 403, "other": 403, "organiser": 405}),
]
