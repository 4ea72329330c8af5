"""Reads a table (CSV) that another system wrote: separated by `,`, `;`, `|` or tab; UTF-8, or what Excel writes.

Every cell is text, formulas included.
"""

import csv
import io
import re
from collections.abc import Callable
from itertools import islice
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
LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)")
SEPARATORS = ",;\t|"
# Numbers and people write a title above the names of the columns.
MAX_ABOVE = 10
MAX_NAMES = 10_000  # characters of the line of names that are looked at for its separator
# A ZIP file, which the workbooks of Excel, LibreOffice and Numbers are, too; Excel's of before 2007.
NO_TEXTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Unreadable(ValueError):
    """The whole file is refused."""


class Table(NamedTuple):
    """`rows` is [(line, {column: text})], with None for cells beyond the first line; `notes` say what was guessed."""

    header: list[str]
    rows: list[tuple[int, dict]]
    notes: list[str]


def table(content: bytes, *, is_header: Callable[[list[str]], bool] = bool) -> Table:
    """Its first line is the first of which `is_header` is true, of the first few. Raises Unreadable."""
    if content.startswith(NO_TEXTS):
        raise Unreadable(_("This is a workbook or a ZIP file. Save the sheet as CSV, or unpack the ZIP file first."))
    text, notes = _decoded(content)
    above, separator, text = _begun(text, is_header)
    if said := " ".join("".join(above).split()):
        notes.append(_("Left out above the names of the columns: {text}.", text=said[:100]))
    rows = list(_rows(text, separator, begins=1 + len(above)))
    if not rows:
        raise Unreadable(_("This table is empty."))
    header = _each_once(_names(rows[0][1]))
    return Table(header, [(line, _named(header, cells)) for line, cells in rows[1:]], notes)


def _rows(text, separator, *, begins):
    """(line, cells) of each row that says anything."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    line, count = begins, 0
    try:
        for cells in reader:
            _refuse_long(cells, line)
            if any(cell.strip() for cell in cells):
                count += 1
                yield line, [cell.strip() for cell in cells]
            if count > MAX_ROWS:
                raise Unreadable(_("This table has more than {number} rows.", number=MAX_ROWS))
            last, line = line, begins + reader.line_num
    except csv.Error as error:
        raise Unreadable(_("This isn’t a table (CSV): line {line}: {error}.", line=line, error=str(error))) from error
    if count and line > last + 1 and _is_unclosed(text, separator, last - begins):
        why = _("This table has a quotation mark that isn’t closed: see line {line} and what follows.", line=last)
        raise Unreadable(why)


def _is_unclosed(text, separator, lines):
    """Whether a quote is open at the end of what follows these lines."""
    rest = io.StringIO(text, newline="").readlines()[lines:]
    try:
        list(csv.reader(rest, delimiter=separator, strict=True))
    except csv.Error as error:
        return "unexpected end of data" in str(error)
    return False


def _refuse_long(cells, line):
    if any(len(cell) > MAX_CELL for cell in cells):
        raise Unreadable(
            _(
                "This isn’t a table (CSV): line {line} has a cell with more than {number} characters.",
                line=line,
                number=MAX_CELL,
            )
        )


def _names(cells):
    return [clean_line(name).lower() for name in cells]


def _each_once(names):
    """A name that stands there again is another one, so that its cells replace no others."""
    seen, found = {""}, []
    for place, name in enumerate(names, start=1):
        found.append(f"{name} ({place})" if name and name in seen else name)
        seen.add(name)
    return found


def _named(header, cells):
    named = dict(zip(header, cells, strict=False))
    more = " ".join(cell for cell in cells[len(header) :] if cell)
    return {**named, None: more} if more else named


def _decoded(content):
    letters = foreign_texts.decoded(content, old=foreign_texts.OLD)
    return letters.text.replace("\x00", ""), [letters.note] if letters.note else []


def _begun(text, is_header):
    """(the lines above the names, the separator, the rest): the separator that Excel’s first line names, or that the names
    have most of outside quotes."""
    text = text.lstrip("\ufeff\r\n")
    lines = [found[0] for found in islice(LINE.finditer(text), MAX_ABOVE)]
    if found := EXCELS_FIRST_LINE.fullmatch(lines[0].strip()):
        return [""], found[1].replace("\\t", "\t") or "\t", text[len(lines[0]) :]
    for number, line in enumerate(lines):
        bare = QUOTED.sub("", line)
        for separator in sorted(SEPARATORS, key=bare.count, reverse=True):
            if bare.strip() and is_header(_names(next(csv.reader([line[:MAX_NAMES]], delimiter=separator)))):
                return lines[:number], separator, text[sum(map(len, lines[:number])) :]
    return [], max(SEPARATORS, key=QUOTED.sub("", lines[0]).count), text
