"""Working out dates in a process of its own (`dates.py`), with an end to its time and its memory."""

import json
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("dates.py")
SECONDS = 30


class Overrun(Exception):
    """The process came to an end of its time or memory."""


def dates_of(series: list[dict], *, after, before) -> list:
    """For each series `[[part, start, end, recurrence]]`, or a text that says why not. Raises Overrun; a third of a second."""
    asked = {"series": series, "after": after.isoformat(), "before": before.isoformat()}
    # -I: nothing of this folder or of the environment is imported there.
    command = [sys.executable, "-I", "-X", "utf8", str(SCRIPT)]
    try:
        done = subprocess.run(command, input=json.dumps(asked).encode(), capture_output=True, timeout=SECONDS)  # noqa: S603
        return json.loads(done.stdout) if done.returncode == 0 else _overrun(done)
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise Overrun from error


def _overrun(done):
    raise Overrun(f"code {done.returncode}")
