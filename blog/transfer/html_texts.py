"""Another system's HTML as our Markdown: text, headings, lists, quotes, tables, links and pictures.

This keeps what a reader would miss; what is safe to show is decided by our own renderer.
"""

import re
import warnings
from urllib.parse import quote, urljoin, urlsplit

from bs4 import BeautifulSoup, Comment, MarkupResemblesLocatorWarning
from markdownify import MarkdownConverter

from chapter.refusals import Refused

MAX_HTML = 1_000_000
GONE = ["script", "style", "iframe", "noscript", "object", "embed", "form", "button", "input", "select", "textarea"]
GONE += ["template", "svg", "math", "audio", "video", "canvas", "link", "meta", "title"]
BLOCKS = r"(?:p|div|h[1-6]|ul|ol|table|blockquote|pre|figure|hr|section|article|aside|dl)"
# What WordPress keeps between square brackets; of [caption] the picture and its words stay.
CAPTION = re.compile(r"\[caption[^\[\]]*\]((?:(?!\[caption).)*?)\[/caption\]", re.DOTALL)
EMBED = re.compile(r"\[embed[^\[\]]*\]\s*([^\s\[]+)\s*\[/embed\]")
SHORTCODE = re.compile(r"\[/?(?:gallery|audio|video|playlist|contact-form|contact-field)[^\[\]]*\]")
FILE_NAME = re.compile(r"\S*[\w-]\.(?:jpe?g|png|gif|webp|heic)\Z", re.IGNORECASE)
SPECIAL = re.compile(r"([\\`*\[\]])|(?<![^\W_])(_)|(_)(?![^\W_])|(<)(?=[A-Za-z/!?])|(&)(?=#?\w+;)|(~)(?=~)")
LINE_START = re.compile(r"^([#>+=-]+)(?=\s|$)", re.MULTILINE)
NUMBER_START = re.compile(r"^(\d+)([.)])(?=\s)", re.MULTILINE)
# Browsers collapse them; the library's patterns take quadratic time on them.
MANY_SPACES = re.compile(r"[ \t\r\n\xa0]{200,}")
EMPTY = re.compile(r"\n{3,}")
ONE_SPACE = re.compile(r"\n\n (?=\S)")


class TooMuch(Refused):
    """More HTML, or deeper, than a post is made of."""


def to_markdown(html, *, base=""):
    """(Markdown, addresses of embedded frames, which are left out). Links are relative to `base`. Raises TooMuch."""
    if len(html) > MAX_HTML:
        raise TooMuch("the text is longer than a post may be")
    try:
        html = MANY_SPACES.sub(lambda match: "\n\n" if "\n" in match[0] else " ", html)
        html = EMBED.sub(r'<a href="\1">\1</a>', CAPTION.sub(_captioned, html))
        page = _parsed(_paragraphs(SHORTCODE.sub("", html)))
        embedded = _clean(page)
        return _tidy(_Converter(base=base).convert_soup(page)), embedded
    except RecursionError as error:
        raise TooMuch("its HTML is nested too deeply") from error


def words(html):
    # On one line; none of a text that is too long.
    return " ".join(_parsed(html).get_text(" ").split()) if len(html) <= MAX_HTML else ""


def _parsed(html):
    with warnings.catch_warnings():
        # It warns that a text which is only an address may be meant as one.
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        return BeautifulSoup(html, "html.parser")


def _captioned(match):
    picture = re.match(r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", match[1], re.DOTALL)
    if not picture:
        return match[1]
    return f"\n\n<figure>{picture[1]}<figcaption>{picture[2].strip()}</figcaption></figure>\n\n"


def _paragraphs(html):
    # In a text without paragraphs an empty line ends one, as WordPress shows it.
    if re.search(r"<(?:p|div)\b", html, re.IGNORECASE):
        return html
    return "\n".join(_paragraph(part) for part in re.split(r"\n[ \t\r]*\n", html) if part.strip())


def _paragraph(part):
    is_block = re.match(rf"\s*</?{BLOCKS}\b", part, re.IGNORECASE)
    return part if is_block else f"<p>{part.strip().replace(chr(10), '<br>')}</p>"


def _clean(page):
    # Returns the addresses of embedded frames, for the report.
    embedded = [tag["src"] for tag in page.find_all("iframe") if tag.get("src")]
    for comment in page.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in page.find_all(GONE):
        tag.decompose()
    for figure in page.find_all("figure"):
        caption, pictures = figure.find("figcaption"), figure.find_all("img")
        # Under several pictures it stays a paragraph.
        if caption and len(pictures) == 1:
            pictures[0]["data-caption"] = " ".join(caption.get_text(" ").split())
            caption.decompose()
    return embedded


def _tidy(text):
    # No empty paragraphs, and no spaces at the end of a line: two of them are a line break.
    lines = (line.rstrip() if line.strip() != "\\" else "" for line in text.replace("\u00a0", " ").split("\n"))
    return ONE_SPACE.sub("\n\n", EMPTY.sub("\n\n", "\n".join(lines))).strip()


class _Converter(MarkdownConverter):
    def __init__(self, *, base):
        self.base = base
        super().__init__(heading_style="ATX", bullets="-", newline_style="backslash", strip_document=None)

    def escape(self, text, parent_tags):
        text = SPECIAL.sub(lambda match: "\\" + match[0], text)
        text = text.replace("|", "\\|") if {"td", "th"} & set(parent_tags) else text
        return NUMBER_START.sub(r"\1\\\2", LINE_START.sub(r"\\\1", text))

    def convert_a(self, el, text, parent_tags):
        # Not round a picture: such a link leads to the picture's file.
        address = absolute(el.get("href") or "", self.base)
        if not text.strip() or el.find("img") or not address:
            return text
        return f"[{' '.join(text.split())}]({address})"

    def convert_img(self, el, text, parent_tags):
        # A paragraph of its own, except in a table or a heading.
        address = absolute(source_of(el), self.base)
        if not address:
            return ""
        title = f' "{_quoted(el["data-caption"])}"' if el.get("data-caption") else ""
        picture = f"![{_quoted(description_of(el))}]({address}{title})"
        return picture if {"td", "th", "_inline_heading"} & set(parent_tags) else f"\n\n{picture}\n\n"


def source_of(el):
    """A picture's address. Pages that load pictures late keep it in another attribute, with a placeholder in `src`."""
    for name in ("data-src", "data-image", "data-lazy-src", "src"):
        address = (el.get(name) or "").strip()
        if address and not address.startswith("data:"):
            return address
    return ""


def description_of(el):
    # The name of a file describes nothing.
    alt = " ".join((el.get("alt") or "").split())
    return "" if FILE_NAME.match(alt) else alt


def _quoted(line):
    return re.sub(r'([\\\[\]"])', r"\\\1", " ".join(line.split()))


def absolute(address, base):
    """An absolute http(s) or mailto address, quoted for Markdown; empty for any other."""
    try:
        joined = urljoin(base, address.strip()) if base else address.strip()
        scheme = urlsplit(joined).scheme
    except ValueError:
        return ""
    return quote(joined, safe=":/?#@!$&'*+,;=%~") if scheme in {"http", "https", "mailto"} else ""
