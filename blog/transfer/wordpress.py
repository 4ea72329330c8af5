"""Posts as WordPress's own importer reads them (WXR).

It takes two items of the same title and time for one, gives a post one author, shows the time of the blog's clock, and
points addresses of pictures at its copies where a text has exactly the address that it fetched.
"""

import re
from datetime import timedelta
from email.utils import format_datetime
from html import escape
from pathlib import PurePath
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from lxml import etree

from chapter.fields import CONTROLS
from chapter.text import plain_slug

PRE = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
IMG = re.compile(r'<img (?:[^">]|"[^"]*")*>')
# Of its own; the copies of other sizes are none of the files that it fetches.
SIZES = re.compile(r' (?:srcset|sizes|loading)="[^"]*"')
SHORTCODE = re.compile(r"\[(?=/?(?:audio|caption|embed|gallery|playlist|video|wp_caption)\b)")
NO_DATE = "0000-00-00 00:00:00"
SPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
}


def export(posts, images, *, chapter, tags_of) -> bytes:
    """The file; `tags_of(post)` gives titles."""
    root = etree.Element("rss", nsmap=SPACES, version="2.0")
    channel = etree.SubElement(root, "channel")
    head = {"title": chapter.name, "link": settings.SITE_URL, "wp:wxr_version": "1.2"}
    for name, text in (head | {"wp:base_site_url": settings.SITE_URL, "wp:base_blog_url": settings.SITE_URL}).items():
        _add(channel, name, text)
    items = _Items(channel, ZoneInfo(chapter.time_zone))
    items.add_authors(posts)
    numbers = {image.pk: number for number, image in enumerate(images, len(posts) + 1)}
    names_languages = len({post.language for post in posts}) > 1
    for number, post in enumerate(posts, 1):
        item = items.add_post(post, number, cover=numbers.get(post.cover_id))
        _add_terms(item, post if names_languages else None, tags_of(post))
    for image in images:
        items.add_image(image, numbers[image.pk])
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


class _Items:
    def __init__(self, channel, zone):
        self.channel, self.zone = channel, zone
        self.logins, self.taken = {}, set()

    def add_authors(self, posts):
        for names in dict.fromkeys(map(_names, posts)):
            if names:
                self.logins[names] = self._free_login(plain_slug(names, length=50) or "author")
                author = _add(self.channel, "wp:author", "")
                _add(author, "wp:author_login", self.logins[names])
                _add(author, "wp:author_display_name", names)

    def _free_login(self, base):
        taken, number, login = set(self.logins.values()), 1, base
        while login in taken:
            number += 1
            login = f"{base}-{number}"
        return login

    def add_post(self, post, number, *, cover):
        with translation.override(post.language):
            link = settings.SITE_URL + post.get_absolute_url()
        item = self._item(
            number, escape(post.title, quote=False), link, "draft" if post.is_draft else "publish", "post"
        )
        self._date(item, post.title, post.published_at or post.changed_at, is_public=not post.is_draft)
        _add(item, "dc:creator", self.logins.get(_names(post), ""))
        _add(item, "content:encoded", _html(post.body_html), is_html=True)
        _add(item, "excerpt:encoded", escape(post.lead, quote=False), is_html=True)
        _add(item, "wp:post_name", post.slug)
        if cover:
            _add_meta(item, "_thumbnail_id", str(cover))
        return item

    def add_image(self, image, number):
        address, name = f"{settings.SITE_URL}{image.file.url}", PurePath(image.file.name).stem
        item = self._item(number, name, address, "inherit", "attachment")
        self._date(item, name, image.created_at, is_public=True)
        _add(item, "content:encoded", escape(image.credit, quote=False), is_html=True)
        _add(item, "excerpt:encoded", escape(image.caption, quote=False), is_html=True)
        _add(item, "wp:post_name", name)
        _add(item, "wp:attachment_url", address)
        _add_meta(item, "_wp_attachment_image_alt", image.alt)

    def _item(self, number, title, link, status, kind):
        item = etree.SubElement(self.channel, "item")
        _add(item, "title", title)
        _add(item, "link", link)
        _add(item, "guid", link).set("isPermaLink", "false")
        _add(item, "wp:post_id", str(number))
        _add(item, "wp:status", status)
        _add(item, "wp:post_type", kind)
        return item

    def _date(self, item, title, moment, *, is_public):
        moment = moment.replace(microsecond=0)
        while (title, moment) in self.taken:
            moment += timedelta(seconds=1)
        self.taken.add((title, moment))
        if is_public:
            _add(item, "pubDate", format_datetime(moment))
        _add(item, "wp:post_date", f"{moment.astimezone(self.zone):%Y-%m-%d %H:%M:%S}")
        _add(item, "wp:post_date_gmt", f"{moment:%Y-%m-%d %H:%M:%S}" if is_public else NO_DATE)


def _names(post):
    return ", ".join(line.name for line in post.bylines.all())


def _add_terms(item, post, tags):
    terms = [("post_tag", plain_slug(tag), tag) for tag in tags]
    if post:
        terms.append(("category", post.language, dict(settings.LANGUAGES)[post.language]))
    for domain, name, words in terms:
        term = _add(item, "category", words)
        term.set("domain", domain)
        term.set("nicename", name)


def _add_meta(item, key, value):
    meta = _add(item, "wp:postmeta", "")
    _add(meta, "wp:meta_key", key)
    _add(meta, "wp:meta_value", value)


def _add(parent, name, text, *, is_html=False):
    space, _, bare = name.rpartition(":")
    element = etree.SubElement(parent, f"{{{SPACES[space]}}}{bare}" if space else bare)
    text = CONTROLS.sub("", text)
    element.text = etree.CDATA(text) if is_html and "]]>" not in text else text
    return element


def _html(html):
    # WordPress makes a break of every line break outside of code.
    html = SHORTCODE.sub("&#91;", IMG.sub(lambda match: SIZES.sub("", match[0]), html))
    parts = PRE.split(html)
    parts[::2] = [" ".join(part.split("\n")) for part in parts[::2]]
    return re.sub(r"(src|href)=\"/", rf'\1="{settings.SITE_URL}/', "".join(parts)).strip()
