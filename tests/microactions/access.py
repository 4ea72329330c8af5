"""Who gets what at the addresses of microactions/, on GET."""

from tests.factories import make_microaction


def a_public_one():
    return {"pk": make_microaction().pk}


def a_private_one():
    return {"pk": make_microaction(visibility="me").pk}


def a_token():
    return {"token": make_microaction(visibility="me").token}


def everyone(status):
    return dict.fromkeys(("anonymous", "member", "other", "organiser"), status)


ROWS = [
    ("wall", {}, everyone(200)),
    ("wall_feed", {}, everyone(200)),
    ("microaction", a_public_one, everyone(200)),
    ("microaction", a_private_one, everyone(404)),
    ("microaction_cheer", a_public_one, everyone(405)),
    ("pledge", {}, everyone(200)),
    ("pledge_sent", {}, everyone(200)),
    ("microaction_manage", a_token, everyone(200)),
    ("microaction_stop", a_token, everyone(200)),
    ("microactions_waiting", {}, {"anonymous": 302, "member": 403, "other": 403, "organiser": 200}),
    ("microaction_review", a_public_one, {"anonymous": 302, "member": 403, "other": 403, "organiser": 405}),
]
