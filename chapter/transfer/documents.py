"""Text files with a header: `key: value` lines between two lines of three hyphens, then the text.

    ---
    title: What we learned
    author: Kari Eksempel
    author: Ola Eksempel
    ---
    The text, in Markdown.

No YAML: a value ends with its line and nothing is evaluated. A key may repeat; lines of `- value` under an empty key
count as that. A value that begins with `"` is a JSON string, for line breaks and outer spaces.
"""

import json
import re
from typing import NamedTuple

EDGE = "---"
MAX_LINES = 300
LINE = re.compile(r"(?P<key>[A-Za-z_][\w-]*):(?:[ \t]+(?P<value>.*))?\Z")
ITEM = re.compile(r"\s*-[ \t]+(?P<value>.+)\Z")
PLAIN = re.compile(r"[^\s\"'](?:[^\n\r]*\S)?\Z")


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
    """The text of a file that `read` reads back unchanged; pairs without a value are omitted."""
    lines = [f"{key}: {_written(str(value))}" for key, value in pairs if value not in ("", None)]
    return "\n".join([EDGE, *lines, EDGE, ""]) + body


def _written(value):
    return value if PLAIN.match(value) and value.isprintable() else json.dumps(value, ensure_ascii=False)
