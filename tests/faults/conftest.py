"""The fault tests kill real processes, so they run only when they are asked for: `make test-faults`.

FAULTS=short is the form that CI runs: less load, fewer kills, and a clock that is moved rather than waited for.
FAULTS=full waits for real: ten minutes without a mail server, and the retries after them.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.post_office import PostOffice
from tests.faults.site import Site

FORM = os.environ.get("FAULTS", "")
collect_ignore_glob = [] if FORM in {"short", "full"} else ["*test_*.py"]


@pytest.fixture(scope="session")
def is_full():
    return FORM == "full"


@pytest.fixture(scope="session")
def post_office():
    office = PostOffice()
    office.open()
    yield office
    office.close()


@pytest.fixture(scope="session")
def site(post_office):
    """A site with a database, a media folder, a web server and a worker of its own. It outlives whatever is killed.

    The folder is no `tmp_path`: PostgreSQL may run as another user than the tests, who could not look into that.
    """
    yield from _site(post_office)


@pytest.fixture(scope="module")
def own_site(post_office):
    """Another one, for what leaves rows behind that nobody could have made."""
    yield from _site(post_office)


def _site(post_office):
    with TemporaryDirectory(prefix="site-") as folder:
        Path(folder).chmod(0o755)
        with Site(Path(folder), mail_port=post_office.port) as made:
            yield made
