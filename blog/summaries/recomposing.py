"""Composing again: new facts into a text that people have edited, without changing a word of theirs.

A section counts as untouched while the text that was composed for it stands in the body as a block of its own,
letter for letter, wherever it has been moved to. Only such blocks are replaced or removed. Nothing else changes,
not even a line end: a body with CRLF keeps them.
"""

import re
from typing import NamedTuple

LAST_LINE_IS_BLANK = re.compile(r"(?:\A|\n)[ \t]*\r?\n\Z|\A[ \t]*\Z")
NEXT_LINE_IS_BLANK = re.compile(r"[ \t]*(?:\Z|\r?\n[ \t]*(?:\r?\n|\Z))")
ENDS_WITH_AN_ITEM = re.compile(r"(?:\A|\n)(?:-|\d+\.) [^\n]*\Z")
INDENTED_AFTER_A_BLANK_LINE = re.compile(r"\s*\n(?: {2,}|\t)\S")
BLANK_LINES_AFTER = re.compile(r"(?:[ \t]*\r?\n)*")


class Refilled(NamedTuple):
    body: str
    composed: dict


class Block(NamedTuple):
    key: str
    start: int
    end: int


def refill(body, *, composed, texts, order) -> Refilled:
    """Replace the sections of `composed` by those of `texts`; the new body, and what counts as composed from now on.

    A section that was edited or deleted by hand stays so, and is remembered as it was composed then. One without text
    now is removed; a new one is inserted after its nearest predecessor in `order` that stands, else at the end.
    """
    standing = _standing(body, {key: composed[key] for key in order if key in composed})
    remembered = dict(composed)
    for block in sorted(standing, key=lambda block: block.start, reverse=True):
        body = _replaced(body, block, texts.get(block.key, ""))
        remembered.pop(block.key)
    remembered |= {block.key: texts[block.key] for block in standing if block.key in texts}
    for key in order:
        if key in texts and key not in remembered and key not in composed:
            body = _inserted(body, texts[key], after=_predecessor(key, body, remembered, order))
            remembered[key] = texts[key]
    return Refilled(body, {key: remembered[key] for key in order if key in remembered})


def _standing(body, composed):
    # The longest first, so that no block lies within another.
    found = []
    for key, text in sorted(composed.items(), key=lambda item: -len(item[1])):
        blocks = (Block(key, *span) for span in _spans(body, text))
        free = (
            block for block in blocks if not any(block.start < one.end and one.start < block.end for one in found)
        )
        found += [block for block in [next(free, None)] if block]
    return found


def _spans(body, text):
    """Where the text stands alone: blank lines round it, and no indented line that continues the last item of its list."""
    if not text:
        return
    lines = r"\r?\n".join(re.escape(line) for line in text.split("\n"))
    for match in re.finditer(lines, body):
        # Only from the line above on: searching all the text before, for each match, takes seconds in a long body.
        line_above = max(0, body.rfind("\n", 0, max(0, match.start() - 1)))
        before, end = body[line_above : match.start()], match.end()
        alone = LAST_LINE_IS_BLANK.search(before) and NEXT_LINE_IS_BLANK.match(body, end)
        if alone and not (ENDS_WITH_AN_ITEM.search(text) and INDENTED_AFTER_A_BLANK_LINE.match(body, end)):
            yield match.span()


def _replaced(body, block, text):
    after = body[block.end :]
    if not text:
        after = after[BLANK_LINES_AFTER.match(after).end() :]
    return body[: block.start] + _with_line_ends_of(body, text) + after


def _inserted(body, text, *, after):
    # `after` is None for the end of the body.
    newline = _newline(body)
    text = _with_line_ends_of(body, text)
    if after is not None:
        return f"{body[:after]}{newline * 2}{text}{body[after:]}"
    if not body.strip():
        return f"{body}{text}{newline}"
    gap = newline * (2 - min(2, len(re.search(r"(?:[ \t]*\r?\n)*\Z", body)[0].split("\n")) - 1))
    return f"{body}{gap}{text}{newline}"


def _predecessor(key, body, remembered, order):
    # The end of the nearest section before this one that stands.
    for earlier in reversed(order[: order.index(key)]):
        for _, end in _spans(body, remembered.get(earlier, "")) if earlier in remembered else ():
            return end
    return None


def _with_line_ends_of(body, text):
    return text.replace("\n", _newline(body))


def _newline(body):
    return "\r\n" if "\r\n" in body else "\n"
