"""Lines and blocks of copied page text, and how they become Markdown."""

import re
import unicodedata
from dataclasses import dataclass, replace
from itertools import pairwise

LONGEST_WRAPPED = 120  # characters; nobody wraps lines later, so a longer line is a whole paragraph

RULE = re.compile(r"[-*_=~](?: ?[-*_=~]){2,}")
MARKDOWN_HEADING = re.compile(r"#{1,6} ")
_ITEM = re.compile(r"(?:[•◦‣▪●·] ?|[-*] )(.*)")
_BLOCK_START = re.compile(r"#{1,6}(?= |$)|>|[+-](?=[- ]|$)|~~~|[0-9]{1,9}(?=[.)](?: |$))")
# "_" inside a word is harmless in Markdown, and escaping it would break addresses.
_INLINE = re.compile(r"[\\*`<\[]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")


@dataclass(frozen=True)
class Block:
    """A paragraph, a list item or a horizontal rule, with the number of blank lines above it."""

    line: int  # index into the page's lines
    gap: int
    text: str
    kind: str = "paragraph"  # or "item", "rule"


def clean_lines(text: str) -> list[str]:
    """Lines (of any line end) in NFC without control characters; runs of spaces, also NBSP, become one."""
    return [_clean_line(line) for line in text.splitlines()]


def _clean_line(line: str) -> str:
    line = "".join(" " if char == "\t" else char for char in line if char == "\t" or _is_text(char))
    return " ".join(unicodedata.normalize("NFC", line).split())


def _is_text(char: str) -> bool:
    # Controls, lone surrogates and invisible marks go; emoji need the joiners.
    return char in "\u200c\u200d" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"}


def read_blocks(lines: list[str], start: int, end: int) -> list[Block]:
    """The blocks of lines[start:end]; the first one's gap counts from `start`."""
    blocks: list[Block] = []
    gap = 0
    for index in range(start, end):
        if not lines[index]:
            gap += 1
            continue
        block = _read_block(lines[index], index, gap)
        if gap == 0 and blocks and _continues(lines[index - 1], blocks[-1], block):
            joined = f"{blocks[-1].text} {block.text}".strip()
            blocks[-1] = replace(blocks[-1], text=joined)
        else:
            blocks.append(block)
        gap = 0
    return [part for block in blocks for part in _split_inline_list(block)]


def _read_block(line: str, index: int, gap: int) -> Block:
    if RULE.fullmatch(line):
        return Block(index, gap, line, "rule")
    if match := _ITEM.fullmatch(line):
        return Block(index, gap, match[1], "item")
    return Block(index, gap, line)


def _continues(line_above: str, above: Block, block: Block) -> bool:
    # A wrapped paragraph or list item goes on below; a heading, or a line nobody would wrap, is whole.
    one_line = len(line_above) > LONGEST_WRAPPED or MARKDOWN_HEADING.match(line_above)
    return block.kind == "paragraph" and above.kind != "rule" and not one_line


def _split_inline_list(block: Block) -> list[Block]:
    # "intro: • one • two"; a lone "•" in a sentence stays as it is.
    first, *items = (part.strip() for part in block.text.split("•"))
    is_list = block.kind == "item" or first.endswith(":") or len(items) > 1
    if not items or not is_list:
        return [block] if block.text else []
    parts = [Block(block.line, 0, item, "item") for item in items if item]
    return [Block(block.line, block.gap, first, block.kind), *parts] if first else parts


def as_markdown(blocks: list[Block]) -> str:
    """Paragraphs and lists with one blank line between them; rules are the page's decoration and go."""
    parts = [block for block in blocks if block.kind != "rule"]
    body = _markdown_line(parts[0])
    for above, block in pairwise(parts):
        same_list = above.kind == block.kind == "item"
        body += ("\n" if same_list else "\n\n") + _markdown_line(block)
    return body


def _markdown_line(block: Block) -> str:
    return f"- {_escape(block.text)}" if block.kind == "item" else _escape(block.text)


def _escape(text: str) -> str:
    # Of "12. March" the dot is escaped, of other starts of a block the first character.
    start = _BLOCK_START.match(text)
    escaped = _INLINE.sub(r"\\\g<0>", text)
    if not start:
        return escaped
    head = start[0]
    return f"{head}\\{escaped[len(head) :]}" if head.isdigit() else f"\\{escaped}"
