"""A site as it is deployed, on this machine, and somebody who reads it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 60


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


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
        # Resident memory of the master and its workers.
        listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,rss="], capture_output=True, text=True, check=True)  # noqa: S607
        rows = [list(map(int, line.split())) for line in listing.stdout.splitlines()]
        return sum(rss for pid, parent, rss in rows if self.process.pid in (pid, parent)) / 1024


class Browser:
    """Somebody with a cookie. Each request has a connection of its own: gunicorn does not keep idle ones for long."""

    def __init__(self, port):
        self.port = port
        self.headers = {"Origin": f"http://127.0.0.1:{port}", "X-Board": "1"}

    def get(self, path):
        return self._ask("GET", path)

    def post(self, path, **fields):
        return self._ask("POST", path, urlencode(fields), {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method, path, body=None, headers=()):
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)) as connection:
            connection.request(method, path, body, {**self.headers, **dict(headers)})
            answer = connection.getresponse()
            answer.read()
        if cookie := answer.headers["Set-Cookie"]:
            self.headers["Cookie"] = cookie.partition(";")[0]
        if answer.status >= 400:
            raise RuntimeError(f"{method} {path} was answered with {answer.status}")
        return answer.status
