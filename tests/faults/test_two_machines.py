"""Two machines as docs/several-machines.md has them: one database behind pgbouncer, pictures in a bucket."""

import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests import s3
from tests.faults.people import Person
from tests.faults.pooler import PROGRAM, Pooler
from tests.faults.site import ROOT, Site, free_port
from tests.pictures import encoded, plain

PICTURES = "/nb/organise/pictures/"
SHOWN = re.compile(r"/media/images/[\w.-]+")


@pytest.fixture(scope="module")
def site(post_office):
    if not (PROGRAM and s3.IS_THERE):
        pytest.skip("pgbouncer or moto is not installed: apt-get install pgbouncer, make test")
    with TemporaryDirectory(prefix="site-") as folder, s3.Server() as store:
        Path(folder).chmod(0o755)
        site = Site(Path(folder), mail_port=post_office.port)
        with Pooler(site.database, Path(folder) / "pooler") as pooler:
            # No notice passes a pooler.
            site.environment |= {"LISTEN_URL": site.database.url, "DATABASE_URL": pooler.url, **store.variables}
            with site:
                yield site


@pytest.fixture(scope="module")
def there(site):
    """The pages of the second machine."""
    with _other(site) as other:
        yield other


class Other:
    def __init__(self, site):
        self.url, self.port = site.url, free_port()

    def get(self, path, session=""):
        visitor = Person(self, session)
        # By the name that both machines have.
        visitor.headers["Host"] = self.url.removeprefix("http://")
        if not session:
            del visitor.headers["Cookie"]
        return visitor.get(path)


@contextmanager
def _other(site):
    other = Other(site)
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "python:otg_site.gunicorn",
        "--bind",
        f"127.0.0.1:{other.port}",
    ]
    process = subprocess.Popen([*command, "otg_site.wsgi"], cwd=ROOT, env=site.environment)
    site.wait_until(lambda: site.status("/healthz", port=other.port) == 200, "the other machine")
    yield other
    process.terminate()
    process.wait(30)


def test_what_is_done_on_one_machine_is_seen_on_the_other(site, there):
    seeded = site.seed(people=1, capacity=1)
    session, path = seeded["members"][0]["session"], f"/nb/events/{seeded['slug']}/"
    site.wait_until(lambda: "ETag" in there.get(path).headers, "the other to keep the page")
    before = there.get(path).body
    assert Person(site, session).sign_up(seeded["slug"])[0] == "acknowledged"
    # The session, and the page that the other keeps for visitors.
    assert there.get("/nb/me/", session).status == 200
    site.wait_until(lambda: there.get(path).body != before, "the other's page to change")


def test_picture_that_one_machine_takes_is_shown_by_the_other(site, there):
    organiser = site.seed(people=1, capacity=1)["organiser"]
    picture = ("picture", encoded(plain(size=(640, 480)), "PNG"))
    assert Person(site, organiser).send(PICTURES, file=picture, fields={"alt": "A board"}).status == 302
    address = SHOWN.search(there.get(PICTURES, organiser).body)[0]
    assert site.status(address, port=there.port) == 200
    assert list(site.media.rglob("*.webp")) == []
