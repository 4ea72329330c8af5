"""How long each page takes with a thousand rows of each kind, and with the numbers of `bench.rows.BIG`.

Two databases in a temporary PostgreSQL, and a process for each, which opens a page without a server and without a store
of answers. They open it in turn, and the shortest time of each counts, since other work on the machine only adds.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from otg_site import postgres

from . import rows

ROOT = Path(__file__).resolve().parent.parent
GOAL_TIMES, GOAL_MS = 1.5, 300
# A page whose sums are kept for a minute, opened by somebody who has just posted. It has the second goal alone.
ANEW = ", added up anew"
# More, up to the second number, where a goal seems to be missed.
ROUNDS, MOST_ROUNDS = 10, 40
HOST = "localhost"


def measure(*, short, data=None):
    """Rows of the report, one for each page. The databases in the folder `data` are kept; by default they are not."""
    sizes = {"small": rows.SMALL, "big": _tenth(rows.BIG) if short else rows.BIG}
    with tempfile.TemporaryDirectory(prefix="growth", ignore_cleanup_errors=True) as folder:
        url = postgres.start(data=data or Path(folder) / "db")
        small, big = (Opener(_database(url, name), size) for name, size in sizes.items())
        with small, big:
            for page in big.pages:
                yield _in_turn(small, big, page, rounds=3 if short else ROUNDS)


def _tenth(size):
    return rows.Size(*(number // 10 for number in size[:-1]))


def _database(url, name):
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            server.execute(f"CREATE DATABASE {name}")
    return url.replace("/postgres?", f"/{name}?")


class Opener:
    """A process that opens pages of one database, which it makes where it is missing."""

    def __init__(self, url, size):
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "otg_site.settings",
            "SITE_MODE": "production",
            "SECRET_KEY": "only-for-a-benchmark-" * 3,
            "SITE_URL": f"http://{HOST}",
            "EMAIL_URL": "consolemail://",
            "MAIL_FROM": "chapter@example.org",
            "ORGANISERS_NEED_SECOND_FACTOR": "false",
            "DATABASE_URL": url,
            "LOG_LEVEL": "ERROR",
        }
        command = [sys.executable, "-m", "bench.growth", *map(str, size)]
        self.process = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.pages = self._answer()

    def opened(self, page):
        """(milliseconds, bytes)"""
        print(page, file=self.process.stdin, flush=True)
        return self._answer()

    def _answer(self):
        # Other lines are said by what makes the database.
        found = next((line for line in self.process.stdout if line.startswith("[")), None)
        return json.loads(found) if found else sys.exit("A page could not be opened; the lines above say why.")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


def _in_turn(small, big, page, *, rounds):
    # The first opening loads what is kept.
    for opener in (small, big):
        opener.opened(page)
    best = small.opened(page), big.opened(page)
    for number in range(1, MOST_ROUNDS):
        if number >= rounds and _row(page, *best)["met"]:
            break
        best = min(best[0], small.opened(page)), min(best[1], big.opened(page))
    return _row(page, *best)


def _row(page, small, big):
    (before, _bytes), (now, length) = small, big
    row = {"what": page, "small ms": before, "ms": now, "kB": round(length / 1000)}
    if page.endswith(ANEW):
        return {**row, "goal": f"≤ {GOAL_MS} ms", "met": now <= GOAL_MS}
    ratio = now / before
    goals = {"goal": f"≤ {GOAL_TIMES}, ≤ {GOAL_MS} ms", "met": ratio <= GOAL_TIMES and now <= GOAL_MS}
    return {**row, "ratio": ratio, **goals}


# In the process of an Opener: settings are read once in a process.


def _open_pages():
    parser = argparse.ArgumentParser()
    parser.add_argument("size", type=int, nargs=len(rows.Size._fields))
    _prepare(rows.Size(*parser.parse_args().size))
    pages = _pages()
    print(json.dumps(list(pages)), flush=True)
    for line in sys.stdin:
        print(json.dumps(_opened(*pages[line.strip()])), flush=True)


def _prepare(size):
    import django

    django.setup()
    from django.core.management import call_command

    from events.models import Event

    call_command("prepare", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if not Event.objects.exists():
        rows.fill(size)


def _pages():
    """{name: (client, path)}."""
    from django.test import Client
    from django.urls import reverse
    from django.utils import translation

    from bench import places
    from chapter.models import Member
    from chapter.page_cache.middleware import POSTED

    visitor, organiser = Client(SERVER_NAME=HOST), Client(SERVER_NAME=HOST)
    organiser.force_login(Member.objects.get(email="member1@example.org"))
    posting = Client(SERVER_NAME=HOST)
    posting.cookies.update(organiser.cookies)
    posting.cookies[POSTED] = "1"
    found = {}
    with translation.override("nb"):
        for name, args, query in places.everybody():
            found[_label(name, args, query)] = (visitor, reverse(name, args=args) + query)
        for name, args, query in places.organisers():
            found[f"organiser: {_label(name, args, query)}"] = (organiser, reverse(name, args=args) + query)
        found[f"organiser: event_figures{ANEW}"] = (posting, reverse("event_figures"))
    return found


def _label(name, args, query):
    # Keys and secret parts are others in each database.
    words = [arg for arg in args if str(arg).islower() and len(arg) < 32]
    return " ".join([name, *words, query]).strip()


def _opened(client, path):
    begin = time.perf_counter()
    answer = client.get(path)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    took = 1000 * (time.perf_counter() - begin)
    if answer.status_code != 200:
        sys.exit(f"{path} was answered with {answer.status_code}")
    return round(took, 1), len(content)


if __name__ == "__main__":
    _open_pages()
