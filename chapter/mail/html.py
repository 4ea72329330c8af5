"""A letter as text and as HTML, from one template in which each word stands once.

The template is a text. Its first line is the subject, empty lines part its paragraphs, and below the last "-- " stands
the foot: why the reader gets it, and how to stop it. Autoescaping stays on, so that every `<` is the template's own and
no word of a person becomes a mark. Of these marks the text shows only what they hold:

    <https://…>        an address. In the HTML its words lead there: those before it on its line, or else the line
                       above. A paragraph of two lines, words and an address, is a button.
    <name@host>        an address to write to
    <b>…</b>           strong words; in the HTML a line that begins with them begins a paragraph
    <h2>…</h2>         a heading
    <facts>…</facts>   a box
    <code>…</code>     a paragraph that is a code, in large letters
    <markdown sv>…</markdown>      a Markdown text in that language, as its writer typed it
    {{ words|in_language:code }}   words that may be in another language than the letter
    {{ words|with_note:code }}     such words, followed by which language that is
    ---                a line that parts
"""

import html
import re
from typing import NamedTuple

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .. import addresses, languages
from ..fields import clean_line
from ..models import Chapter
from ..text import markdown

FOOT = "\n-- \n"
URL = r"<((?:https?|ftps?)://[^<>\s]+)>"
WORDS_AND_URL = re.compile(rf"(.+): {URL}")
MAILBOX = re.compile(r"<([^<>\s/]+@[^<>\s/]+)>")
MARK = re.compile(r'</?(?:b|h2|facts|code)>|<span lang="[\w-]*">|<markdown \w+>|</(?:span|markdown)>')
KNOWN = re.compile(rf"({URL}|{MAILBOX.pattern}|{MARK.pattern})|<")
MARKDOWN = re.compile(r"<markdown (\w+)>(.*?)</markdown>", re.DOTALL)
EMPTY_LINES = re.compile(r"\n\s*\n")
FACTS = re.compile(r"\s*(</?facts>)\s*")
CODE = re.compile(r"<code>([^<]*)</code>")
LABELLED = re.compile(r"\n\s*(?=<b>)")
BLOCKS = {"<facts>": '<div class="facts">', "</facts>": "</div>", "---": "<hr>"}


class Written(NamedTuple):
    subject: str
    text: str
    html: str


def write(letter, context, *, heading="") -> Written:
    """What a letter's rendered template says as a mail, in the active language; its HTML in the frame `mail/base.html`.

    The heading is the subject unless another is given.
    """
    context = {**context, "chapter": Chapter.load(), "site_url": settings.SITE_URL}
    # What stands in `<…>` instead of an address, such as a stored one that is none, is text.
    letter = KNOWN.sub(lambda found: found[1] or "&lt;", letter)
    first, _, rest = letter.strip().partition("\n")
    body, _, why = rest.rpartition(FOOT) if FOOT in rest else (rest, "", "")
    foot = f"{why}\n\n{render_to_string('mail/_foot.txt', context)}"
    subject = clean_line(_as_text(first))
    parts = {"heading": heading or mark_safe(first), "content": _as_html(body), "foot": _as_html(foot)}  # noqa: S308
    page = render_to_string("mail/base.html", {**context, **parts, "subject": subject})
    inlined = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True).inline(page)
    return Written(subject, f"{_as_text(body)}\n{FOOT}{_as_text(foot)}\n", inlined)


def in_language(words, code) -> SafeString:
    """Words, marked paragraph by paragraph as being in a language."""
    paragraphs = EMPTY_LINES.split(words)
    return format_html_join("\n\n", '<span lang="{}">{}</span>', ((code, paragraph) for paragraph in paragraphs))


def with_note(words, code) -> SafeString:
    """As `in_language`, and where that is not the letter's language it says which one it is: (på svensk)."""
    marked = in_language(words, code)
    if not words or not code or code == languages.current():
        return marked
    return format_html("{} {}", marked, _("(in %(language)s)") % {"language": languages.name_of(code)})


def _as_text(marked):
    addressed = MAILBOX.sub(r"\1", re.sub(URL, r"\1", marked))
    plain = html.unescape(MARK.sub("", addressed))
    return re.sub(r"\n{3,}", "\n\n", plain).strip()


def _as_html(marked):
    before, *rest = MARKDOWN.split(marked)
    pieces = [_blocks(before)]
    for language, source, after in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        pieces += [f'<div lang="{language}">{_from_markdown(html.unescape(source))}</div>', _blocks(after)]
    return mark_safe("\n".join(pieces))  # noqa: S308 (the template has escaped what people wrote)


def _from_markdown(source):
    # A mail has no site around it: links to our own pages need their whole address.
    return markdown.comment_html(source).replace('href="/', f'href="{settings.SITE_URL}/')


def _blocks(marked):
    parted = LABELLED.sub("\n\n", FACTS.sub(r"\n\n\1\n\n", marked))
    blocks = (block.strip() for block in EMPTY_LINES.split(parted))
    return "\n".join(BLOCKS.get(block) or _block(block) for block in blocks if block)


def _block(block):
    if block.startswith("<h2>"):
        return block
    if code := CODE.fullmatch(block):
        return f'<p class="code">{code[1]}</p>'
    lines = [line.strip() for line in block.split("\n")]
    drawn = []
    for line in lines:
        address = re.fullmatch(URL, line)
        if address and drawn:
            drawn.append(_link(address[1], drawn.pop().removesuffix(":"), is_button=len(lines) == 2))
        else:
            drawn.append(_line(line))
    return "<p>" + "<br>\n".join(drawn) + "</p>"


def _line(line):
    found = WORDS_AND_URL.fullmatch(line)
    if found:
        return _link(found[2], found[1])
    return MAILBOX.sub(_mailto, re.sub(URL, r'<a href="\1">\1</a>', line))


def _mailto(found):
    return f'<a href="mailto:{found[1]}">{addresses.readable(found[1])}</a>'


def _link(address, words, *, is_button=False):
    css = ' class="button"' if is_button else ""
    return f'<a{css} href="{address}">{words}</a>'
