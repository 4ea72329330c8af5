"""A control group of Linux, of either version, that kills what exceeds its memory; and who takes how much of it."""

import atexit
import os
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path

from ..server import memory_of

GROUPS = Path("/sys/fs/cgroup")


class Group:
    """A control group, of either version, with a limit."""

    def __init__(self, megabytes):
        old = (GROUPS / "memory").is_dir()
        self.folder = (GROUPS / "memory" if old else GROUPS) / f"otg-{os.getpid()}"
        self.folder.mkdir()
        (self.folder / ("memory.limit_in_bytes" if old else "memory.max")).write_text(str(megabytes * 2**20))
        self._kills, self._key = ("memory.oom_control" if old else "memory.events"), "oom_kill"
        self._home = Path("/proc/self/cgroup").read_text()
        self._root = GROUPS / "memory" if old else GROUPS
        self._old = old
        # Registered before those who end what is in it, so that it comes after them.
        atexit.register(self._remove)

    @contextmanager
    def entered(self):
        """What is started meanwhile is in the group; we leave it again."""
        (self.folder / "cgroup.procs").write_text(str(os.getpid()))
        try:
            yield
        finally:
            line = next(one for one in self._home.splitlines() if (":memory:" in one) == self._old)
            (self._root / line.rpartition(":")[2].strip("/") / "cgroup.procs").write_text(str(os.getpid()))

    def processes(self):
        return [int(pid) for pid in (self.folder / "cgroup.procs").read_text().split()]

    def kills(self):
        lines = (line.split() for line in (self.folder / self._kills).read_text().splitlines())
        return next(int(value) for name, value in lines if name == self._key)

    def peak_megabytes(self):
        """With the files that the kernel keeps, and would give up, in memory."""
        name = "memory.max_usage_in_bytes" if self._old else "memory.peak"
        return int((self.folder / name).read_text()) / 2**20

    def _remove(self):
        with suppress(OSError):
            self.folder.rmdir()


def pss(group):
    """Megabytes by service."""
    found = Counter()
    for pid in group.processes():
        with suppress(OSError):
            command = Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
            found[_service(command)] += memory_of(pid) / 1024
    return found


def _service(command):
    names = {"gunicorn_live": "live", "otg_site.gunicorn": "web", "procrastinate": "worker", "caddy": "caddy"}
    return next((name for word, name in names.items() if word in command), "db")
