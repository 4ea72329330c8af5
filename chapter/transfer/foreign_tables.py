"""Reads a table (CSV) that another system wrote: separated by `,`, `;` or tab; UTF-8, or what Excel writes on Windows.

Every cell is text, formulas included.
"""

import csv
import io
import re
from typing import NamedTuple

from .. import foreign_texts
from ..fields import clean_line
from ..remarks import remark as _

MAX_BYTES = 20_000_000
MAX_ROWS = 5_000
# An unclosed quote swallows the rest of the file; a description has at most 20,000 characters.
MAX_CELL = 100_000
# Its quotes are cells' when they are closed on that line.
QUOTED = re.compile(r'"[^"]*"')
EXCELS_FIRST_LINE = re.compile(r"\W?sep=(.?|\\t)\W?", re.IGNORECASE)


class Unreadable(ValueError):
    """The whole file is refused."""


class Table(NamedTuple):
    """`rows` is [(line, {column: text})], with None for cells beyond the first line; `notes` say what was guessed."""

    header: list[str]
    rows: list[tuple[int, dict]]
    notes: list[str]


def table(content: bytes) -> Table:
    """Raises Unreadable."""
    text, notes = _decoded(content)
    text, separator = _separated(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    rows, line = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
            if any(len(cell) > MAX_CELL for cell in cells):
                raise Unreadable(
                    _(
                        "This isn’t a table (CSV): line {line} has a cell with more than {number} characters.",
                        line=line,
                        number=MAX_CELL,
                    )
                )
            if len(rows) > MAX_ROWS:
                raise Unreadable(_("This table has more than {number} rows.", number=MAX_ROWS))
    except csv.Error as error:
        raise Unreadable(_("This isn’t a table (CSV): line {line}: {error}.", line=line, error=str(error))) from error
    if not rows:
        raise Unreadable(_("This table is empty."))
    header = [clean_line(name).lower() for name in rows[0][1]]
    return Table(header, [(line, _named(header, cells)) for line, cells in rows[1:]], notes)


def _named(header, cells):
    named = dict(zip(header, cells, strict=False))
    more = " ".join(cell for cell in cells[len(header) :] if cell)
    return {**named, None: more} if more else named


def _decoded(content):
    letters = foreign_texts.decoded(content, may_be_mac=True)
    return letters.text.replace("\x00", ""), [letters.note] if letters.note else []


def _separated(text):
    """The text and its separator: the one that Excel's first line names, or that the header has most of outside quotes."""
    text = text.lstrip("\ufeff\r\n")
    first, _, rest = text.partition("\n")
    if found := EXCELS_FIRST_LINE.fullmatch(first.strip()):
        return rest, found[1].replace("\\t", "\t") or "\t"
    bare = QUOTED.sub("", first)
    return text, max(",;\t", key=bare.count)
