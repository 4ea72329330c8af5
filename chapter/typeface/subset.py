"""Cuts the typeface down to the letters that pages need."""

import io

from fontTools import subset
from fontTools.ttLib import TTFont

from . import source

# The licence keeps the name "Source" for unchanged copies.
FAMILY = "Chapter Sans"
FILES = {"fonts/chapter-sans.woff2": "Regular", "fonts/chapter-sans-bold.woff2": "Bold"}
LICENCE = "fonts/OFL.txt"
LETTERS = frozenset(
    {
        *range(0x20, 0x7F),
        *range(0xA0, 0x180),  # the Latin letters of Europe
        *range(0x1EA0, 0x1EFA),  # and those of Vietnamese
        *map(ord, "ƠơƯưƏəǤǥǦǧǨǩǮǯʒȘșȚțẞ"),
        *map(ord, "‐‑–—‘’‚“”„†‡•…‹›€™←↑→↓↗−×≈≤≥✓Δ"),
    }
)
FEATURES = ["kern", "ccmp", "locl", "mark", "mkmk"]
COPYRIGHT, FAMILY_NAME, WHOLE_NAME, POSTSCRIPT_NAME, LICENCE_TEXT, LICENCE_ADDRESS = 0, 1, 4, 6, 13, 14


def make(weight: str) -> bytes:
    """The WOFF2 file of one weight; the same bytes each time."""
    font = TTFont(source.path(weight), recalcTimestamp=False)
    cutter = subset.Subsetter(_options())
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)
    for name, text in {FAMILY_NAME: FAMILY, WHOLE_NAME: FAMILY, POSTSCRIPT_NAME: FAMILY.replace(" ", "")}.items():
        font["name"].setName(text, name, 3, 1, 0x409)
    font.flavor = "woff2"
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def _options():
    options = subset.Options()
    options.hinting = False
    options.layout_features = FEATURES
    options.name_IDs = [COPYRIGHT, LICENCE_TEXT, LICENCE_ADDRESS]
    return options
