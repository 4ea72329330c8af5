"""How fast the site is: `make bench`. Everything runs on this machine, with temporary databases, and ends by itself.

Prints one table, and writes it to var/bench.json; the exit code is 1 where a goal is missed. Takes ten minutes,
`--short` four minutes; `python -m bench growth board` takes only these parts. See docs/performance.md.
"""

import argparse
import json
import os
import platform
import sys
from pathlib import Path

from . import load
from .server import ROOT, free_port, temporary_site

TARGET = ROOT / "var" / "bench.json"
PARTS = ("pages", "arrivals", "hot", "board", "growth")
COLUMNS = ("per second", "ratio", "small ms", "ms", "p95 ms", "p99 ms", "slowest ms", "failed", "goal")


def main():
    options = _arguments()
    about = {"processors": os.cpu_count(), "python": platform.python_version(), "load by": load.GENERATOR}
    print(", ".join(f"{name}: {value}" for name, value in about.items()), flush=True)
    print(f"{'':66}" + "".join(f"{name:>12}" for name in COLUMNS[:-1]) + f"  {COLUMNS[-1]}")
    rows = []
    for part, row in _all(options):
        rows.append({"part": part, **row})
        print(_line(row), flush=True)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(json.dumps({**about, "rows": rows}, indent=1, ensure_ascii=False))
    return 0 if all(row.get("met", True) for row in rows) else 1


def _arguments():
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.partition("\n")[0])
    parser.add_argument("parts", nargs="*", metavar="part", help=f"one of {', '.join(PARTS)}; all, if none is named")
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--growth-data", type=Path, help="a folder for the databases of growth, which are kept")
    options = parser.parse_args()
    if unknown := set(options.parts) - set(PARTS):
        parser.error(f"there is no {', '.join(unknown)}")
    return options


def _all(options):
    wanted = options.parts or PARTS
    # Growth first: it is alone then with its own PostgreSQL.
    if "growth" in wanted:
        yield from _growth(options)
    if set(wanted) - {"growth"}:
        yield from _of_a_site(options, wanted)


def _growth(options):
    from . import growth

    for row in growth.measure(short=options.short, data=options.growth_data):
        yield "growth", row


def _of_a_site(options, wanted):
    port, short = free_port(), options.short
    temporary_site(SITE_URL=f"http://127.0.0.1:{port}", LOG_LEVEL="ERROR")
    from . import arrivals, board, hot_event, pages

    parts = {
        "pages": lambda: pages.measure(port, long=not short),
        "arrivals": lambda: arrivals.measure(port, seconds=20 if short else 60),
        "hot": hot_event.measure,
        "board": lambda: board.measure(port, viewers=100 if short else 500, seconds=20 if short else 60),
    }
    for part, measure in parts.items():
        if part in wanted:
            yield from ((part, row) for row in measure())


def _line(row):
    cells = [f"{row[name]:.3f}" if name == "ratio" and name in row else _cell(row.get(name, "")) for name in COLUMNS]
    verdict = {True: "met", False: "MISSED", None: ""}[row.get("met")]
    return f"{row['what']:66}" + "".join(f"{cell:>12}" for cell in cells[:-1]) + f"  {cells[-1]:18}{verdict}"


def _cell(value):
    return f"{value:.0f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    sys.exit(main())
