"""The picture in docs/performance.md, drawn from what `make bench` wrote: `python -m bench.picture`."""

import json
from html import escape

from .server import ROOT

SOURCE, TARGET = ROOT / "var" / "bench.json", ROOT / "docs" / "performance.svg"
LINE, LABELS, BAR, WIDTH = 26, 230, 420, 760


def main():
    rows = [row for row in json.loads(SOURCE.read_text())["rows"] if "ratio" in row]
    TARGET.write_text(_picture(rows))


def _picture(rows):
    most = max(row["ratio"] for row in rows)
    height = LINE * len(rows) + 20
    lines = [_line(row, number, most) for number, row in enumerate(rows)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-family="sans-serif"'
        f' font-size="13"><title>How many times a second, and what part of the limit in the same run that is</title>\n'
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>\n' + "\n".join(lines) + "\n</svg>\n"
    )


def _line(row, number, most):
    y = 10 + number * LINE
    length = max(1, round(BAR * row["ratio"] / most))
    colour = "#1f5f5b" if "kept" in row["what"] else "#b9b2a3"
    return (
        f'<text x="{LABELS - 8}" y="{y + 16}" text-anchor="end">{escape(row["what"])}</text>'
        f'<rect x="{LABELS}" y="{y + 4}" width="{length}" height="{LINE - 10}" fill="{colour}"/>'
        f'<text x="{LABELS + length + 6}" y="{y + 16}">{row["per second"]} ({row["ratio"]:.2f})</text>'
    )


if __name__ == "__main__":
    main()
