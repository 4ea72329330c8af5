"""A server that speaks S3, in a process of its own, so that it can be ended."""

import http.client
import os
import subprocess
import sys
import time
from contextlib import closing, suppress
from importlib.util import find_spec

from tests.faults.site import free_port

IS_THERE = bool(find_spec("moto") and find_spec("storages"))
BUCKET = "chapter"
PATIENCE_SECONDS = 30


class Server:
    """`with Server() as server:`; its one bucket is empty. Any key opens it."""

    def __init__(self):
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"
        self.options = {"bucket_name": BUCKET, "endpoint_url": self.endpoint, "region_name": "eu-north-1"}
        self.options |= {"access_key": "key", "secret_key": "secret"}
        self.variables = {"S3_BUCKET": BUCKET, "S3_ENDPOINT": self.endpoint, "S3_REGION": "eu-north-1"}
        self.variables |= {"S3_ACCESS_KEY": "key", "S3_SECRET_KEY": "secret"}

    def __enter__(self):
        command = [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(self.port)]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self._process = subprocess.Popen(command, env={**os.environ, "PYTHONWARNINGS": "ignore"}, **quiet)
        ends = time.monotonic() + PATIENCE_SECONDS
        while not self._answers() and time.monotonic() < ends:
            time.sleep(0.1)
        self.empty()
        return self

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(15)

    def empty(self):
        self._ask("POST", "/moto-api/reset")
        self._ask("PUT", f"/{BUCKET}")

    def _answers(self):
        with suppress(OSError):
            return self._ask("GET", "/moto-api/data.json") == 200

    def _ask(self, method, path):
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request(method, path, headers={"Host": f"127.0.0.1:{self.port}"})
            return connection.getresponse().status
