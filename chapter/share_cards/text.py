"""Text on share cards: which letters can be drawn, how large a text may be, and where it breaks."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from PIL import ImageFont

from .. import typeface

# Supersampling: cards are drawn larger and scaled down, for smooth edges.
SCALE = 2
LEADING = 1.08
ELLIPSIS = "…"
# A code point without a glyph: its picture is that of every missing letter.
NOBODYS = "\uffff"

# What is left of "(☕)", and of "og 日本, ja".
EMPTY = re.compile(r"\(\s*\)|\[\s*\]|«\s*»|“\s*”|\"\s*\"")
STRANDED = re.compile(r"\s+([,.;:!?])")


class Fitted(NamedTuple):
    size: int
    lines: tuple[str, ...]


@lru_cache(maxsize=64)
def font(weight, size):
    """The typeface in Regular, Semibold, Bold or Black; `size` in pixels."""
    return ImageFont.truetype(str(typeface.path(weight)), round(size), layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=1024)
def is_drawable(letter: str) -> bool:
    if unicodedata.category(letter)[0] in "CM":
        return False
    shape = font("Black", 40).getmask(letter)
    return bytes(shape) != _missing() or letter.isspace()


@lru_cache(maxsize=1)
def _missing():
    return bytes(font("Black", 40).getmask(NOBODYS))


def plain(text: str) -> str:
    """What of a text can be drawn, without the brackets and spaces that stood round the rest."""
    composed = unicodedata.normalize("NFC", text)
    drawn = "".join(letter for part in composed for letter in _drawable(part))
    if len(drawn) != len(composed):
        drawn = STRANDED.sub(r"\1", EMPTY.sub("", drawn))
    return " ".join(drawn.split())


def _drawable(letter):
    # A circled or bold letter is drawn as the plain one.
    if is_drawable(letter):
        return letter
    return "".join(one for one in unicodedata.normalize("NFKC", letter) if is_drawable(one))


def readable(*texts: str) -> str:
    """The first of the texts of which at least half the letters can be drawn; the last one if none is."""
    return next((text for text in texts[:-1] if _is_readable(text)), texts[-1])


def _is_readable(text):
    before, after = (sum(map(str.isalnum, unicodedata.normalize("NFC", one))) for one in (text, plain(text)))
    return after > 0 and before <= 2 * after


def fit(text: str, *, width, height, sizes, weight) -> Fitted:
    """The largest of `sizes` (descending) at which `text` fits the box; cut at the smallest."""
    for size in sizes:
        letters, lines = font(weight, size * SCALE), max(1, int(height / (size * LEADING)))
        found = _wrap(text, width, letters)
        if len(found) <= lines and not _is_broken(text, found):
            return Fitted(size, tuple(_balanced(text, width, letters, len(found))))
    return Fitted(size, tuple(_cut(found, lines, width, letters)))


def _is_broken(text, lines):
    return " ".join(lines) != text


def _wrap(text, width, letters):
    lines = []
    for word in text.split():
        for part in _pieces(word, width, letters):
            joined = f"{lines[-1]} {part}" if lines else part
            if lines and letters.getlength(joined) <= width * SCALE:
                lines[-1] = joined
            else:
                lines.append(part)
    return lines


def _pieces(word, width, letters):
    start = 0
    while start < len(word):
        end = _longest(word, start, width, letters)
        yield word[start:end] + ("-" if end < len(word) else "")
        start = end


def _longest(word, start, width, letters):
    # Where the longest part that fits ends, with room for a hyphen unless it is the last.
    low, high = start + 1, min(len(word), start + 200)
    if high == len(word) and letters.getlength(word[start:]) <= width * SCALE:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if letters.getlength(word[start:middle] + "-") <= width * SCALE:
            low = middle
        else:
            high = middle - 1
    return low


def _balanced(text, width, letters, number):
    # Narrow the lines evenly, so that no single word is left at the end.
    best = _wrap(text, width, letters)
    for narrower in range(width - 20, width // 2, -20):
        found = _wrap(text, narrower, letters)
        if len(found) != number or _is_broken(text, found):
            break
        best = found
    return best


def _cut(lines, number, width, letters):
    kept = lines[:number]
    if len(lines) <= number:
        return kept
    last = kept[-1]
    while last and letters.getlength(last + ELLIPSIS) > width * SCALE:
        last = last[:-1]
    return [*kept[:-1], last.rstrip(" ,;:–-") + ELLIPSIS]
