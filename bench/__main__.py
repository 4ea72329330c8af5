"""How fast the site is: `make bench`. Everything runs on this machine, with a temporary database, and ends by itself.

Prints one table, and writes it to var/bench.json; the exit code is 1 where a goal is missed. `--short` takes two minutes
instead of ten. See docs/performance.md.
"""

import argparse
import atexit
import json
import os
import platform
import shutil
import signal
import sys
import tempfile
from pathlib import Path

from otg_site import postgres

from . import load
from .server import ROOT, free_port

TARGET = ROOT / "var" / "bench.json"
COLUMNS = ("per second", "ratio", "p99 ms", "slowest ms", "failed", "goal")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--only", choices=["pages", "hot", "arrivals"])
    options = parser.parse_args()
    port = _site()
    about = {"processors": os.cpu_count(), "python": platform.python_version(), "load by": load.GENERATOR}
    print(", ".join(f"{name}: {value}" for name, value in about.items()), flush=True)
    rows = []
    for row in _all(port, options):
        rows.append(row)
        print(_line(row), flush=True)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps({**about, "rows": rows}, indent=1, ensure_ascii=False))
    return 0 if all(row.get("met", True) for row in rows) else 1


def _site():
    """A demo chapter with production's settings where they cost time; the port of its pages."""
    folder, port = Path(tempfile.mkdtemp(prefix="bench")), free_port()
    # Runs after the database, which is started later, has stopped.
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    # Before the first import of Django's settings.
    os.environ.update(
        SITE_MODE="demo",
        DATABASE_URL=postgres.start(data=folder / "db"),
        MEDIA_ROOT=str(folder / "media"),
        HOST="127.0.0.1",
        SITE_URL=f"http://127.0.0.1:{port}",
        LOG_LEVEL="ERROR",
    )
    from otg_site.demo.run import prepare

    prepare()
    return port


def _all(port, options):
    from . import arrivals, hot_event, pages

    if options.only in (None, "pages"):
        yield from pages.measure(port, long=not options.short)
    if options.only in (None, "arrivals"):
        yield from arrivals.measure(port, seconds=20 if options.short else 60)
    if options.only in (None, "hot"):
        yield from hot_event.measure()


def _line(row):
    cells = [f"{row[name]:.3f}" if name == "ratio" and name in row else _cell(row.get(name, "")) for name in COLUMNS]
    verdict = {True: "met", False: "MISSED", None: ""}[row.get("met")]
    return f"{row['what']:66}" + "".join(f"{cell:>12}" for cell in cells[:-1]) + f"  {cells[-1]:18}{verdict}"


def _cell(value):
    return f"{value:.0f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    sys.exit(main())
