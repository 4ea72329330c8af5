"""How long each page takes with a thousand rows of each kind, and with the numbers of `bench.rows.BIG`.

`python -m bench.growth` makes two databases in a temporary PostgreSQL and opens every page in its own process, without
a server and without a store of answers: the shortest of five, since other work on the machine only adds. Prints a
table; the exit code is 1 where a page takes more than 1.5 times as long, or 300 ms.
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

ROOT = Path(__file__).resolve().parent.parent
TIMES, GOAL_TIMES, GOAL_MS = 5, 1.5, 300
HOST = "localhost"


def main():
    options = _arguments()
    if options.size:
        return _measure(options)
    with tempfile.TemporaryDirectory(prefix="growth", ignore_cleanup_errors=True) as folder:
        url = postgres.start(data=options.data or Path(folder) / "db")
        found = {size: _measured(url, size) for size in ("small", "big")}
    return _report(found)


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, help="a folder for the database, which is kept")
    # How this program calls itself: settings are read once in a process.
    parser.add_argument("--size", choices=["small", "big"], help=argparse.SUPPRESS)
    return parser.parse_args()


def _measured(url, size):
    """{page: [milliseconds, bytes]} of a database of that size, made where it is missing."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "otg_site.settings",
        "SITE_MODE": "production",
        "SECRET_KEY": "only-for-a-benchmark-" * 3,
        "SITE_URL": f"http://{HOST}",
        "EMAIL_URL": "consolemail://",
        "MAIL_FROM": "chapter@example.org",
        "ORGANISERS_NEED_SECOND_FACTOR": "false",
        "DATABASE_URL": _database(url, size),
        "LOG_LEVEL": "ERROR",
    }
    command = [sys.executable, "-m", "bench.growth", "--size", size]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True)  # noqa: S603
    return json.loads(done.stdout.splitlines()[-1])


def _database(url, size):
    import psycopg

    with psycopg.connect(url, autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [size]).fetchone():
            server.execute(f"CREATE DATABASE {size}")
    return url.replace("/postgres?", f"/{size}?")


def _measure(options):
    import django

    django.setup()
    from django.core.management import call_command

    from bench import rows
    from events.models import Event

    call_command("prepare", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    if not Event.objects.exists():
        rows.fill({"small": rows.SMALL, "big": rows.BIG}[options.size])
    print(json.dumps({name: _taken(client, path) for name, (client, path) in _pages().items()}))
    return 0


def _pages():
    """{name: (client, path)}."""
    from django.test import Client
    from django.urls import reverse
    from django.utils import translation

    from bench import places
    from chapter.models import Member

    visitor, organiser = Client(SERVER_NAME=HOST), Client(SERVER_NAME=HOST)
    organiser.force_login(Member.objects.get(email="member1@example.org"))
    found = {}
    with translation.override("nb"):
        for name, args, query in places.everybody():
            found[_label(name, args, query)] = (visitor, reverse(name, args=args) + query)
        for name, args, query in places.organisers():
            found[f"organiser: {_label(name, args, query)}"] = (organiser, reverse(name, args=args) + query)
    return found


def _label(name, args, query):
    # Keys and secret parts are others in each database.
    words = [arg for arg in args if str(arg).islower() and len(arg) < 32]
    return " ".join([name, *words, query]).strip()


def _taken(client, path):
    took = []
    for _ in range(TIMES + 1):
        begin = time.perf_counter()
        answer = client.get(path)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        took.append(1000 * (time.perf_counter() - begin))
        if answer.status_code != 200:
            print(f"{path} was answered with {answer.status_code}", file=sys.stderr)
    return round(min(took[1:]), 1), len(content)


def _report(found):
    print(f"{'page':46} {'small':>8} {'big':>8} {'times':>6} {'kB':>6}")
    too_slow = 0
    for name, (big, size) in found["big"].items():
        small, _size = found["small"][name]
        is_slow = big > GOAL_MS or big > GOAL_TIMES * small
        too_slow += is_slow
        print(f"{name:46} {small:8.1f} {big:8.1f} {big / small:6.2f} {size / 1000:6.0f}{' !' if is_slow else ''}")
    return 1 if too_slow else 0


if __name__ == "__main__":
    sys.exit(main())
