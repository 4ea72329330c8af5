"""How fast the site is: `make bench`. Everything runs on this machine, with a temporary database, and ends by itself.

Prints one table, and writes it to var/bench.json; the exit code is 1 where a goal is missed. `--short` takes two minutes
instead of seven. See docs/performance.md.
"""

import argparse
import json
import os
import platform
import sys

from . import load
from .server import ROOT, free_port, temporary_site

TARGET = ROOT / "var" / "bench.json"
COLUMNS = ("per second", "ratio", "p99 ms", "slowest ms", "failed", "goal")


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--only", choices=["pages", "hot", "arrivals"])
    options = parser.parse_args()
    port = free_port()
    temporary_site(SITE_URL=f"http://127.0.0.1:{port}", LOG_LEVEL="ERROR")
    about = {"processors": os.cpu_count(), "python": platform.python_version(), "load by": load.GENERATOR}
    print(", ".join(f"{name}: {value}" for name, value in about.items()), flush=True)
    rows = []
    for row in _all(port, options):
        rows.append(row)
        print(_line(row), flush=True)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps({**about, "rows": rows}, indent=1, ensure_ascii=False))
    return 0 if all(row.get("met", True) for row in rows) else 1


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
