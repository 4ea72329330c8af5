"""The bytes of a calendar file as lines of text, whatever its letters, its line ends and its folds.

Lines are put together before they are decoded, since a fold may lie inside a letter.
"""

import re

from chapter import foreign_texts

# No more carriage returns than programs write: a file of nothing else would be looked at once for each of them.
END = rb"(?:\r{0,3}\n|\r)"
LINE_END = re.compile(END)
# Neither before nor after a line that begins or ends an event: in a damaged file these are lines all the same.
FOLD = re.compile(rb"(?<!:VEVENT)(?<!:VCALENDAR)" + END + rb"[ \t](?![ \t]*(?:BEGIN|END):V)", re.IGNORECASE)
# Some set the whole file in, so that nothing of it can be told from a fold.
SET_IN = re.compile(rb"(?:\A|[\r\n])[ \t]+BEGIN:V(?:CALENDAR|EVENT)\b", re.IGNORECASE)
MARGIN = re.compile(rb"(\A|[\r\n])[ \t]+")
# vCalendar 1.0 breaks the lines of its texts with “=”.
SOFT_BREAK = re.compile(rb"=[ \t]*" + END)
SOFTLY_BROKEN = re.compile(
    rb"(?:\A|[\r\n])[A-Z-]+;(?=[^:\r\n]*\bQUOTED-PRINTABLE\b)[^:\r\n]*+:(?:[^\r\n]*=[ \t]*" + END + rb")+",
    re.IGNORECASE,
)


def lines_of(content: bytes) -> tuple[list[str], str]:
    """The lines, and the name of the set of letters that they were in."""
    letters = foreign_texts.decoded(content)
    is_unicode = letters.name.startswith("UTF-")
    content = (letters.text.encode() if is_unicode else content).replace(b"\x00", b"")
    if SET_IN.search(content):
        content = MARGIN.sub(rb"\1", content)
    content = SOFTLY_BROKEN.sub(lambda found: SOFT_BREAK.sub(b"", found[0]), content)
    lines, name = _decoded([line for line in LINE_END.split(FOLD.sub(b"", content)) if line])
    return lines, letters.name if is_unicode else name


def _decoded(lines):
    """Each line as UTF-8, or else in the old set of all that are not: some files hold both."""
    found = [foreign_texts.decoded(line) for line in lines]
    others = [line for line, read in zip(lines, found, strict=True) if read.name != foreign_texts.UTF8]
    if not others:
        return [read.text for read in found], foreign_texts.UTF8
    name = foreign_texts.decoded(b"\n".join(others), old=foreign_texts.OLD).name
    return [foreign_texts.decoded(line, old=[name]).text for line in lines], name
