"""Phrases of a summary: quoted lines, small numbers in words, enumerations."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

# Also the colon and the dot by which an address would become a link.
MARKDOWN_MARKS = re.compile(r"([\\`*_\[\]<>#|~!&+-]|(?<=\d)[.)]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
QUOTED_MARK = re.compile(r"\\([\\`*_\[\]<>#|~!&+.:)-])")
BLOCK_MARKS = re.compile(r"^(?:[>#\s-]+|\d+\.\s)+")
# From two on: for one the plural forms have sentences of their own.
WORDS = {
    2: pgettext_lazy("number in a sentence", "two"),
    3: pgettext_lazy("number in a sentence", "three"),
    4: pgettext_lazy("number in a sentence", "four"),
    5: pgettext_lazy("number in a sentence", "five"),
    6: pgettext_lazy("number in a sentence", "six"),
    7: pgettext_lazy("number in a sentence", "seven"),
    8: pgettext_lazy("number in a sentence", "eight"),
    9: pgettext_lazy("number in a sentence", "nine"),
    10: pgettext_lazy("number in a sentence", "ten"),
    11: pgettext_lazy("number in a sentence", "eleven"),
    12: pgettext_lazy("number in a sentence", "twelve"),
}


def quoted(text) -> str:
    # Escaped, so that Markdown shows exactly what somebody wrote.
    return MARKDOWN_MARKS.sub(r"\\\1", text)


def unquoted(line) -> str:
    """A line of a composed text as a reader sees it: without list and heading marks, and without escapes."""
    return QUOTED_MARK.sub(r"\1", BLOCK_MARKS.sub("", line)).strip()


def in_words(number) -> str:
    # "three", but "40"
    return str(WORDS.get(number, number))


def listed(phrases) -> str:
    # "one, two and three"
    *others, last = phrases
    if not others:
        return last
    return _("%(others)s and %(last)s") % {"others": ", ".join(others), "last": last}


def fitting(lines, *, characters):
    """The first lines that fit into so many characters together, and how many do not."""
    room = characters
    for place, line in enumerate(lines):
        room -= len(line)
        if room < 0:
            return lines[:place], len(lines) - place
    return lines, 0
