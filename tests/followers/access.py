"""Who gets what under follow/. The page of a link in a mail is for whoever has the link; POST-only addresses say 405."""

from tests.factories import make_announcement, make_event, make_follower, make_series


def _everybody(status):
    return dict.fromkeys(("anonymous", "member", "other", "organiser"), status)


def _organisers(status=200):
    return {"anonymous": 302, "member": 403, "other": 403, "organiser": status}


def _token(owner):
    return {"token": make_follower().token}


def _slug(owner):
    return {"slug": make_event().slug}


def _meetup(owner):
    return {"kind": "meetup", "pk": make_event().pk}


FOLLOW_ROWS = [
    ("follow_short", {}, _everybody(302)),
    ("follow", {}, _everybody(200)),
    ("follow_as_member", {}, {**_everybody(405), "anonymous": 302}),
    ("following", _token, _everybody(200)),
    ("following", {"token": "nobody-has-this-token"}, _everybody(404)),
    ("follow_stop", _token, _everybody(200)),
    ("follow_stop", {"token": "nobody-has-this-token"}, _everybody(404)),
    ("follow_rsvp", lambda owner: {**_token(owner), **_slug(owner)}, _everybody(200)),
    ("follow_poster", {}, _everybody(200)),
    ("follow_slide", {}, _everybody(200)),
    ("follow_code", {}, _everybody(200)),
    ("followers", {}, _organisers()),
    ("announcement_stop", lambda owner: {"pk": make_announcement().pk}, _organisers(405)),
    ("tell", _meetup, _organisers()),
    ("tell_mail", _meetup, _organisers()),
    ("tell", {"kind": "nothing", "pk": 1}, _organisers(404)),
    ("series_tell", lambda owner: {"slug": make_series().slug}, _organisers(405)),
]
