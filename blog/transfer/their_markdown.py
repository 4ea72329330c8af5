"""A post's text as Hugo and Jekyll show it the way this site does.

Both know marks that we do not: HTML, shortcodes and templates, tables without a head, attributes in braces. So the text is
written from what our own parser read: words as words, addresses as links, and nothing that either takes for a mark of its.
"""

import re
from html import escape

from django.conf import settings
from markdown_it.tree import SyntaxTreeNode

from chapter.fields import without_controls
from chapter.text import markdown

# Besides what is a mark everywhere: bars, which are a table in kramdown, dollars of its formulas, hyphens that become a dash.
MARK = re.compile(r"[\\`*\[\]<|~]|(?<![^\W_])_|_(?![^\W_])|\$(?=\$)|-(?=-)|[!#]\Z")
LINE_START = re.compile(r"^([>+:#=-])|^(\d{1,9})(?=[.)](?:\s|$))|^\^$", re.MULTILINE)
# A row of such cells would be a line of the table.
RULE = re.compile(r"[-=:+ ]+")
ENTITIES = str.maketrans({"{": "&#123;", "|": "&#124;"})
AMPERSAND = re.compile(r"&(?=#?\w{1,31};)")
# A note and its number, and a task: both know them, and the writer gets what was meant.
NOTE = re.compile(r"\\\[(\^[\w-]{1,40}|[ xX])\\\](?!\()")
IN_PLACE = re.compile(r"/media/|/[a-z]{2}/blog/(?!feed/)[\w-]+/(?:[?#]|\Z)")
UNSAFE = str.maketrans({letter: f"%{ord(letter):02X}" for letter in "()|{}\"'<>"})
SHORTCODE = re.compile(r"\{\{(?:<(?!/\*)(?P<angles>[^\n]*?)>\}\}|%(?!/\*)(?P<percents>[^\n]*?)%\}\}|(?=[<%]))")
PRINTED = str.maketrans("\"'", "”’")
LIQUID = re.compile(r"\{[{%]")
ALIGNED = {"text-align:left": ":---", "text-align:center": ":---:", "text-align:right": "---:"}


def write(source: str, *, system: str) -> str:
    """The Markdown of `source` for "hugo" or "jekyll"."""
    text = _Writer(is_jekyll=system == "jekyll").blocks(SyntaxTreeNode(markdown.parsed(source)))
    # Afterwards, since `&#12;` is such a character, too.
    return without_controls(text) + "\n"


class _Writer:
    """Writes a node by the method that has the name of its type."""

    def __init__(self, *, is_jekyll):
        self.is_jekyll = is_jekyll

    # Blocks

    def blocks(self, node):
        is_tight = any(child.type == "paragraph" and child.hidden for child in node.children)
        return ("\n" if is_tight else "\n\n").join(getattr(self, f"_{child.type}")(child) for child in node.children)

    def _paragraph(self, node):
        return LINE_START.sub(_escaped_start, self._inline(node.children[0]))

    def _heading(self, node):
        return f"{'#' * int(node.tag[1])} {' '.join(self._inline(node.children[0]).split())}"

    def _hr(self, node):
        return "* * *"

    def _blockquote(self, node):
        return "\n".join(f"> {line}" if line else ">" for line in self.blocks(node).split("\n"))

    def _bullet_list(self, node):
        return self._list(node, ["- "] * len(node.children))

    def _ordered_list(self, node):
        return self._list(node, [f"{number}. " for number, _ in enumerate(node.children, node.attrs.get("start", 1))])

    def _list(self, node, marks):
        items = [_indented(self.blocks(item), mark) for item, mark in zip(node.children, marks, strict=True)]
        is_loose = any(
            part.type == "paragraph" and not part.hidden for item in node.children for part in item.children
        )
        return ("\n\n" if is_loose else "\n").join(items)

    def _fence(self, node):
        code = node.content.removesuffix("\n")
        if self.is_jekyll and LIQUID.search(code):
            return f"<pre><code>{_as_html(code)}\n</code></pre>"
        fence = "`" * max(3, _longest_ticks(code) + 1)
        return f"{fence}{node.info.strip()}\n{self._code(code)}\n{fence}"

    _code_block = _fence

    def _figure(self, node):
        picture, *caption = (child.children[0] for child in _settled(node))
        return self._image(picture, caption[0].content if caption else "")

    def _table(self, node):
        rows = [row for part in node.children for row in part.children]
        marks = [ALIGNED.get(cell.attrs.get("style"), "---") for cell in rows[0].children]
        cells = [[self._cell(cell.children[0]) for cell in row.children] for row in rows]
        return "\n".join(f"| {' | '.join(row)} |" for row in [cells[0], marks, *cells[1:]])

    def _cell(self, node):
        words = re.sub(r"(?<!\\)\|", r"\|", self._inline(node))
        return f"\\{words}" if RULE.fullmatch(words) else words

    # Within a line

    def _inline(self, node):
        return "".join(getattr(self, f"_{child.type}")(child) for child in node.children)

    def _text(self, node):
        return NOTE.sub(r"[\1]", _as_words(node.content))

    def _softbreak(self, node):
        return "\n"

    def _hardbreak(self, node):
        # kramdown knows no backslash there.
        return "  \n"

    def _em(self, node):
        return f"*{self._inline(node)}*"

    def _strong(self, node):
        return f"**{self._inline(node)}**"

    def _s(self, node):
        return f"~~{self._inline(node)}~~"

    def _code_inline(self, node):
        code = node.content
        if self.is_jekyll and ("|" in code or LIQUID.search(code)):
            return f"<code>{_as_html(code)}</code>"
        ticks = "`" * (_longest_ticks(code) + 1)
        space = " " if len(ticks) > 1 or code != code.strip() else ""
        return f"{ticks}{space}{self._code(code)}{space}{ticks}"

    def _code(self, code):
        return code if self.is_jekyll else SHORTCODE.sub(_as_comment, code)

    def _link(self, node):
        words, address = "".join(child.content for child in node.children if child.type == "text"), node.attrs["href"]
        if words == address and not re.search(r"[<>\s|]", address):
            return f"<{address}>"
        return f"[{self._inline(node)}]({_address(address)}{_title(node.attrs.get('title'))})"

    def _image(self, node, title=""):
        words = "".join(one.content if one.type == "text" else " " for one in node.walk() if not one.children)
        return f"![{self._described(words)}]({_address(node.attrs['src'])}{_title(title or node.attrs.get('title'))})"

    def _described(self, words):
        words = words.replace("[", "(").replace("]", ")")
        if self.is_jekyll:
            return _as_words(words)
        # It shows a backslash and an entity there as they are, and makes entities of quotation marks.
        return self._code(words.translate(PRINTED).replace("...", "…"))


def _as_words(text):
    # Liquid and the shortcodes of Hugo know no backslash before a brace.
    return MARK.sub(r"\\\g<0>", AMPERSAND.sub("&amp;", text)).replace("{", "&#123;")


def _settled(figure):
    # The caption's words are a node in a node.
    return [child.children[0] if child.type == "figcaption" else child for child in figure.children]


def _escaped_start(match):
    if match[0] == "^":
        return "&#94;"
    return f"\\{match[1]}" if match[1] else f"{match[2]}\\"


def _indented(text, mark):
    first, *rest = text.split("\n")
    return "\n".join(
        [
            f"{mark}{first}".rstrip() if not first else mark + first,
            *(" " * len(mark) + line if line else "" for line in rest),
        ]
    )


def _longest_ticks(code):
    return max(map(len, re.findall(r"`+", code)), default=0)


def _as_html(code):
    return escape(code, quote=False).translate(ENTITIES)


def _as_comment(match):
    # How Hugo writes about a shortcode; what is no whole one gets an invisible letter, since code knows no backslash.
    if match["angles"] is not None:
        return f"{{{{</*{match['angles']}*/>}}}}"
    return "{\u200b{" if match["percents"] is None else f"{{{{%/*{match['percents']}*/%}}}}"


def _address(address):
    # Posts and pictures go along; all else stays here.
    stays = address.startswith("/") and not IN_PLACE.match(address)
    return (settings.SITE_URL + address if stays else address).translate(UNSAFE)


def _title(words):
    return f' "{escape(words).translate(ENTITIES)}"' if words else ""
