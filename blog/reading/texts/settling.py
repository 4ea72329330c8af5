"""Markdown of other systems as ours: HTML in it, components, and the marks of `templates.py` and `dialects.py`.

What cannot be shown is noted; what stands in code is left alone, and what stands in a comment never shows.
"""

import re
from functools import cache
from html import unescape

from markdown_it import MarkdownIt

from chapter.foreign_texts import RELATIVE, TooMuch, absolute, to_markdown
from chapter.remarks import remark as _
from chapter.text import markdown

from . import dialects, templates
from .code import COMMENT, outside_of_code, replaced

# Each is converted by itself.
MAX_INLINE = 1_000
# `<Callout type="tip">` of MDX, `<lite-youtube>`, `<g-image/>`.
COMPONENT = (
    r"<(?P<end>/?)(?P<name>[A-Z][\w.]{0,60}|[a-z]{1,30}(?:-[a-z0-9]{1,30}){1,4})"
    r"(?P<said>(?:\s+[\w:@.-]{1,60}(?:\s*=\s*(?:\"[^\"]{0,2000}\"|'[^']{0,2000}'|\{\s*`[^`]{0,20000}`\s*\}"
    r"|\{(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,500}\}){0,1000}\}){0,2000}\}|[^\s\"'<>{}]{1,500}))?|\s*\{\.\.\.[^{}]{1,200}\}){0,40})"
    r"\s*(?P<alone>/?)>"
)
VALUE = re.compile(r"=\s*\{\s*([\"'`])([^{}\"'`]*)\1\s*\}")
LINKED = re.compile(r"<a\b[^<>]{0,2000}>\s{0,20}<img\b[^<>]{0,2000}>\s{0,20}</a>", re.IGNORECASE)
IMG = re.compile(r"<img\b[^<>]{0,2000}>", re.IGNORECASE)
LINK = re.compile(
    r"<a\b(?P<said>[^<>]{0,2000})>(?P<words>(?:(?!</?a\b|\n[ \t]*\n).){0,1000})</a>", re.IGNORECASE | re.DOTALL
)
HREF = re.compile(r"\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
INLINE_CODE = re.compile(
    r"<(?P<tag>code|tt|samp)(?:\s[^<>]{0,300})?>(?P<words>[^\n]{1,500}?)</(?P=tag)>", re.IGNORECASE
)
FRAME = re.compile(
    r"<(?P<tag>iframe|video|audio|object|embed)\b[^<>]{0,2000}?/?>(?:(?:(?!<(?P=tag)\b).){0,2000}?</(?P=tag)>)?",
    re.IGNORECASE | re.DOTALL,
)
# What shows nothing.
GONE = re.compile(
    r"<(?P<tag>script|style|template|noscript|svg|math|canvas)\b[^<>]{0,2000}>.{0,100000}?</(?P=tag)\s*>",
    re.IGNORECASE | re.DOTALL,
)
RULE = re.compile(r"^[ \t]*<hr\b[^<>]{0,200}>[ \t]*$", re.IGNORECASE | re.MULTILINE)
BREAK = re.compile(r"[ \t]*<br\s*/?>[ \t]*\n?", re.IGNORECASE)
TAGS = (
    "span|u|small|big|sup|sub|font|mark|abbr|acronym|cite|kbd|var|dfn|bdi|bdo|ruby|rt|rp|q|ins|p|div|center|nobr|wbr"
)
TAGS += "|section|article|aside|header|footer|main|nav|figure|figcaption|picture|source|details|summary|label|time"
TAGS += (
    "|address|ul|ol|li|dl|dt|dd|blockquote|h[1-6]|table|thead|tbody|tr|td|th|caption|a|input|textarea|option|button"
)
TAGS += "|code|tt|samp|form|select|fieldset|legend|iframe|video|audio|object|embed"
ALL_MARKS = [
    ("</?(?:b|strong)(?:\\s[^<>]{0,300})?>", "**"),
    ("</?(?:i|em)>", "*"),
    # Of a font's pictures nothing is left.
    ("<i\\s[^<>]{0,300}>\\s*</i>", ""),
    ("</?(?:i|em)\\s[^<>]{0,300}>", ""),
    ("</?(?:del|s|strike)(?:\\s[^<>]{0,300})?>", "~~"),
    (f"</?(?:{TAGS})(?:\\s[^<>]{{0,1000}})?/?>", ""),
]
# `[words](<a place.md>)` is no tag.
MARKS = [(re.compile(rf"(?<!\]\(){pattern}", re.IGNORECASE), mark) for pattern, mark in ALL_MARKS]


def settled(body: str) -> tuple[str, list[str]]:
    """(the text as our Markdown, what was left out of it). Raises TooMuch."""
    notes = []
    body = _without_templates(body, notes)
    body = dialects.settled(body, notes)
    if "<" in body:
        body = _without_components(body, notes)
        body = _without_blocks(body, notes)
        body = outside_of_code(body, lambda text: INLINE_CODE.sub(_code, text))
        body = outside_of_code(body, lambda text: _without_tags(text, notes))
    body = templates.as_typed(body)
    return re.sub(r"\n{3,}", "\n\n", body) if notes else body, list(dict.fromkeys(notes))


def from_html(body: str) -> tuple[str, list[str]]:
    """As `settled`, of a file that is HTML but for its templates."""
    notes = []
    body = _without_templates(body, notes)
    text, more = to_markdown(body, base=RELATIVE)
    notes += more
    return templates.as_typed(text), list(dict.fromkeys(notes))


LINKED_WORDS = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()]{0,1000}\)")
MARKED = re.compile(r"`|\*\*|\]\(|\{[#.:]")


def words_of(line: str) -> str:
    """A title or a summary that may be Markdown, as words; one without its marks as it is."""
    if not MARKED.search(line):
        return line
    return markdown.render(LINKED_WORDS.sub(r"\1", settled(templates.seen(line))[0])).text or line


def _without_templates(text, notes):
    text = templates.with_code(templates.revealed(text))
    text = replaced(rf"{COMMENT}|{templates.HIDDEN}", lambda match: "", text)
    return outside_of_code(text, lambda part: templates.settled(part, notes)) if "{" in text else text


# HTML


@cache
def _parser():
    return MarkdownIt("commonmark")


def _without_blocks(body, notes):
    # A block ends at an empty line or its own end, so that Markdown between two of its tags stays Markdown.
    lines = body.split("\n")
    for token in reversed(_parser().parse(body)):
        if token.type == "html_block" and token.level == 0:
            begin, end = token.map
            block = "\n".join(lines[begin:end])
            lines[begin:end] = ["", _block(block, notes), ""]
    return "\n".join(lines) if lines else body


def _block(html, notes):
    if re.search(r"\bmarkdown\s*=", html):
        return _without_tags(html, notes).strip("\n")
    return _converted(html, notes)


def _without_components(text, notes):
    closed = set(re.findall(r"</([A-Z][\w.]*|[a-z]+(?:-[a-z0-9]+)+)\s*>", text))
    return replaced(COMPONENT, lambda match: _component(match, closed, notes), text)


def _component(match, closed, notes):
    name, said = match["name"], VALUE.sub(r'="\2"', match["said"])
    # `List<String>` in a text that isn't about tags.
    if not (match["end"] or match["alone"] or said or name in closed):
        return match[0]
    if match["end"]:
        return ""
    shown = templates.shown(re.sub(r"[^a-z]+", "_", name.lower()), said)
    if shown is None:
        notes.append(_("the tag {name} was in the text and is left out", name=f"<{name}>"))
    return shown or ""


def _code(match):
    words = unescape(re.sub(r"<[^<>]*>", "", match["words"])).strip()
    ticks = "``" if "`" in words else "`"
    return f"{ticks}{words}{ticks}" if words else ""


def _without_tags(text, notes):
    if "<" not in text:
        return text
    text = RULE.sub("\n* * *\n", BREAK.sub(_break, text))
    if text.count("<") > MAX_INLINE:
        raise TooMuch(_("it has more than {number} tags in its Markdown", number=MAX_INLINE))
    for pattern in (GONE, FRAME, LINKED, IMG):
        text = pattern.sub(lambda match: _converted(match[0], notes), text)
    text = LINK.sub(_link, text)
    for pattern, mark in MARKS:
        text = pattern.sub(mark, text)
    return text


def _break(match):
    # A row of a table is one line.
    line = match.string[match.string.rfind("\n", 0, match.start()) + 1 : match.start()]
    return " " if line.lstrip(" >").startswith("|") else "\\\n"


def _converted(html, notes):
    text, more = to_markdown(html, base=RELATIVE)
    notes += more
    return text


def _link(match):
    words = " ".join(match["words"].split())
    found = HREF.search(match["said"])
    address = absolute(unescape(next(filter(None, found.groups()), "")), RELATIVE) if found else ""
    # Round a picture it leads to the picture's file.
    return f"[{words}]({address})" if words and address and "![" not in words else words
