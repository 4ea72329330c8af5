"""The release before on the schema of this one: it answers while `deploy/release` migrates, and again after `deploy/rollback`.

Its code comes from git, with its own factories and forms; the database was made by the code here.
"""

import json
import re
import subprocess
import sys
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.everywhere.test_migrations import RELEASED, RELEASED_COMMIT
from tests.faults.people import CSRF
from tests.faults.site import ROOT, Site
from tests.faults.storm.generator import FORM, Sent, send
from tests.faults.whole import is_delivered

ROLES = ("visitor", "member", "other", "organiser")
SESSION = re.compile(r"session=\w+")
RSVP = "SELECT status FROM events_rsvp r JOIN events_event e ON e.id = r.event_id WHERE e.slug = %s AND email = %s"


def git(*arguments):
    return subprocess.run(["git", "-C", ROOT, *arguments], capture_output=True, check=False)


@pytest.fixture(scope="module")
def code():
    """The folder with the code of the release before."""
    if git("cat-file", "-e", f"{RELEASED_COMMIT}^{{commit}}").returncode:
        pytest.skip("the release before is not in this clone: git fetch --unshallow")
    with TemporaryDirectory(prefix="before-") as folder:
        subprocess.run(["tar", "-xC", folder], input=git("archive", RELEASED_COMMIT).stdout, check=True)
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def site(code, post_office):
    with TemporaryDirectory(prefix="site-") as folder:
        Path(folder).chmod(0o755)
        with Site(Path(folder), mail_port=post_office.port, code=code) as made:
            yield made


@pytest.fixture(scope="module")
def visits(site):
    return Visits(site)


class Visits:
    """Requests of that release's own suite; everybody comes from an address of their own."""

    def __init__(self, site):
        self.site, self._numbers = site, count(1)
        command = [sys.executable, "-m", "tests.faults.storm.seed", "1", "6"]
        made = subprocess.run(
            command, cwd=site.code, env=site.environment, check=True, timeout=180, capture_output=True
        )
        self.seeded = json.loads(made.stdout.splitlines()[-1])

    def ask(self, method, path, *, who="visitor", fields=None, cookie=""):
        number = next(self._numbers)
        sessions = self.seeded["sessions"].get(who)
        cookie = f"session={sessions[number % len(sessions)]}; csrftoken={CSRF}" if sessions else cookie
        head = {"Host": f"127.0.0.1:{self.site.port}", "Origin": self.site.url, "Connection": "close"}
        head |= {"X-Forwarded-For": f"10.1.{number // 250}.{number % 250}", "Content-Type": FORM, "Cookie": cookie}
        body = urlencode({"csrfmiddlewaretoken": CSRF, **fields}) if fields is not None else ""
        return send(Sent("visit", who, method, path, tuple(head.items()), body.encode()), self.site.port)

    def form(self, name, who="visitor"):
        """The first valid form of this name: its path and fields."""
        found = next(one for one in self.seeded["forms"] if (one["name"], one["who"]) == (name, who))
        return found["path"], found["fields"]


def test_the_commit_is_that_of_the_migrations(code):
    last = {path.parts[-3]: path.name[:4] for path in sorted(code.glob("*/migrations/0*.py"))}
    assert last == RELEASED


def test_every_address_answers_each_role(visits, is_full):
    broken = [
        (name, who, status)
        for name, path in visits.seeded["addresses"]
        for who in (ROLES if is_full else ROLES[::3])
        if not (status := visits.ask("GET", path, who=who).status) or status >= 500
    ]
    assert (broken, len(visits.seeded["addresses"]) > 150) == ([], True)


def test_what_people_do_most_is_stored(site, visits, post_office):
    path, fields = visits.form("rsvp_create")
    email = "first-guest@example.org"
    assert visits.ask("POST", path, fields={**fields, "email": email}).status == 302
    site.wait_until(lambda: email in post_office.links, "the mail to a guest")
    assert visits.ask("POST", post_office.links[email], fields={"action": "confirm"}).status == 302
    assert site.rows(RSVP, path.split("/")[3], email) == [("going",)]

    path, fields = visits.form("pledge")
    # Of all that the seed has made, the form offers the next few events alone.
    pledge = {**fields, "what": "Ask the night shift", "event": "", "wants_makker": ""}
    assert visits.ask("POST", path, fields=pledge).status == 302
    assert site.rows("SELECT count(*) FROM microactions_microaction WHERE what = 'Ask the night shift'") == [(1,)]


def test_a_note_at_a_board_is_stored(site, visits):
    path, fields = visits.form("board_join")
    joined = visits.ask("POST", path, fields=fields)
    cookie = joined.headers["Set-Cookie"].partition(";")[0]
    note = {"client_id": uuid4(), "text": "Who answers letters?"}
    board = path.removesuffix("join/")
    assert visits.ask("POST", f"{board}do/note/", fields=note, cookie=cookie).status < 400
    assert site.rows("SELECT count(*) FROM facilitation_topic WHERE text = 'Who answers letters?'") == [(1,)]


def test_a_code_signs_in(site, visits, post_office):
    ((email,),) = site.rows("SELECT email FROM chapter_member WHERE NOT is_organiser ORDER BY id LIMIT 1")
    asked = visits.ask("POST", "/nb/accounts/login/", fields={"login": email})
    site.wait_until(lambda: email in post_office.codes, "the code")
    cookie = SESSION.search(str(asked.headers))[0]
    typed = visits.ask("POST", asked.headers["Location"], fields={"code": post_office.codes[email]}, cookie=cookie)
    cookie = SESSION.search(str(typed.headers))[0]
    assert visits.ask("GET", "/nb/me/", cookie=cookie).status == 200


def test_every_form_is_taken(site, visits):
    """Last, since some of them sign out or delete."""
    broken = []
    for form in visits.seeded["forms"]:
        status = visits.ask("POST", form["path"], who=form["who"], fields=form["fields"]).status
        if not status or status >= 500:
            broken.append((form["name"], status))
    assert (broken, len(visits.seeded["forms"]) > 80) == ([], True)
    site.wait_until(lambda: is_delivered(site) or site.move_clock(), "the mails")
    assert "Traceback" not in (site.folder / "web.log").read_text("utf-8", "replace")
