"""Markdown of other systems as ours: HTML in it, and the marks of Hugo, Jekyll, Pelican and kramdown.

What cannot be shown is noted; what stands in code is left alone.
"""

import re
from functools import cache

from markdown_it import MarkdownIt

from chapter.foreign_texts import RELATIVE, TooMuch, parsed, to_markdown
from chapter.remarks import remark as _

from . import players

CODE = re.compile(
    r"(^(?P<fence>[ \t]{0,3}(?:`{3,}+|~{3,}+))[^\n]*\n.*?(?:^(?P=fence)[`~]*[ \t]*$|\Z)|(?<!`)(?P<ticks>`{1,2})(?!`)[^`\n]+(?P=ticks)(?!`))",
    re.DOTALL | re.MULTILINE,
)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# Each is converted by itself.
MAX_INLINE = 1_000
BLOCK_OF_CODE = re.compile(
    r"(?s)\{%-?\s*highlight\s+(\w+)[^%]*%\}\n?(.{0,10000}?)\n?\{%-?\s*endhighlight\s*-?%\}|\{\{[<%]\s*highlight\s+\"?(\w+)[^>%]*[>%]\}\}\n?(.{0,10000}?)\n?\{\{[<%]\s*/\s*highlight\s*[>%]\}\}"
)
HUGO = re.compile(r"\{\{[<%]\s*(?P<end>/?)\s*(?P<name>[\w./-]+)(?P<said>[^{}]{0,2000}?)/?\s*[>%]\}\}")
LIQUID = re.compile(r"\{%-?\s*(?P<name>\w+)(?P<said>[^{}]{0,1000}?)-?%\}")
OUTPUT = re.compile(r"\{\{-?\s*(?P<said>[^{}<%]{1,300}?)-?\}\}")
ATTRIBUTES = re.compile(
    r"^[ \t]*\{:[^{}\n]{0,300}\}[ \t]*\n?|(?<=[)\]*_`])\{:[^{}\n]{0,300}\}|(?<=\))\{[.#][^{}\n]{1,200}\}",
    re.MULTILINE,
)
PELICAN = re.compile(r"(?<=\()(?:\{(?:filename|static|attach|index)\}|\|(?:filename|static)\|)")
NAMED = re.compile(r"(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
SILENT = {"raw", "endraw", "comment", "endcomment", "toc", "more", "excerpt"}
IMG = re.compile(r"<img\b[^<>]{0,2000}>", re.IGNORECASE)
LINK = re.compile(r"<a\b[^<>]{0,2000}>[^<>\n]{1,500}</a>", re.IGNORECASE)
BREAK = re.compile(r"[ \t]*<br\s*/?>[ \t]*\n?", re.IGNORECASE)
MARKS = [
    (re.compile(r"</?(?:b|strong)>", re.IGNORECASE), "**"),
    (re.compile(r"</?(?:i|em)>", re.IGNORECASE), "*"),
    (re.compile(r"</?(?:del|s|strike)>", re.IGNORECASE), "~~"),
    (
        re.compile(
            r"</?(?:span|u|small|big|sup|sub|font|mark|abbr|cite|kbd|q|ins|p|div|center|nobr|wbr)(?:\s[^<>]{0,500})?/?>",
            re.IGNORECASE,
        ),
        "",
    ),
    (re.compile(r"<a\s+(?:name|id)=[^<>]{1,200}>(?:</a>)?", re.IGNORECASE), ""),
]
WIKI = re.compile(r"(!?)\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{1,300}))?\]\]")
FOOTNOTE = re.compile(r"^\[\^[^\]\n]{1,60}\]:", re.MULTILINE)


def settled(body: str) -> tuple[str, list[str]]:
    """(the text as our Markdown, what was left out of it). Raises TooMuch."""
    notes = []
    body = BLOCK_OF_CODE.sub(lambda match: f"```{match[1] or match[3]}\n{match[2] or match[4]}\n```", body)
    body = outside_of_code(body, lambda text: _without_templates(COMMENT.sub("", text), notes))
    if "<" in body:
        body = _without_blocks(body, notes)
        body = outside_of_code(body, lambda text: _without_tags(text, notes))
    if FOOTNOTE.search(body):
        notes.append(_("footnotes are shown the way they were typed"))
    return re.sub(r"\n{3,}", "\n\n", body) if notes else body, list(dict.fromkeys(notes))


def outside_of_code(text: str, change) -> str:
    """The text with `change` applied to what is no code."""
    parts, done = [], 0
    for match in CODE.finditer(text):
        parts += [change(text[done : match.start()]), match[0]]
        done = match.end()
    return "".join([*parts, change(text[done:])])


# Templates


def _wiki(match):
    # Obsidian's: a picture, or a note that is no post here.
    return f"![{match[3] or ''}](<{match[2]}>)" if match[1] else match[3] or match[2]


def _without_templates(text, notes):
    text = WIKI.sub(_wiki, text)
    if "{" not in text and "|" not in text:
        return text
    text = HUGO.sub(lambda match: _shortcode(match, notes), text)
    text = LIQUID.sub(lambda match: _tag(match, notes), text)
    text = OUTPUT.sub(lambda match: _output(match, notes), text)
    return PELICAN.sub("", ATTRIBUTES.sub("", text))


def _shortcode(match, notes):
    name, said = match["name"], match["said"].strip()
    named = {key: first or second or third for key, first, second, third in NAMED.findall(said)}
    plain = next((first or second for first, second in QUOTED.findall(said)), said.split()[0] if said else "")
    if name in {"ref", "relref"}:
        return plain
    if name in {"figure", "img", "image"} and (named.get("src") or plain):
        title = f' "{named["caption"]}"' if named.get("caption") else ""
        return f"![{named.get('alt', '')}]({named.get('src') or plain}{title})"
    if name in players.ADDRESSES and (named.get("id") or plain):
        last = plain.split("=")[-1] if not QUOTED.search(said) and "id" not in named else plain
        return f"<{players.ADDRESSES[name].format(named.get('id') or last)}>"
    if not match["end"] and name not in SILENT:
        notes.append(_("the shortcode {name} was in the text and is left out", name=name))
    return ""


def _tag(match, notes):
    name, said = match["name"], match["said"].strip()
    if name in {"link", "post_url"}:
        return said
    if name in players.ADDRESSES and said:
        return f"<{players.ADDRESSES[name].format(said.split()[0])}>"
    if name not in SILENT and not name.startswith("end"):
        notes.append(_("the tag {name} was in the text and is left out", name=name))
    return ""


def _output(match, notes):
    said = match["said"].strip()
    if quoted := QUOTED.match(said):
        return quoted[1] or quoted[2] or ""
    if not re.match(r"(?:site|page|\.Site|\.Page|SITEURL)\b", said):
        notes.append(_("{{{{ {said} }}}} was in the text and is left out", said=said[:40]))
    return ""


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
    if re.search(r"\bmarkdown\s*=", html) or (
        not re.sub(r"<[^<>]*>", "", html).strip() and "<img" not in html.lower()
    ):
        # Only tags, or tags round Markdown.
        embedded = parsed(html).find(["iframe", "video", "audio", "object", "embed"])
        if embedded is None:
            return _without_tags(re.sub(r"</?[A-Za-z][^<>]*>", "", html), notes).strip("\n")
    text, more = to_markdown(html, base=RELATIVE)
    notes += more
    return text


def _without_tags(text, notes):
    if "<" not in text:
        return text
    text = BREAK.sub("\\\\\n", text)
    if text.count("<") > MAX_INLINE:
        raise TooMuch(_("it has more than {number} tags in its Markdown", number=MAX_INLINE))
    text = LINK.sub(lambda match: _converted(match, notes), text)
    text = IMG.sub(lambda match: _converted(match, notes), text)
    for pattern, mark in MARKS:
        text = pattern.sub(mark, text)
    return text


def _converted(match, notes):
    try:
        text, more = to_markdown(match[0], base=RELATIVE)
    except TooMuch:
        return ""
    notes += more
    return text
