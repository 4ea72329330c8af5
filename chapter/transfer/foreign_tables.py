"""Reads a table (CSV) that another system wrote: separated by `,`, `;` or tab; UTF-8, or what Excel writes on Windows.

Every cell is text, formulas included.
"""

import csv
import io

from ..fields import clean_line

MAX_BYTES = 20_000_000
MAX_ROWS = 5_000
# An unclosed quote swallows the rest of the file; a description has at most 20,000 characters.
MAX_CELL = 100_000


class Unreadable(ValueError):
    """The whole file is refused."""


def table(content) -> tuple[list[str], list[tuple[int, dict[str, str]]]]:
    """(header, [(line, {column: text})]) of a CSV file; raises Unreadable."""
    reader = csv.reader(io.StringIO(_decoded(content), newline=""), delimiter=_separator(content))
    rows, line = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
            if any(len(cell) > MAX_CELL for cell in cells):
                raise Unreadable(
                    f"This is no table (CSV): line {line} has a cell of more than {MAX_CELL} characters."
                )
            if len(rows) > MAX_ROWS:
                raise Unreadable(f"This table has more than {MAX_ROWS} rows.")
    except csv.Error as error:
        raise Unreadable(f"This is no table (CSV): line {line}: {error}.") from error
    if not rows:
        raise Unreadable("This table is empty.")
    header = [clean_line(name).lower() for name in rows[0][1]]
    return header, [(line, dict(zip(header, cells, strict=False))) for line, cells in rows[1:]]


def _decoded(content):
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",):
        try:
            return content.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    # Excel on Windows.
    return content.decode("cp1252", errors="replace").replace("\x00", "")


def _separator(content):
    # The character that the first line has most of.
    first = _decoded(content).lstrip("\r\n").partition("\n")[0]
    return max(",;\t", key=first.count)
