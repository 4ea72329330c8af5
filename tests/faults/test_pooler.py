"""The site behind pgbouncer in transaction mode: prepared twice at once, then used as always."""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from tests.faults.people import Person
from tests.faults.pooler import PROGRAM, Pooler
from tests.faults.site import ROOT, Site
from tests.faults.whole import is_delivered


@pytest.fixture
def pooled(post_office, is_full):
    """A site that has not begun yet, on an empty database."""
    if not (is_full and PROGRAM):
        pytest.skip("only in the full form, and where pgbouncer is installed")
    with TemporaryDirectory(prefix="site-") as folder:
        Path(folder).chmod(0o755)
        site = Site(Path(folder), mail_port=post_office.port)
        with Pooler(site.database, Path(folder) / "pooler") as pooler:
            site.environment["DATABASE_URL"] = pooler.url
            yield site


def test_a_site_behind_a_pooler(pooled):
    assert _prepared_twice_at_once(pooled) == [0, 0]
    with pooled as site:
        seeded = site.seed(people=2, capacity=1)
        for member in seeded["members"]:
            assert Person(site, member["session"]).sign_up(seeded["slug"])[0] == "acknowledged"
        site.wait_until(lambda: is_delivered(site), "the mails", seconds=60)
        assert _answer_while_locked(site) == 503


def _prepared_twice_at_once(site):
    command = [sys.executable, "manage.py", "prepare", "--verbosity", "0"]
    both = [subprocess.Popen(command, cwd=ROOT, env=site.environment) for _ in range(2)]
    return [process.wait(120) for process in both]


def _answer_while_locked(site):
    seeded = site.seed(people=1, capacity=1)
    with psycopg.connect(site.database.url) as other:
        other.execute("SELECT FROM events_event WHERE id = %s FOR UPDATE", [seeded["event"]])
        return Person(site, seeded["members"][0]["session"]).sign_up(seeded["slug"])[1].status
