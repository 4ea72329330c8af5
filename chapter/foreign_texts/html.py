"""Another system's HTML as our Markdown: text, headings, lists, quotes, tables, links and pictures.

This keeps what a reader would miss; what is safe to show is decided by our own renderer.
"""

import re
import warnings
from html import unescape

from bs4 import BeautifulSoup, CData, Comment, MarkupResemblesLocatorWarning
from markdownify import MarkdownConverter

from ..refusals import Refused
from ..remarks import remark as _
from . import media, tidying
from .addresses import absolute
from .plain import escaped

MAX_HTML = 1_000_000
# A tag in a tag in a tag: the converter calls itself for each, and people's texts have twenty.
MAX_DEPTH = 250
# Moving one among many takes time by their number.
MAX_TAGS = 10_000
TAG = re.compile(r"<[A-Za-z]")
# For each the parser looks on to the end of the text, so that many take quadratic time; they are shown as they are typed.
WITHOUT_END = re.compile(r"<(?=[A-Za-z/!?][^<>]*(?:<|\Z))")
MAX_WITHOUT_END = 100
GONE = ["script", "style", "noscript", "form", "button", "input", "select", "textarea"]
GONE += ["template", "svg", "math", "canvas", "link", "meta", "title", "head"]
FILE_NAME = re.compile(r"\S*[\w-]\.(?:jpe?g|png|gif|svg|webp|heic|tiff?)\Z", re.IGNORECASE)
# Tags that calendars and editors write; a text with `<3` or `<kari@example.org>` in it is plain.
TAGS = "p|br|a|b|i|u|s|em|strong|span|div|ul|ol|li|h[1-6]|hr|pre|code|blockquote|table|font|html|body|img|html-blob|center"
IS_HTML = re.compile(rf"</?(?:{TAGS})(?:\s[^<>]*)?/?>|&(?:nbsp|amp|lt|gt|quot|#\d{{2,5}});", re.IGNORECASE)
# Browsers collapse them; the library's patterns take quadratic time on them.
# `Kari <kari@example.org>` in a text that forgot to write it as HTML.
IN_ANGLES = re.compile(r"<(?=[^\s<>]{1,100}@[^\s<>]{1,100}>|https?://[^\s<>]{1,2000}>)")
PARAGRAPHS = re.compile(r"(?:\\?\n[ \t]*){2,}")
MANY_SPACES = re.compile(r"[ \t\r\n\xa0]{200,}")


class TooMuch(Refused):
    """More HTML, or deeper, than a text is made of."""


ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[A-Za-z]{2,8});")


def is_html(text: str) -> bool:
    return bool(IS_HTML.search(text))


def to_markdown(html, *, base="", keeps_lines=False):
    """(Markdown, remarks on what is shown otherwise or left out). Raises TooMuch.

    Links are relative to `base`, and left out where they are relative and there is none, unless that is RELATIVE. A line
    break is a space, as in HTML; with `keeps_lines`, and in a text without paragraphs, it is one.
    """
    if len(html) > MAX_HTML:
        raise TooMuch(_("the text is longer than a post may be"))
    html = MANY_SPACES.sub(lambda match: "\n\n" if "\n" in match[0] else " ", IN_ANGLES.sub("&lt;", html))
    if max(len(TAG.findall(html)), html.count("\n")) > MAX_TAGS:
        raise TooMuch(_("its HTML has more than {number} tags or lines", number=MAX_TAGS))
    page = parsed(html)
    if _depth(page) > MAX_DEPTH:
        raise TooMuch(_("its HTML is nested too deeply"))
    keeps_lines = keeps_lines or page.find(["p", "div"]) is None
    notes = media.settle(page, base)
    _clean(page)
    if keeps_lines:
        tidying.break_lines(page)
    tidying.settle_inline(page)
    try:
        return tidying.tidy(_Converter(base=base).convert_soup(page)), notes
    except RecursionError as error:
        raise TooMuch(_("its HTML is nested too deeply")) from error


def words(html):
    """The words on one line, without tags; none of a text that is too long."""
    if len(html) > MAX_HTML:
        return ""
    page = parsed(html)
    for tag in page.find_all(GONE):
        tag.decompose()
    for tag in page.find_all([*tidying.BLOCKS, "br"]):
        tag.insert_before(" ")
        tag.insert_after(" ")
    return " ".join(page.get_text("").split())


def words_of_line(text: str) -> str:
    """A title or a place, which some systems write with entities and tags, as words."""
    if is_html(text):
        return words(text)
    return unescape(text) if ENTITY.search(text) else text


def parsed(html):
    if len(WITHOUT_END.findall(html)) > MAX_WITHOUT_END:
        html = WITHOUT_END.sub("&lt;", html)
    with warnings.catch_warnings():
        # It warns that a text which is only an address may be meant as one.
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(html, "html.parser")


def _depth(page):
    depths, deepest = {id(page): 0}, 0
    for tag in page.find_all():
        deepest = max(deepest, depths.setdefault(id(tag), depths[id(tag.parent)] + 1))
    return deepest


def _clean(page):
    for comment in page.find_all(string=lambda text: isinstance(text, Comment) and not isinstance(text, CData)):
        comment.extract()
    for tag in page.find_all(GONE):
        tag.decompose()
    for tag in page.find_all(["center", "details", "summary", "main", "header", "footer", "address"]):
        tag.name = "div"
    for tag in page.find_all(["dt", "dd"]):
        tag.name = "p"
    for tag in page.find_all(["h1", "h2", "h3", "h4", "h5", "h6"]):
        if not tag.get_text().strip() and not tag.find("img"):
            tag.decompose()
    for figure in page.find_all("figure"):
        caption, pictures = figure.find("figcaption"), figure.find_all("img")
        # Under several pictures it stays a paragraph.
        if caption and len(pictures) == 1:
            pictures[0]["data-caption"] = " ".join(caption.get_text(" ").split())
            caption.decompose()
    for link in page.find_all("a"):
        _move_inside(link, page)


def _move_inside(link, page):
    """A link round paragraphs or a heading becomes one within each."""
    blocks = [block for block in link.find_all(tidying.BLOCKS) if not block.find(tidying.BLOCKS)]
    for block in blocks:
        inner = page.new_tag("a", href=link.get("href") or "")
        inner.extend(list(block.contents))
        block.append(inner)
    if blocks:
        link.unwrap()


class _Converter(MarkdownConverter):
    def __init__(self, *, base):
        self.base = base
        super().__init__(heading_style="ATX", bullets="-", newline_style="backslash", strip_document=None)

    def escape(self, text, parent_tags):
        text = escaped(text)
        return text.replace("|", "\\|") if {"td", "th"} & set(parent_tags) else text

    def convert_b(self, el, text, parent_tags):
        convert = super().convert_b
        return _in_each_paragraph(text, lambda part: convert(el, part, parent_tags))

    convert_strong = convert_b

    def convert_em(self, el, text, parent_tags):
        convert = super().convert_em
        return _in_each_paragraph(text, lambda part: convert(el, part, parent_tags))

    convert_i = convert_em

    def convert_pre(self, el, text, parent_tags):
        # The fence is longer than any in the text.
        code = text.strip("\n")
        longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"\n\n{fence}\n{code}\n{fence}\n\n" if code.strip() else ""

    def convert_a(self, el, text, parent_tags):
        # Not round a picture: such a link leads to the picture's file.
        address = absolute(el.get("href") or "", self.base)
        words = " ".join(text.replace("\\\n", " ").split())
        if not words or el.find("img") or not address:
            return text
        if el.get_text().strip() == address:
            return f"<{address}>"
        before, after = (" " if text[place].isspace() else "" for place in (0, -1))
        return f"{before}[{words}]({address}){after}"

    def convert_img(self, el, text, parent_tags):
        # A paragraph of its own, except in a table or a heading.
        source = media.source_of(el)
        address = source if media.TAKEN_OUT.match(source) else absolute(source, self.base)
        if not address:
            return ""
        title = f' "{_quoted(el["data-caption"])}"' if el.get("data-caption") else ""
        picture = f"![{_quoted(description_of(el))}]({address}{title})"
        return picture if {"td", "th", "_inline"} & set(parent_tags) else f"\n\n{picture}\n\n"


def _in_each_paragraph(text, convert):
    # WordPress's marks may reach over paragraphs, those of Markdown may not.
    parts = PARAGRAPHS.split(text.strip())
    return "\n\n".join(map(convert, parts)) if len(parts) > 1 else convert(text)


def description_of(el):
    # The name of a file describes nothing.
    alt = " ".join((el.get("alt") or "").split())
    return "" if FILE_NAME.match(alt) else alt


def _quoted(line):
    return re.sub(r'([\\\[\]"])', r"\\\1", " ".join(line.split()))
