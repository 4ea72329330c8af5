"""Plain text as Markdown that shows it as it was typed: every line a line, every mark itself, every address a link."""

import re

from ..fields import clean_text
from ..text import bare_links

SPECIAL = re.compile(r"([\\`*\[\]])|(?<![^\W_])(_)|(_)(?![^\W_])|(<)(?=[A-Za-z/!?])|(&)(?=#?\w{1,31};)|(~)(?=~)")
LINE_START = re.compile(r"^([ \t]*+)(>|[#+-]++(?=\s|$)|=++(?=[ \t]*$))", re.MULTILINE)
NUMBER_START = re.compile(r"^([ \t]*+\d{1,9})([.)])(?=\s|$)", re.MULTILINE)
# A line of hyphens under one with bars would be the head of a table.
TABLE_RULE = re.compile(r"^([ \t]*+)([|:-])(?=[ \t|:-]*+$)", re.MULTILINE)


# What Unicode and old programs have for a line and a paragraph.
LINES = re.compile("[\u2028\u2029\x85\x0b\x0c]")


def escaped(text: str) -> str:
    """Nothing in it is a mark any more, except in addresses with a scheme, which the renderer takes as they are."""
    parts, done = [], 0
    for begin, end in bare_links.find(text):
        if text[begin:end].lower().startswith("http"):
            parts += [_escaped(text[done:begin]), text[begin:end]]
            done = end
    whole = "".join([*parts, _escaped(text[done:])])
    whole = TABLE_RULE.sub(r"\1\\\2", LINE_START.sub(r"\1\\\2", whole))
    return NUMBER_START.sub(r"\1\\\2", whole)


def _escaped(text):
    return SPECIAL.sub(lambda match: "\\" + match[0], text)


def from_plain(text: str) -> str:
    lines = [" ".join(line.split()) for line in clean_text(LINES.sub("\n", text)).split("\n")]
    paragraphs = re.split(r"\n{2,}", escaped("\n".join(lines)).strip("\n"))
    return "\n\n".join(paragraph.replace("\n", "\\\n") for paragraph in paragraphs)
