"""Markdown to safe HTML, rendered when a text is saved.

markdown-it-py reads CommonMark with tables, strikethrough and bare links, and passes no HTML through; nh3 then allows
an explicit list of tags, attributes and URL schemes. Always both.
"""

import re
from functools import cache
from typing import NamedTuple

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.rules_block import table
from markdown_it.token import Token

from .. import renditions
from ..fields import without_controls
from . import bare_links

# Raise it when the output changes; `manage.py rerender` then updates the stored HTML.
RENDER_VERSION = 4
MAX_LENGTH = 50_000
# `[a]: /long-address` once and `[a]` ten thousand times would write the address ten thousand times.
MAX_REFERENCED = 500_000
# Short rows are filled up to the width of the table's head, so a wide head would multiply them.
MAX_COLUMNS = 60
# The column of `.prose` is 36rem wide.
SIZES = "(min-width: 40rem) 36rem, 100vw"

COMMENT_TAGS = frozenset({"p", "br", "hr", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "a"})
LARGE_TAGS = {"h2", "h3", "h4", "img", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption"}
TAGS = COMMENT_TAGS | LARGE_TAGS
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height", "srcset", "sizes", "loading"},
    "ol": {"start"},
    "table": {"tabindex"},
    "th": {"scope"},
}
OWN_IMAGE = re.compile(r"/media/" + renditions.PATH.pattern, re.ASCII)
# Another site, an address, or a place on ours. Never `//host` or `/\host`, which a browser reads as another site.
SAFE_LINK = re.compile(r"(?:https?://|mailto:|/(?![/\\])|\#|\?)[^\s\x00-\x20\\]*\Z|/\Z", re.IGNORECASE)


class Rendered(NamedTuple):
    """`html` is safe to mark; `text` is not: a `<` in it was typed by someone."""

    html: str
    text: str


def render(source: str) -> Rendered:
    """Safe HTML and plain text of a Markdown source; anything beyond MAX_LENGTH characters is ignored."""
    return _render(source, parser=_parser(), cleaner=_cleaner(TAGS))


def render_comment(source: str) -> Rendered:
    """As `render`, without headings, pictures and tables."""
    return _render(source, parser=_comment_parser(), cleaner=_cleaner(COMMENT_TAGS))


def parsed(source: str) -> list[Token]:
    """What is rendered, for those who write it otherwise."""
    return _parser().parse(source[:MAX_LENGTH])


def to_html(source: str) -> str:
    return render(source).html


def comment_html(source: str) -> str:
    return render_comment(source).html


def columns(source: str) -> dict:
    """The columns beside a Markdown `body`: HTML, plain text, render version."""
    html, text = render(source)
    return {"body_html": html, "body_text": text, "render_version": RENDER_VERSION}


def _render(source, *, parser, cleaner):
    env = {}
    tokens = parser.parse(source[:MAX_LENGTH], env)
    html = cleaner.clean(parser.renderer.render(tokens, parser.options, env))
    # Afterwards, since `&#12;` is such a character, too.
    return Rendered(without_controls(html), " ".join(without_controls(" ".join(_words(tokens))).split()))


def _words(tokens):
    for token in tokens:
        if token.type == "inline":
            yield "".join(_inline_words(token.children or []))
        elif token.type in {"fence", "code_block"}:
            yield token.content


def _inline_words(children):
    for child in children:
        if child.type == "image":
            yield _alt(child)
        elif child.type in {"softbreak", "hardbreak"}:
            yield " "
        else:
            yield child.content


# The parsers, made on first use


@cache
def _parser():
    parser = _base().enable("table")
    parser.block.ruler.at("table", _narrow_table, {"alt": ["paragraph", "reference"]})
    parser.core.ruler.push("house_style", _house_style)
    parser.add_render_rule("image", _image)
    return _warm(parser)


@cache
def _comment_parser():
    parser = _base().disable(["heading", "lheading"])
    parser.add_render_rule("image", _description)
    return _warm(parser)


def _base():
    parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")
    parser.validateLink = is_safe_link
    parser.core.ruler.before("inline", "bound_references", _bound_references)
    parser.inline.ruler.before("escape", "link_with_scheme", bare_links.link_with_scheme)
    parser.core.ruler.push("links_without_scheme", bare_links.links_without_scheme)
    return parser


def _warm(parser):
    # The first use sorts the parser's rules, which two threads must not do at once.
    parser.render("*a*")
    return parser


@cache
def _cleaner(tags):
    return nh3.Cleaner(
        tags=tags,
        attributes={tag: names for tag, names in ATTRIBUTES.items() if tag in tags},
        attribute_filter=_only_ours,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow ugc",
    )


def is_safe_link(address: str) -> bool:
    return bool(SAFE_LINK.match(address))


def _only_ours(tag, name, value):
    if name == "href":
        return value if is_safe_link(value) else None
    if name == "src":
        return value if OWN_IMAGE.match(value) else None
    if name == "srcset":
        return value if all(OWN_IMAGE.match(part.split()[0]) for part in value.split(", ") if part) else None
    return value


# What differs from plain CommonMark


def _bound_references(state):
    # Reference definitions that a text multiplies beyond MAX_REFERENCED are dropped.
    references = state.env.get("references", {})
    longest = max((len(one["href"]) + len(one["title"]) for one in references.values()), default=0)
    if longest * state.src.count("[") > MAX_REFERENCED:
        references.clear()


def _narrow_table(state, start, end, silent):
    head = state.src[state.bMarks[start] : state.eMarks[start]]
    return head.count("|") <= MAX_COLUMNS and table(state, start, end, silent)


def _house_style(state):
    _settle_headings([token for token in state.tokens if token.type in {"heading_open", "heading_close"}])
    _settle_tables(state.tokens)
    state.tokens = list(_with_figures(state.tokens))


def _settle_tables(tokens):
    for token, words, close in zip(tokens, tokens[1:], tokens[2:], strict=False):
        # A wide table scrolls, so a keyboard must reach it.
        if token.type == "table_open":
            token.attrSet("tabindex", "0")
        elif token.type == "th_open" and words.content:
            token.attrSet("scope", "col")
        # An empty cell of the head heads nothing.
        elif token.type == "th_open":
            token.tag = close.tag = "td"


def _settle_headings(tokens):
    # The page owns h1: the levels a text uses become h2, h3, h4 without a gap.
    used = sorted({token.tag for token in tokens})
    for token in tokens:
        token.tag = f"h{min(2 + used.index(token.tag), 4)}"


def _with_figures(tokens):
    rest = iter(tokens)
    for token in rest:
        if token.type != "paragraph_open" or token.hidden:
            yield token
            continue
        inline, close = next(rest), next(rest)
        pictures = _only_pictures(inline.children or [])
        if pictures:
            for picture in pictures:
                yield from _figure(picture)
        else:
            yield from (token, inline, close)


def _only_pictures(children):
    """The pictures of a paragraph that holds nothing else; else []."""
    pictures = [child for child in children if child.type == "image"]
    others = (child for child in children if child.type not in {"image", "softbreak"})
    is_space = all(child.type == "text" and not child.content.strip() for child in others)
    return pictures if is_space and all(map(_is_own, pictures)) else []


def _figure(picture):
    caption = picture.attrs.pop("title", "")
    yield Token("figure_open", "figure", 1, block=True)
    yield Token("inline", "", 0, children=[picture], block=True)
    if caption:
        yield Token("figcaption_open", "figcaption", 1, block=True)
        yield Token("inline", "", 0, children=[Token("text", "", 0, content=caption)], content=caption, block=True)
        yield Token("figcaption_close", "figcaption", -1, block=True)
    yield Token("figure_close", "figure", -1, block=True)


def _is_own(picture):
    return bool(OWN_IMAGE.match(picture.attrs.get("src", "")))


def _alt(picture):
    return "".join(_inline_words(picture.children or []))


def _image(renderer, tokens, index, options, env):
    picture = tokens[index]
    # Of a picture from elsewhere only the description is shown.
    if not _is_own(picture):
        return _description(renderer, tokens, index, options, env)
    address = picture.attrs["src"]
    attributes = {"src": address, "alt": _alt(picture)}
    if sized := renditions.read(address):
        attributes |= {"width": sized.width, "height": sized.height}
    if srcset := renditions.srcset(address):
        attributes |= {"srcset": srcset, "sizes": SIZES}
    attributes["loading"] = "lazy"
    return "<img " + " ".join(f'{name}="{escapeHtml(str(value))}"' for name, value in attributes.items()) + ">"


def _description(renderer, tokens, index, options, env):
    return escapeHtml(_alt(tokens[index]))
