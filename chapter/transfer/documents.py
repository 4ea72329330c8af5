"""Text files with a header that Hugo, Jekyll and every reader of YAML understand, and that comes back to the letter.

    ---
    title: "What we learned: a list"
    date: 2026-05-04T18:00:00Z
    authors:
      - "Kari Eksempel"
      - "Ola Eksempel"
    ---
    The text, in Markdown.

Written is one way of YAML only: texts as JSON strings, moments and truths bare, lists a line each. Read is that, and what
exports wrote before: a value that ends with its line, a key that repeats. Nothing is evaluated.
"""

import json
import re
from datetime import UTC, datetime
from typing import NamedTuple

EDGE = "---"
MAX_LINES = 300
LINE = re.compile(r"(?P<key>[A-Za-z_][\w-]*):(?:[ \t]+(?P<value>.*))?\Z")
ITEM = re.compile(r"\s*-[ \t]+(?P<value>.+)\Z")
# YAML takes none of these as it is, and two of them for a line break.
UNWRITTEN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


class BadDocument(ValueError):
    """The header of a file cannot be read; the message, in English, names the line."""


class Document(NamedTuple):
    """The header's pairs, in order, and the text below."""

    pairs: list[tuple[str, str]]
    body: str

    def get(self, *names, default=""):
        return next((value for name in names for key, value in self.pairs if key == name and value), default)

    def all(self, *names):
        return [value for key, value in self.pairs if key in names and value]


def read(text: str) -> Document:
    """Parse a file's text; without a header there are no pairs. Raises BadDocument."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.startswith(f"{EDGE}\n"):
        return Document([], text)
    # The closing hyphens may be the last line, without a line break.
    head, found, body = f"{text.removeprefix(EDGE)}\n".partition(f"\n{EDGE}\n")
    if not found or head.count("\n") > MAX_LINES:
        raise BadDocument("The lines at the top have no end: a line of three hyphens.")
    return Document(_pairs(head.split("\n")[1:]), body.removesuffix("\n"))


def _pairs(lines):
    pairs, open_key = [], ""
    for number, line in enumerate(lines, start=2):
        item = ITEM.match(line) if open_key else None
        pair = LINE.match(line)
        if item:
            pairs.append((open_key, _value(item["value"])))
        elif pair:
            open_key = pair["key"].lower().replace("-", "_")
            pairs.append((open_key, _value(pair["value"] or "")))
        elif line.strip() and not line.lstrip().startswith("#"):
            raise BadDocument(f"Line {number} is not of the form “key: value”.")
    return pairs


def _value(text):
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if not text.startswith('"'):
        return text
    try:
        value = json.loads(text)
    except ValueError as error:
        raise BadDocument(f"This value begins with a quotation mark and is no string: {text[:60]}") from error
    return value


def write(pairs, body: str) -> str:
    """The text of a file that `read` reads back unchanged; pairs without a value are omitted. Lists are of texts."""
    lines = [line for key, value in pairs if value not in ("", None, []) for line in _lines(key, value)]
    return "\n".join([EDGE, *lines, EDGE, ""]) + body


def _lines(key, value):
    if isinstance(value, list):
        return [f"{key}:", *(f"  - {_written(one)}" for one in value)]
    return [f"{key}: {_written(value)}"]


def _written(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return UNWRITTEN.sub(lambda match: f"\\u{ord(match[0]):04x}", json.dumps(str(value), ensure_ascii=False))
