"""A site as it is deployed, on this machine, and somebody who reads it."""

import atexit
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import closing, nullcontext
from pathlib import Path
from urllib.parse import urlencode

from otg_site import postgres

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def temporary_site(*, within=None, **environment):
    """A demo chapter in a database and a folder that end with this process, where the settings find it.

    The database is started `within` a context.
    """
    folder = Path(tempfile.mkdtemp(prefix="bench"))
    # Runs after the database, which is started later, has stopped.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with within or nullcontext():
        url = postgres.start(data=folder / "db")
    # Before the first import of Django's settings.
    os.environ.update(
        SITE_MODE="demo",
        DATABASE_URL=url,
        MEDIA_ROOT=str(folder / "media"),
        HOST="127.0.0.1",
        **environment,
    )
    from otg_site.demo.run import prepare

    print("Preparing a site …", flush=True)
    prepare()


class Gunicorn:
    """A server as it is deployed, while the block runs."""

    def __init__(self, config, application, port, **environment):
        self.port, self.environment = port, environment
        self.command = [
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            f"python:{config}",
            "--log-level",
            "warning",
            application,
        ]

    def __enter__(self):
        environment = {**os.environ, "PORT": str(self.port), **self.environment}
        self.process = subprocess.Popen(self.command, cwd=ROOT, env=environment)  # noqa: S603
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                sys.exit("A server did not start; the lines above say why.")
            time.sleep(0.1)
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def _answers(self):
        try:
            return Browser(self.port).get("/healthz")
        except OSError:
            return False

    def megabytes(self):
        """Of its processes; what they share, which is all that is loaded before they are forked, counts once."""
        listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True)  # noqa: S607
        rows = [list(map(int, line.split())) for line in listing.stdout.splitlines()]
        return sum(memory_of(pid, rss) for pid, parent, rss in rows if self.process.pid in (pid, parent)) / 1024


def memory_of(pid, resident=0):
    """Kilobytes of a process, of what it shares its part (PSS); `resident` where only Linux could tell."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return resident
    return next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))


class Browser:
    """Somebody with a cookie. Each request has a connection of its own: gunicorn does not keep idle ones for long."""

    def __init__(self, port):
        self.port = port
        self.headers = {"Origin": f"http://127.0.0.1:{port}", "X-Board": "1"}
        self.cookies = {}

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, **fields):
        return self._ask("POST", path, urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method, path, body=None, headers=()):
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)) as connection:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            own = {"Cookie": cookie} if cookie else {}
            connection.request(method, path, body, {**self.headers, **own, **dict(headers)})
            answer = connection.getresponse()
            answer.read()
        for line in answer.headers.get_all("Set-Cookie", ()):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path} was answered with {answer.status}")
        return answer.status
