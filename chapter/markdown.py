"""Markdown to safe HTML, once, when a text is saved.

markdown-it-py reads CommonMark with tables and strikethrough and passes no HTML through; nh3 then lets only an
explicit list of tags, attributes and link schemes stand. Both, always.
"""

import re
from typing import NamedTuple

import nh3
from django.utils.html import strip_tags
from markdown_it import MarkdownIt

# Raise it when the output changes; `manage.py rerender` then renders the stored texts anew.
RENDER_VERSION = 1
MAX_LENGTH = 50_000

TAGS = set(
    [
        "p",
        "br",
        "hr",
        "h2",
        "h3",
        "h4",
        "strong",
        "em",
        "s",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "a",
        "img",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "figure",
        "figcaption",
    ]
)
ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height", "srcset", "sizes", "loading"},
    "ol": {"start"},
}
OWN_IMAGE = re.compile(r"^/media/images/[\w-]+\.(?:jpg|png|webp)$")


class Rendered(NamedTuple):
    html: str
    text: str


def render(source):
    """The safe HTML of a Markdown text and its plain text. Beyond MAX_LENGTH characters nothing is read."""
    html = nh3.clean(
        MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"]).render(source[:MAX_LENGTH]),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener nofollow ugc",
    )
    return Rendered(html, " ".join(strip_tags(html).split()))


def to_html(source):
    return render(source).html


def columns(source):
    """What a model with a Markdown `body` stores beside it: HTML, plain text and the render version."""
    html, text = render(source)
    return {"body_html": html, "body_text": text, "render_version": RENDER_VERSION}
