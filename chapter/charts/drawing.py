"""Bars beside each other, a group for each label, or below each other, one for each label.

Widths are percentages, so that a chart is as wide as its place and its words keep their size; heights are pixels. All are
texts or whole numbers: no language writes them with a comma.
"""

from typing import NamedTuple

HEIGHT = 200  # of the tallest column
TOP = 24  # room for the number above the highest line
AXIS = 8  # per cent at the left for the numbers of the lines
LONGEST = 80  # per cent of the longest bar: its number stands behind it
ROW = 56


class Bar(NamedTuple):
    """`kind` numbers the series, from 1; `x` and `width` are in per cent."""

    kind: int
    value: int
    x: str
    width: str
    y: int
    height: int


class Line(NamedTuple):
    value: int
    y: int


class Label(NamedTuple):
    text: str
    x: str


class Columns(NamedTuple):
    bars: list[Bar]
    lines: list[Line]
    labels: list[Label]
    height: int
    foot: int


class Row(NamedTuple):
    label: str
    y: int
    bar: Bar


class Bars(NamedTuple):
    rows: list[Row]
    height: int


def columns(labels, *series) -> Columns:
    """A group of columns for each label; each series has a number for each label, or None where nothing was counted."""
    top = _round_up(max((value or 0 for values in series for value in values), default=0))
    share = (100 - AXIS) / max(1, len(labels))
    width = share * 0.8 / max(1, len(series))
    starts = [AXIS + share * number for number in range(len(labels))]
    bars = [
        Bar(
            kind,
            value,
            _percent(start + share * 0.1 + width * (kind - 1)),
            _percent(width * 0.92),
            *_stands(value, top),
        )
        for kind, values in enumerate(series, start=1)
        for start, value in zip(starts, values, strict=True)
        if value is not None
    ]
    lines = [Line(value, TOP + HEIGHT - round(HEIGHT * value / top)) for value in (0, top // 2, top)]
    names = [Label(label, _percent(start + share / 2)) for label, start in zip(labels, starts, strict=True)]
    return Columns(bars, lines, names, height=TOP + HEIGHT + 32, foot=TOP + HEIGHT + 24)


def _stands(value, top):
    height = round(HEIGHT * value / top)
    return TOP + HEIGHT - height, height


def bars(rows) -> Bars:
    """A bar below each other for each (label, number)."""
    most = max((value for _label, value in rows), default=0) or 1
    drawn = [
        Row(label, ROW * n, Bar(1, value, "0%", _percent(LONGEST * value / most), ROW * n + 26, 18))
        for n, (label, value) in enumerate(rows)
    ]
    return Bars(drawn, height=ROW * len(drawn))


def _round_up(most) -> int:
    """The next of 2, 3, 4, 5, 6, 8, 10, 20, 30 …"""
    step = 1
    while True:
        for number in (2, 3, 4, 5, 6, 8, 10):
            if most <= number * step:
                return number * step
        step *= 10


def _percent(number) -> str:
    return f"{number:.2f}%"
