"""Letters on drawn cards: what the typeface has, how large a text may be, and where it breaks."""

import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from PIL import ImageFont

# Cards are drawn larger, then made smaller: smooth edges at any angle.
SCALE = 2
LEADING = 1.08
ELLIPSIS = "…"
# A code point that no typeface has: what is drawn for it is drawn for everything that is missing.
NOBODYS = "\uffff"


class Fitted(NamedTuple):
    size: int
    lines: tuple[str, ...]


@lru_cache(maxsize=64)
def font(weight, size):
    """Source Sans Pro in a weight (Regular, Semibold, Bold, Black) and a size in pixels."""
    path = files("font_source_sans_pro") / "files" / f"SourceSansPro-{weight}.ttf"
    return ImageFont.truetype(str(path), round(size), layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=1024)
def is_drawable(letter):
    """Whether the typeface has it; Latin with all of its accents, Sámi letters too, but no emoji."""
    if unicodedata.category(letter)[0] in "CM":
        return False
    shape = font("Black", 40).getmask(letter)
    return bytes(shape) != _missing() or letter.isspace()


@lru_cache(maxsize=1)
def _missing():
    return bytes(font("Black", 40).getmask(NOBODYS))


def plain(text):
    """The text in letters that can be drawn, on one line."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(letter for letter in composed if is_drawable(letter)).split())


def fit(text, *, width, height, sizes, weight):
    """The largest of `sizes` (large to small) at which `text` stands in the box; cut at the smallest."""
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
    """A word, broken only where it is wider than the line."""
    start = 0
    while start < len(word):
        end = _longest(word, start, width, letters)
        yield word[start:end] + ("-" if end < len(word) else "")
        start = end


def _longest(word, start, width, letters):
    """Where the longest part of a word ends that fits from `start` on, with a hyphen unless it is the last."""
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
    """As many lines, about as wide as one another: no single word at the end."""
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
