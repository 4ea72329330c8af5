"""Sixteen readers who ask for one page again and again: by `wrk` where it is installed, otherwise by threads of Python."""

import http.client
import re
import shutil
import subprocess
import threading
import time
from typing import NamedTuple

READERS = 16
WRK = shutil.which("wrk")
GENERATOR = "wrk" if WRK else "Python threads, which slow the server down"
SECONDS_IN = {"us": 1e-6, "ms": 1e-3, "s": 1}
HEADERS = {"Accept-Encoding": "gzip"}


class Load(NamedTuple):
    per_second: float
    p99_ms: float
    slowest_ms: float
    failed: int


def ask(port, path, *, seconds) -> Load:
    return _wrk(port, path, seconds) if WRK else _threads(port, path, seconds)


def _wrk(port, path, seconds):
    command = [WRK, "-t2", f"-c{READERS}", f"-d{seconds}s", "--latency", "--timeout", "30s"]
    for name, value in HEADERS.items():
        command += ["-H", f"{name}: {value}"]
    said = subprocess.run(  # noqa: S603
        [*command, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, check=True
    ).stdout
    return parsed(said)


def parsed(said) -> Load:
    """What `wrk --latency` said."""
    # Answers that say no, and lines that broke: "connect 0, read 0, write 0, timeout 5".
    failed = sum(map(int, re.findall(r"(?:responses:|connect|read|write|timeout) (\d+)", said)))
    slowest = re.search(r"Latency\s+\S+\s+\S+\s+(\S+)", said)[1]
    # At the beginning of its line: another share may end in 99 %, too.
    p99 = re.search(r"^\s*99%\s+(\S+)", said, re.MULTILINE)[1]
    return Load(float(re.search(r"Requests/sec:\s+(\S+)", said)[1]), _ms(p99), _ms(slowest), failed)


def _ms(text):
    number, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(number) * SECONDS_IN[unit] * 1000


def _threads(port, path, seconds):
    took, failed, until = [], [], time.monotonic() + seconds

    def read():
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while (began := time.monotonic()) < until:
            line.request("GET", path, headers=HEADERS)
            answer = line.getresponse()
            answer.read()
            took.append(time.monotonic() - began)
            if answer.status >= 400:
                failed.append(answer.status)
        line.close()

    threads = [threading.Thread(target=read) for _ in range(READERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ordered = sorted(took)
    return Load(len(took) / seconds, ordered[len(ordered) * 99 // 100] * 1000, ordered[-1] * 1000, len(failed))
