"""Read the seven principles out of the text of a chapter's page.

A page's text is whatever somebody copied: its own words before and after, one, two or no blank lines between
paragraphs, lists on lines of their own or run together with "•". Only layout tells where the last principle
ends, so what principles 1–6 look like decides what may belong to principle 7 (see `_length_of_last`).
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from .page_text import MARKDOWN_HEADING, RULE, Block, as_markdown, clean_lines, read_blocks

EXPECTED = list(range(1, 8))
MAX_BYTES = 200_000
LONGEST_TITLE = 100  # characters; a longer numbered line is a sentence, not a heading
LONGEST_PAGE_HEADING = 60  # characters, as in "Past events (28)"

_HEADING = re.compile(r"(?:#{1,6} )?(?:\*\*|__)? ?([0-9]{1,3}) ?[.)](?:\*\*|__)? (\S.*)")
# "12. mars 2018" is a date in Norwegian and would otherwise be read as number 12.
_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_DATE = re.compile(rf"(?:{_MONTHS})(?: [0-9]{{4}})?", re.IGNORECASE)


class NotSevenPrinciples(ValueError):
    """The text does not hold exactly the principles 1–7; the message says what was found, in English."""


@dataclass(frozen=True)
class ParsedWording:
    """One principle: a plain-text title and a Markdown body (paragraphs, and lists with "- ")."""

    number: int
    title: str
    body: str


@dataclass(frozen=True)
class ParsedPage:
    """Principles 1–7 in order, and the page's own text after them (plain; empty when there was none)."""

    wordings: tuple[ParsedWording, ...]
    left_out: str


@dataclass(frozen=True)
class _Heading:
    line: int  # index into the page's lines
    number: int
    title: str


def read_principles(text: str) -> ParsedPage:
    """Return the seven principles; raise NotSevenPrinciples, and nothing else, for any other text."""
    if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        raise NotSevenPrinciples(f"The text is longer than {MAX_BYTES // 1000} kB.")
    lines = clean_lines(text)
    headings = _find_headings(lines)
    _check_numbers(headings)
    sections = _split_sections(lines, headings)
    _check_texts(sections)
    end = _length_of_last(sections)
    rest = sections[-1][end:]
    left_out = "\n".join(lines[rest[0].line :]).strip() if rest else ""
    sections[-1] = sections[-1][:end]
    wordings = (
        ParsedWording(heading.number, heading.title, as_markdown(blocks))
        for heading, blocks in zip(headings, sections, strict=True)
    )
    return ParsedPage(tuple(wordings), left_out)


# Headings


def _find_headings(lines: list[str]) -> list[_Heading]:
    headings = (_read_heading(index, line) for index, line in enumerate(lines))
    return [heading for heading in headings if heading]


def _read_heading(index: int, line: str) -> _Heading | None:
    match = _HEADING.fullmatch(line)
    title = match[2].strip("*_# ") if match else ""
    if not title or len(title) > LONGEST_TITLE or _DATE.fullmatch(title):
        return None
    return _Heading(index, int(match[1]), title)


def _check_numbers(headings: list[_Heading]) -> None:
    numbers = [heading.number for heading in headings]
    if numbers == EXPECTED:
        return
    if not numbers:
        raise NotSevenPrinciples("No numbered principle was found.")
    _refuse_repeated(headings)
    missing = [number for number in EXPECTED if number not in numbers]
    found = f"Found {len(numbers)} numbered {'principle' if len(numbers) == 1 else 'principles'}"
    if missing:
        be = "is" if len(missing) == 1 else "are"
        raise NotSevenPrinciples(f"{found} ({_listed(numbers)}); {_joined(missing)} {be} missing.")
    if len(numbers) > len(EXPECTED):
        raise NotSevenPrinciples(f"{found} ({_listed(numbers)}); expected 1–7.")
    raise NotSevenPrinciples(f"Found the principles in the order {_listed(numbers)}; expected 1–7.")


def _refuse_repeated(headings: list[_Heading]) -> None:
    # A numbered list beside the principles: a person has to say which lines are headings.
    counts = Counter(heading.number for heading in headings)
    repeated = [number for number, count in counts.items() if count > 1]
    if not repeated:
        return
    if len(repeated) > 1:
        raise NotSevenPrinciples(f"Found the numbers {_listed(repeated)} more than once.")
    places = [heading.line + 1 for heading in headings if heading.number == repeated[0]]
    times = "twice" if len(places) == 2 else f"{len(places)} times"
    raise NotSevenPrinciples(f"Found number {repeated[0]} {times} (lines {_joined(places)}).")


def _listed(numbers: list[int]) -> str:
    # "1–8" for an unbroken run, else "1, 2, 5", shortened after twelve.
    if len(numbers) > 3 and all(after == before + 1 for before, after in pairwise(numbers)):
        return f"{numbers[0]}–{numbers[-1]}"
    return ", ".join([*map(str, numbers[:12]), *(["…"] if len(numbers) > 12 else [])])


def _joined(numbers: list[int]) -> str:
    *first, last = numbers
    return f"{_listed(first)} and {last}" if first else str(last)


# Texts under the headings


def _split_sections(lines: list[str], headings: list[_Heading]) -> list[list[Block]]:
    starts = [_first_line_under(heading, lines) for heading in headings]
    ends = [heading.line for heading in headings[1:]] + [len(lines)]
    return [read_blocks(lines, start, end) for start, end in zip(starts, ends, strict=True)]


def _first_line_under(heading: _Heading, lines: list[str]) -> int:
    # An underlining ("=====") is part of the heading.
    below = heading.line + 1
    return below + 1 if below < len(lines) and RULE.fullmatch(lines[below]) else below


def _check_texts(sections: list[list[Block]]) -> None:
    """Refuse a principle without text; what stands far below the last heading is the page's own text."""
    widest = max((blocks[0].gap for blocks in sections[:-1] if blocks), default=0)
    for number, blocks in zip(EXPECTED, sections, strict=True):
        is_page_text = number == 7 and blocks and (blocks[0].gap > widest or _is_marked_end(blocks[0]))
        if is_page_text or all(block.kind == "rule" for block in blocks):
            raise NotSevenPrinciples(f"Found 7 numbers but principle {number} has no text.")


# Where the last principle ends


def _length_of_last(sections: list[list[Block]]) -> int:
    """How many blocks of the last section are the principle's; the rest is the page's own text.

    The first block always is. The text ends at the first of
    1. a number of blank lines that never stands between two blocks inside principles 1–6;
    2. a horizontal rule, a Markdown heading, or, when principles 1–6 hold no such line, a short line
       without a full stop ("Past events (28)");
    3. a guess, when more paragraphs are left than any other principle has: as many as the shortest
       of the others has, because text left out is reported and text taken along is not.
    """
    *others, last = sections
    end = min(_first_strange_gap(others, last), _first_page_heading(others, last))
    counts = [_count_paragraphs(blocks) for blocks in others]
    if _count_paragraphs(last[:end]) > max(1, *counts):
        end = _end_of_paragraph(last, max(1, min(counts)))
    return end


def _first_strange_gap(others: list[list[Block]], last: list[Block]) -> int:
    known = {0} | {block.gap for blocks in others for block in blocks[1:]}
    for index, (above, block) in enumerate(pairwise(last), start=1):
        is_announced = block.kind == "item" and above.text.endswith(":")
        if block.gap not in known and not is_announced:
            return index
    return len(last)


def _first_page_heading(others: list[list[Block]], last: list[Block]) -> int:
    short_lines_are_text = any(_is_short_line(block) for blocks in others for block in blocks)
    for index, block in enumerate(last[1:], start=1):
        if _is_marked_end(block) or (_is_short_line(block) and not short_lines_are_text):
            return index
    return len(last)


def _is_marked_end(block: Block) -> bool:
    return block.kind == "rule" or bool(block.kind == "paragraph" and MARKDOWN_HEADING.match(block.text))


def _is_short_line(block: Block) -> bool:
    is_short = block.kind == "paragraph" and len(block.text) <= LONGEST_PAGE_HEADING
    return is_short and not block.text.rstrip("»”\"')").endswith((".", "!", "?", "…", ":", ";", ","))


def _count_paragraphs(blocks: list[Block]) -> int:
    return sum(block.kind == "paragraph" for block in blocks)


def _end_of_paragraph(blocks: list[Block], count: int) -> int:
    # The list under a paragraph belongs to it.
    paragraphs = [index for index, block in enumerate(blocks) if block.kind == "paragraph"]
    return paragraphs[count]
