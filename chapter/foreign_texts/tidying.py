"""HTML made ready for the converter: line breaks where people see them, marks that Markdown can write; and what comes out."""

import operator
import re

from bs4 import NavigableString, Tag

BLOCKS = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
]
BLOCKS += [
    "tfoot",
    "tr",
    "td",
    "th",
    "caption",
    "blockquote",
    "pre",
    "figure",
    "figcaption",
    "hr",
    "section",
    "article",
]
BLOCKS += ["aside", "nav", "body", "html"]
BLOCK = frozenset(BLOCKS)
# Whose loose lines become paragraphs, and in which a line break stays one.
HOLD_PARAGRAPHS = ["div", "section", "article", "aside", "blockquote", "body", "html"]
HOLD_LINES = ["p", "li", "dd", "figcaption"]
STRONG, EMPHASISED = ["b", "strong"], ["i", "em"]
MARKS = [*STRONG, *EMPHASISED, "s", "del", "u", "span", "font", "a"]
SPACED_BREAK = re.compile(r"[ \t\r]*+\n[ \t\r]*")
PUNCTUATION = ".,:;!?()[]{}«»“”„\"'’‘…–—-"
EMPTY_LINE = re.compile(r"\n[ \t\r]*\n\s*")
FENCE = re.compile(r"^([ \t>-]*)(`{3,})$")
ENDS_IN_BREAK = re.compile(r"(?<!\\)(?:\\\\)*\\\Z")


def break_lines(page):
    """As WordPress shows a text: an empty line ends a paragraph, any other line break stays."""
    for holder in [page, *page.find_all(HOLD_PARAGRAPHS)]:
        _refill(holder, [node for run in _runs(holder) for part in _paragraphs(run) for node in _wrapped(part)], page)
    for holder in page.find_all(HOLD_LINES):
        if not _is_within(holder, {"pre", "table"}):
            for run in _runs(holder):
                _break(_texts(run), page)


def _refill(tag, nodes, page):
    # All at once, since the library looks a child up from the first one on whenever it moves one.
    if len(nodes) == len(tag.contents) and all(map(operator.is_, nodes, tag.contents)):
        return
    for child in list(tag.contents):
        child.extract()
    for node in nodes:
        paragraph = page.new_tag("p") if isinstance(node, list) else None
        for one in node if paragraph is not None else ():
            paragraph.append(one)
        tag.append(node if paragraph is None else paragraph)


def _runs(holder):
    """Each block by itself, and what stands between blocks: a list of nodes for each stretch."""
    run = []
    for child in holder.children:
        if _is_block(child):
            yield run
            yield [child]
            run = []
        else:
            run.append(child)
    yield run


def _is_block(node):
    return isinstance(node, Tag) and (node.name in BLOCK or _holds_blocks(node))


# The library's own search compiles the names at each call.
def _holds_blocks(tag):
    return any(isinstance(one, Tag) and one.name in BLOCK for one in tag.descendants)


def _is_within(node, names):
    return any(parent.name in names for parent in node.parents)


def _paragraphs(run):
    paragraph = []
    for node in run:
        is_parted = isinstance(node, NavigableString) and EMPTY_LINE.search(node)
        parts = [NavigableString(part) for part in EMPTY_LINE.split(node)] if is_parted else [node]
        for number, part in enumerate(parts):
            if number:
                yield paragraph
                paragraph = []
            paragraph.append(part)
    yield paragraph


def _wrapped(nodes):
    # A list in the list is a paragraph to be.
    is_empty = not any(isinstance(node, Tag) or node.strip() for node in nodes)
    if is_empty or _is_block(nodes[0]):
        return nodes
    return [nodes]


def _texts(run):
    """The texts of a stretch, in its marks too; not of a block."""
    if run and _is_block(run[0]):
        return []
    found = (([node] if isinstance(node, NavigableString) else node.find_all(string=True)) for node in run)
    return [text for texts in found for text in texts]


def _break(texts, page):
    pieces = {}
    for number, text in enumerate(texts):
        if _is_within(text, {"pre", "code"}):
            continue
        is_first, is_last = number == 0, number == len(texts) - 1
        # Not at the edges, and not beside a break that is there already.
        before = is_first or _is_break(text.previous_sibling)
        after = is_last or _is_break(text.next_sibling)
        value = text.lstrip() if before else str(text)
        value = value.rstrip() if after else value
        lines = SPACED_BREAK.split(value)
        pieces[id(text)] = [one for line in lines for one in (page.new_tag("br"), NavigableString(line))][1:]
    for parent in {id(text.parent): text.parent for text in texts}.values():
        _refill(parent, [piece for child in parent.contents for piece in pieces.get(id(child), [child])], page)


def _is_break(node):
    return isinstance(node, Tag) and node.name == "br"


def settle_inline(page):
    """Marks that Markdown has no way to write: one in itself, round a paragraph, or with a line break at its edge."""
    for pre in page.find_all("pre"):
        for one in pre.find_all("br"):
            one.replace_with("\n")
    for tag in page.find_all(MARKS):
        alike = STRONG if tag.name in STRONG else EMPHASISED if tag.name in EMPHASISED else []
        if (alike and _is_within(tag, alike)) or (tag.name != "a" and _holds_blocks(tag)):
            tag.unwrap()
    for tag in page.find_all(MARKS):
        while tag.contents and _is_break(tag.contents[0]):
            tag.insert_before(tag.contents[0].extract())
        while tag.contents and _is_break(tag.contents[-1]):
            tag.insert_after(tag.contents[-1].extract())
    for tag in page.find_all([*STRONG, *EMPHASISED]):
        _join(tag)
    for tag in page.find_all([*STRONG, *EMPHASISED]):
        _free_punctuation(tag)


def _join(tag):
    # `**a****b**` is one mark round five stars.
    alike = STRONG if tag.name in STRONG else EMPHASISED
    while isinstance(tag.next_sibling, Tag) and tag.next_sibling.name in alike:
        follower = tag.next_sibling.extract()
        for child in list(follower.contents):
            tag.append(child)


def _free_punctuation(tag):
    # `**Where:**Oslo` is no mark, since a letter follows the colon; `**Where**:Oslo` is. The same at its beginning.
    first, last = (tag.contents[0], tag.contents[-1]) if tag.contents else (None, None)
    before, after = tag.previous_sibling, tag.next_sibling
    if isinstance(last, NavigableString) and isinstance(after, NavigableString) and after[:1].isalnum():
        bare = last.rstrip(PUNCTUATION)
        if bare and bare != last:
            after.replace_with(NavigableString(last[len(bare) :] + after))
            last.replace_with(NavigableString(bare))
            first = tag.contents[0]
    if isinstance(first, NavigableString) and isinstance(before, NavigableString) and before[-1:].isalnum():
        bare = first.lstrip(PUNCTUATION)
        if bare and bare != first:
            before.replace_with(NavigableString(before + first[: len(first) - len(bare)]))
            first.replace_with(NavigableString(bare))


def tidy(text):
    """No empty paragraphs, no spaces at the end of a line (two of them are a break), and none of that in code."""
    lines, fence = [], ""
    for line in text.replace("\u00a0", " ").split("\n"):
        opens = FENCE.match(line)
        if fence:
            lines.append(line)
            fence = "" if opens and opens[2] == fence else fence
        elif opens:
            lines.append(line)
            fence = opens[2]
        else:
            _add(lines, line.rstrip())
    _end_paragraph(lines)
    return "\n".join(lines).strip("\n").rstrip()


def _add(lines, line):
    # A break and nothing else is an empty line; the break before an empty line would be shown as a backslash.
    if line.lstrip(" \t>") == "\\":
        line = line[:-1].rstrip()
    if line.strip(" \t>"):
        is_first = not lines or not lines[-1]
        lines.append(line[1:] if is_first and re.match(r" \S", line) else line)
        return
    _end_paragraph(lines)
    if line or (lines and lines[-1]):
        lines.append(line)


def _end_paragraph(lines):
    if lines and ENDS_IN_BREAK.search(lines[-1]):
        lines[-1] = lines[-1][:-1].rstrip()
