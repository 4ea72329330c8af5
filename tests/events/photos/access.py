"""Who gets what of an event's photos: the shown ones everybody, the rest its hosts and organisers."""

from tests.factories import make_event, make_photo

EVERYBODY = dict.fromkeys(("anonymous", "member", "other", "organiser"), 200)
NOBODY = dict.fromkeys(EVERYBODY, 404)
HOSTS = {"anonymous": 302, "member": 200, "other": 404, "organiser": 200}
HOSTS_GONE = {**HOSTS, "member": 404, "organiser": 404}
ORGANISERS = {"anonymous": 302, "member": 403, "other": 403, "organiser": 200}


def hosted(owner, **fields):
    """A photo of an event that this member hosts, and nobody else."""
    photo = make_photo(**fields)
    photo.event.hosts.add(owner)
    return {"slug": photo.event.slug, "pk": photo.pk}


def the_event(owner):
    return {"slug": hosted(owner)["slug"]}


def waiting(owner):
    return hosted(owner, is_described=False)


def taken_out(owner):
    return hosted(owner, hidden=True)


def key_of(make):
    return lambda owner: {"pk": make(owner)["pk"]}


def a_draft(owner):
    return {"slug": make_event(state="draft").slug}


PHOTO_ROWS = [
    ("event_photos", the_event, EVERYBODY),
    ("event_photos", a_draft, {**NOBODY, "organiser": 200}),
    ("event_photo", hosted, EVERYBODY),
    ("event_photo", waiting, NOBODY),
    ("event_photo", taken_out, NOBODY),
    ("photo_take_out", key_of(hosted), EVERYBODY),
    ("photo_take_out", key_of(waiting), NOBODY),
    ("photo_take_out", key_of(taken_out), NOBODY),
    ("photo_gone", the_event, EVERYBODY),
    ("photos_add", the_event, HOSTS),
    ("photo_edit", waiting, HOSTS),
    ("photo_edit", taken_out, {**HOSTS, "member": 302, "organiser": 302}),
    ("photo_move", hosted, {**HOSTS, "member": 405, "organiser": 405}),
    ("photo_delete", waiting, HOSTS),
    ("photo_decide", taken_out, HOSTS),
    ("photo_decide", hosted, HOSTS_GONE),
    ("photos_taken_out", {}, ORGANISERS),
]
