"""A real gunicorn on the test database, as its own process: for what only shows under the server that people use."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from urllib.parse import urlsplit

from django.db import connection

PATIENCE_SECONDS = 30


class LiveServer:
    """`with LiveServer() as server:`; it is stopped by its own process group, and can be killed and started anew."""

    def __init__(
        self, *, config="otg_site.gunicorn_live", application="tests.live_asgi", options=(), environment=None
    ):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.command = [
            sys.executable,
            "-m",
            "gunicorn",
            "-c",
            f"python:{config}",
            "--log-level",
            "warning",
            *options,
            application,
        ]
        self.environment = environment or {}
        # What the server said, for tests that read it; otherwise it goes where the tests' own output goes.
        self.log = None
        self.process = None

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.kill()

    def start(self):
        address = {"HOST": "127.0.0.1", "PORT": str(self.port), "DATABASE_URL": test_database_url()}
        environment = {**os.environ, **address, **self.environment}
        output = {"stdout": self.log, "stderr": self.log} if self.log else {}
        self.process = subprocess.Popen(self.command, env=environment, start_new_session=True, **output)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            assert self.process.poll() is None and time.monotonic() < deadline, "the server did not start"
            time.sleep(0.05)

    def kill(self):
        """At once and without a goodbye, workers and all."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def _answers(self):
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):
                return True
        except OSError:
            return False


def test_database_url():
    """The address of the database that the tests use, rather than of the one that they started from."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


test_database_url.__test__ = False
