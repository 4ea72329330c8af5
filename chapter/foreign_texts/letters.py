"""Bytes of files as text: UTF-8 and UTF-16 with or without a mark, else what Windows or an old Mac wrote.

No guessing by statistics: a title of eight letters says nothing about its language, and only three of the old sets are met
in the files of a chapter ([why](../../docs/decisions/0042-how-foreign-texts-are-read.md)).
"""

import codecs
from collections.abc import Iterable
from typing import NamedTuple

from ..remarks import remark as _

UTF8, UTF16, WINDOWS, MAC, DOS = "UTF-8", "UTF-16", "Windows-1252", "Mac Roman", "MS-DOS (850)"
OLD = {WINDOWS: "cp1252", MAC: "mac_roman", DOS: "cp850"}  # the most likely first
MARKS = [
    (codecs.BOM_UTF8, "utf-8", UTF8),
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", UTF16),
    (codecs.BOM_UTF16_BE, "utf-16-be", UTF16),
]
# Of a text without a mark: this much says whether every other byte is empty.
LOOKED_AT = 2000
# What people of these parts type; the old sets have it at different places.
LIKELY = frozenset("æøåÆØÅäöÄÖéÉèÈüÜáÁíÍóÓðÐþÞçñàêôš–—’‘“”«»…•€°·§½©®\u00a0")

# How Python writes a byte that is not UTF-8, and the letter that Windows means by it.
AS_WINDOWS = {chr(0xDC00 + byte): bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
WINDOWS_LETTERS = str.maketrans(AS_WINDOWS)


class Letters(NamedTuple):
    """A text, and the set of letters that its bytes were in; `note` is a line for a report where that is not UTF-8."""

    text: str
    name: str = UTF8
    mended: int = 0

    @property
    def note(self) -> str:
        if self.mended:
            return _(
                "{number} letters weren’t UTF-8 and were read as {name}: check ø, æ, å, ä, ö",
                number=self.mended,
                name=self.name,
            )
        if self.name == UTF8:
            return ""
        return _("the letters were read as {name}: check ø, æ, å, ä, ö", name=self.name)


def decoded(content: bytes, *, old: Iterable[str] = (WINDOWS,)) -> Letters:
    """Of what is no Unicode, as the one of the `old` sets that gives the likeliest letters.

    Never raises: what is no letter in any set becomes the mark that stands for one (�).
    """
    for mark, codec, name in MARKS:
        if content.startswith(mark):
            return Letters(content[len(mark) :].decode(codec, "replace"), name)
    if wide := _wide(content[:LOOKED_AT]):
        return Letters(content.decode(wide, "replace"), UTF16)
    try:
        return Letters(content.decode("utf-8"))
    except UnicodeDecodeError:
        return _of_one_byte(content, old)


def _wide(beginning):
    # UTF-16 without a mark: Latin letters have an empty byte before or after them.
    even, odd = beginning[::2].count(0), beginning[1::2].count(0)
    half = len(beginning) // 2
    if max(even, odd) <= half * 0.4 or min(even, odd) > half * 0.1:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _of_one_byte(content, old):
    # Of a text that is UTF-8 but for a few letters, such as one pasted into another, the others stay.
    mixed = content.decode("utf-8", "surrogateescape")
    mended = sum(1 for letter in mixed if letter in AS_WINDOWS)
    others = sum(1 for letter in mixed if not letter.isascii()) - mended
    if others > mended:
        return Letters(mixed.translate(WINDOWS_LETTERS), WINDOWS, mended)
    texts = {name: content.decode(OLD[name], "replace") for name in old}
    best = max(texts, key=lambda name: _likely(texts[name]))
    return Letters(texts[best], best)


def _likely(text):
    return sum(1 if letter in LIKELY else -1 for letter in text if not letter.isascii())
