"""Markdown that only some programs know: boxes, tabs, attributes, MDX, wiki links and footnotes, as Markdown for all.

A box becomes a quotation under its title, in the words of the source. None of it looks into code.
"""

import re
from itertools import pairwise
from urllib.parse import quote

from chapter.remarks import remark as _

from . import references
from .code import FENCE, outside_of_code

# Docusaurus, VuePress, Pandoc: `:::note Title`, `::: {.callout-tip}`
COLONS = re.compile(r"(?P<indent>[ \t]*)(?P<colons>:{3,})[ \t]*(?P<said>[^\n]*?)[ \t]*:*\Z")
# Python's Markdown and MkDocs: `!!! note "Title"`, `=== "Tab"`, with the text four spaces in.
INDENTED = re.compile(
    r"(?P<indent>[ \t]*)(?:!!!|\?\?\?\+?|===[!+]?(?=[ ]+\"))[ \t]+(?P<said>[\w -]{0,60}(?:\"[^\"\n]*\")?)[ \t]*\Z"
)
# Each line of one in another has a mark more.
MAX_BOXES = 8
# GitHub and Obsidian, in a quotation.
CALLOUT = re.compile(
    r"^(?P<quote>[ \t]*(?:>[ \t]?)+)\[!(?P<kind>[\w-]+)(?:\|[^\]\n]*)?\][+-]?[ \t]*(?P<title>[^\n]*)$", re.MULTILINE
)
TITLE = re.compile(r"[\"“](?P<quoted>[^\"”\n]*)[\"”]|\[(?P<bracketed>[^\[\]\n]*)\]")
ATTRIBUTE = r"(?:[.#][\w:-]+|[\w:-]+=(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s{}\"']+))"
ATTRIBUTES = re.compile(
    rf"^[ \t>]*\{{:[^{{}}\n]{{0,300}}\}}[ \t]*(?:\n|\Z)|^[ \t>]*\{{[ ]?{ATTRIBUTE}(?:[ ]+{ATTRIBUTE}){{0,20}}[ ]?\}}[ \t]*(?:\n|\Z)"
    rf"|(?:\A|(?<=[)\]*_`\"]))(?:\{{:[^{{}}\n]{{0,300}}\}}|\{{[ ]?{ATTRIBUTE}(?:[ ]+{ATTRIBUTE}){{0,20}}[ ]?\}}){{1,5}}"
    rf"|(?<![ \t])[ \t]++\{{:?[ ]?[.#][\w:-]+(?:[ ]+{ATTRIBUTE}){{0,20}}[ ]?\}}(?=[ \t]*#*[ \t]*$)"
    r"|(?<![ \t])[ \t]++\{:[ ]?[^{}\n]{1,300}\}(?=[ \t]*$)"
    rf"|^(?P<heading>#{{1,6}}[ \t][^\n{{}}]{{1,500}}?)[ \t]*\{{[ ]?{ATTRIBUTE}(?:[ ]+{ATTRIBUTE}){{0,20}}[ ]?\}}(?=[ \t]*#*[ \t]*$)",
    re.MULTILINE,
)
CONTENTS = re.compile(
    r"^[ \t]*(?:[-*+]|1\.)[ \t]+[^\n]*\n\{:[ ]?toc[^{}\n]*\}[ \t]*$"
    r"|^[ \t]*(?:\[\[?_?toc_?\]?\]|@\[toc\](?:\([^()\n]*\))?|\$\{toc\})[ \t]*$",
    re.MULTILINE | re.IGNORECASE,
)
PELICAN = re.compile(r"(?<=\()(?:\{(?:filename|static|attach|index)\}|\|(?:filename|static|attach)\|)")
WIKI = re.compile(r"(!?)\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{1,300}))?\]\]")
PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|avif|bmp|heic|tiff?)\Z", re.IGNORECASE)
# `![[a.png|300]]` and `![[a.png|300x200]]` say how large.
SIZE = re.compile(r"\d+(?:x\d+)?\Z")
MARKED = re.compile(r"(?<![=\w])==(?=[^\s=])([^=\n]{1,500})(?<=\S)==(?![=\w])")
IMPORT = re.compile(
    r"^import[ \t]+(?:[\w*{}$,\s]{1,500}?[ \t\n]from[ \t]+)?(?P<mark>[\"'])[^\"'\n]{1,300}(?P=mark);?[ \t]*$|^export[ \t]+(?:default|const|let|var|function|async)\b.*?(?=\n[ \t]*\n|\Z)",
    re.MULTILINE | re.DOTALL,
)
FOOTNOTE = re.compile(
    r"^[ ]{0,3}\[\^(?P<name>[^\]\n]{1,60})\]:[ \t]*(?P<text>[^\n]*(?:\n(?:[ \t]+(?!\[\^)\S[^\n]*|[ \t]*(?=\n[ \t]{2,}\S)))*)",
    re.MULTILINE,
)
REFERENCE = re.compile(r"\[\^([^\]\n]{1,60})\]")


def settled(body: str, notes) -> str:
    """`body` without templates; `notes` gets what a reader misses."""
    body = outside_of_code(body, _program)
    if ":::" in body or "!!! " in body or "??? " in body or "???+" in body or "===" in body:
        body = _boxes(body)
    if "[^" in body:
        body = _footnotes(body, notes)
    body = references.settled(body)
    return outside_of_code(body, lambda text: _marks(text, notes))


def _program(text):
    return IMPORT.sub("", text) if "import" in text or "export" in text else text


def _marks(text, notes):
    text = CONTENTS.sub("", text)
    if "[" in text:
        text = WIKI.sub(lambda match: _wiki(match, notes), CALLOUT.sub(_callout, text))
    if "==" in text:
        text = MARKED.sub(r"\1", text)
    return (
        PELICAN.sub("", ATTRIBUTES.sub(lambda match: match["heading"] or "", text))
        if "{" in text or "|" in text
        else text
    )


def _wiki(match, notes):
    name, words = match[2].strip(), (match[3] or "").strip()
    if match[1] and PICTURE.search(name):
        return f"![{'' if SIZE.match(words) else words}]({quote(name, safe='/#:,&=+~')})"
    if match[1]:
        notes.append(_("the tag {name} was in the text and is left out", name=f"![[{name}]]"))
        return words
    # `links.py` looks for a post of this name.
    place, _mark, part = name.partition("#")
    return f"[{words or place or part}]({quote(name, safe='/#:,&=+~')})" if place else words or part


def _address(name):
    return quote(name, safe="/#:,&=+~")


def _callout(match):
    title = match["title"].strip() or match["kind"].capitalize()
    return f"{match['quote']}**{title}**\n{match['quote'].rstrip()}"


# Boxes


def _boxes(body):
    """As quotations. A box between colons is open until they come again, an indented one as long as its lines are."""
    lines, opened, fence = [], [], ""
    for line, following in pairwise([*body.split("\n"), ""]):
        found = FENCE.match(line)
        if found and (not fence or found[2].startswith(fence)):
            fence = "" if fence else found[2]
        line = line.expandtabs(4) if any(opened) else line
        while opened and opened[-1] and line.strip() and not line.startswith(opened[-1]):
            opened.pop()
            lines.append(_quote(opened))
        bare = line.removeprefix(_indent(opened))
        mark = None if fence or found else _mark(bare, following.expandtabs(4).removeprefix(_indent(opened)))
        if mark is None or (mark["said"] and len(opened) == MAX_BOXES):
            lines.append(_quote(opened) + bare)
        elif mark["said"]:
            lines += _opening(mark, _quote(opened))
            opened.append(f"{_indent(opened)}{mark['indent']}    " if mark.re is INDENTED else "")
        else:
            opened = opened[: max((n for n, one in enumerate(opened) if not one), default=len(opened))]
            lines.append(_quote(opened))
    return "\n".join(lines)


def _mark(line, following):
    if match := COLONS.match(line):
        return match
    match = INDENTED.match(line)
    is_box = match and (not following.strip() or following.startswith(f"{match['indent']}    "))
    return match if is_box else None


def _quote(opened):
    return "> " * len(opened)


def _indent(opened):
    return next((one for one in reversed(opened) if one), "")


def _opening(mark, before):
    name = _title(mark["said"], is_indented=mark.re is INDENTED)
    return [before, *([f"{before}> **{name}**", f"{before}>"] if name else [])]


def _title(said, *, is_indented):
    if title := TITLE.search(said):
        return title["quoted"] if title["quoted"] is not None else title["bracketed"]
    if callout := re.search(r"callout-(\w+)", said):
        return callout[1].capitalize()
    words = re.sub(r"\{[^{}]*\}", "", said).split(None, 1)
    if not words:
        return ""
    return words[1] if len(words) > 1 and not is_indented else words[0].capitalize()


# Footnotes


def _footnotes(body, notes):
    """As numbers in brackets, with their texts where they stood; one word alone would be a link's address."""
    found = []

    def text_of(match):
        found.append(match["name"])
        text = re.sub(r"\n[ \t]+", "\n", match["text"])
        return f"\\[{match['name']}\\] {text}\n"

    def change(text):
        return REFERENCE.sub(r"\\[\1\\]", FOOTNOTE.sub(text_of, text))

    body = outside_of_code(body, change)
    if found:
        notes.append(_("footnotes are shown the way they were typed"))
    return body
