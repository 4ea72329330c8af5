"""The picture in docs/performance.md, drawn from what `make bench` wrote: `python -m bench.picture`."""

import json
from html import escape

from .growth import GOAL_TIMES
from .server import ROOT

SOURCE, TARGET = ROOT / "var" / "bench.json", ROOT / "docs" / "performance.svg"
LINE, LABELS, BARS, WIDTH = 26, 300, 340, 760
# Of all pages, those that grow most.
GROWING = 12
STYLE = """
  text { fill: #1d1d1b; font: 13px sans-serif; stroke: #fff; stroke-width: 4px; paint-order: stroke }
  .ground { fill: #fff } .head { font-weight: bold } .good { fill: #1f5f5b } .plain { fill: #b9b2a3 } .missed { fill: #b3261e }
  .goal { stroke: #1d1d1b; stroke-dasharray: 4 3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f2efe8; stroke: #1b1f1e } .ground { fill: #1b1f1e } .good { fill: #6fc3bb } .plain { fill: #6b675e } .missed { fill: #ff8a80 }
    .goal { stroke: #f2efe8 }
  }
"""


def main():
    TARGET.write_text(picture(json.loads(SOURCE.read_text())["rows"]))


def picture(rows):
    """The SVG of a report's rows: of the part `pages` how many a second, of `growth` how much longer a page takes."""
    pages = [row for row in rows if row["part"] == "pages" and "ratio" in row]
    growing = sorted(
        (row for row in rows if row["part"] == "growth" and "ratio" in row), key=lambda row: -row["ratio"]
    )
    charts = [
        (pages, "Pages a second, and what part of a bare Django that is", 0.5, _of_page),
        (growing[:GROWING], "How much longer a page takes with a hundred times as many rows", GOAL_TIMES, _of_growth),
    ]
    parts, height = [], 10
    for chart_rows, heading, goal, words in charts:
        if chart_rows:
            parts += _chart(chart_rows, heading, goal, words, top=height)
            height += LINE * (len(chart_rows) + 2)
    about = ". ".join(f"{row['what']}: {words(row)}" for rows, _heading, _goal, words in charts for row in rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title desc">\n'
        f'<title id="title">How fast the site is</title>\n<desc id="desc">{escape(about)}</desc>\n<style>{STYLE}</style>\n'
        f'<rect class="ground" width="{WIDTH}" height="{height}"/>\n' + "\n".join(parts) + "\n</svg>\n"
    )


def _chart(rows, heading, goal, words, *, top):
    scale = BARS / max(goal, *(row["ratio"] for row in rows))
    places = [top + number * LINE for number in range(1, len(rows) + 1)]
    yield f'<text class="head" x="10" y="{top + 16}">{escape(heading)}</text>'
    yield from (_bar(row, y=y, scale=scale) for row, y in zip(rows, places, strict=True))
    x, bottom = LABELS + round(goal * scale), top + LINE * (len(rows) + 1)
    yield f'<line class="goal" x1="{x}" x2="{x}" y1="{top + LINE}" y2="{bottom}"/>'
    yield f'<text x="{x}" y="{bottom + 14}" text-anchor="middle">goal: {goal}</text>'
    # Last, with an edge, so that the line of the goal is behind them.
    yield from (_words(row, words(row), y=y, scale=scale) for row, y in zip(rows, places, strict=True))


def _bar(row, *, y, scale):
    colour = {True: "good", False: "missed", None: "plain"}[row.get("met")]
    return f'<rect class="{colour}" x="{LABELS}" y="{y + 4}" width="{_length(row, scale)}" height="{LINE - 10}"/>'


def _words(row, words, *, y, scale):
    return (
        f'<text x="{LABELS - 8}" y="{y + 16}" text-anchor="end">{escape(row["what"])}</text>'
        f'<text x="{LABELS + _length(row, scale) + 6}" y="{y + 16}">{words}</text>'
    )


def _length(row, scale):
    return max(1, round(row["ratio"] * scale))


def _of_page(row):
    return f"{row['per second']} ({row['ratio']:.2f})"


def _of_growth(row):
    return f"{row['ratio']:.2f} ({row['ms']:.0f} ms)"


if __name__ == "__main__":
    main()
