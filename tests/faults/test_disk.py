"""The disk is full: an upload is answered with a message beside its field, and leaves neither row nor file."""

import subprocess
from io import BytesIO

import pytest
from PIL import Image

from tests.faults.people import Person

SMALL = "200k"


@pytest.fixture
def full_disk(site):
    """A media folder on a disk of its own with hardly any room, where this machine lets us make one."""
    site.media.mkdir(exist_ok=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "none", site.media], capture_output=True)
    if mounted.returncode:
        pytest.skip("making a small disk needs the rights of root")
    yield site.media
    subprocess.run(["umount", site.media], check=True)


def test_an_upload_to_a_full_disk_leaves_nothing(site, full_disk):
    organiser = Person(site, site.seed(people=1, capacity=1)["organiser"])
    before = site.rows("SELECT count(*) FROM chapter_image")
    answer = organiser.send("/nb/organise/pictures/", file=("picture", _noise()), fields={"alt": "Støy"})
    left = [path for path in full_disk.rglob("*") if path.is_file()]
    assert (answer.status, site.rows("SELECT count(*) FROM chapter_image"), left) == (200, before, [])
    assert ("Vi kunne ikke lagre bildet akkurat nå" in answer.body, "Støy" in answer.body) == (True, True)


def test_photos_of_an_event_on_a_full_disk_leave_nothing(site, full_disk):
    seeded = site.seed(people=1, capacity=1)
    address = f"/nb/events/{seeded['slug']}/photos/add/"
    answer = Person(site, seeded["organiser"]).send(
        address, file=("photos", _noise()), fields={"credit": "Foto Graf"}
    )
    rows = site.rows("SELECT count(*) FROM events_photo") + site.rows("SELECT count(*) FROM chapter_image")
    left = [path for path in full_disk.rglob("*") if path.is_file()]
    assert (answer.status, rows, left) == (200, [(0,), (0,)], [])
    assert ("a.png: Vi kunne ikke lagre bildet akkurat nå" in answer.body, "Foto Graf" in answer.body) == (True, True)


def test_there_is_room_again(site, full_disk):
    organiser = Person(site, site.seed(people=1, capacity=1)["organiser"])
    filling = full_disk / "filling"
    filling.write_bytes(b"x" * 190_000)
    assert organiser.send("/nb/organise/pictures/", file=("picture", _noise()), fields={"alt": "Støy"}).status == 200
    filling.unlink()
    answer = organiser.send("/nb/organise/pictures/", file=("picture", _noise(side=100)), fields={"alt": "Støy"})
    assert (answer.status, len(list((full_disk / "images").iterdir()))) == (302, 1)


def _noise(*, side=900):
    """A picture that no encoder can make small."""
    buffer = BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()
