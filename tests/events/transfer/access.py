"""Who may bring in events from a file: organisers."""

from tests.factories import make_import_file

ORGANISERS = {"anonymous": 302, "member": 403, "other": 403, "organiser": 200}


def _file(owner):
    return {"pk": make_import_file().pk}


ROWS = [
    ("events_bring", {}, ORGANISERS),
    ("events_take", _file, {**ORGANISERS, "organiser": 405}),
]
