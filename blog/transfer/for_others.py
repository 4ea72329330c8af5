"""Posts for other systems: a folder that Hugo or Jekyll builds, or an export that WordPress imports.

Each post keeps its address. Pictures go along as files, or are fetched from here by WordPress.
"""

import re
from email.utils import format_datetime

from django.conf import settings
from django.utils import timezone
from lxml import etree

from chapter.fields import CONTROLS
from chapter.models import Chapter, Image
from chapter.transfer import Report, documents, exporting

from . import own_files
from .exporting import exported, pictures_of

SYSTEMS = ("hugo", "jekyll", "wordpress")
CODE = re.compile(
    r"(^[ >\t]*(`{3,}|~{3,})[^\n]*\n.*?^[ >\t]*\2[`~]*[ \t]*$|(?<!`)`[^`\n]+`(?!`))", re.DOTALL | re.MULTILINE
)
PRE = re.compile(r"(<pre>.*?</pre>)", re.DOTALL)
SPACES = {
    "content": "http://purl.org/rss/1.0/modules/content/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
}


def write(folder, *, system, drafts) -> Report:
    """Write what has been published to `folder`; with `drafts` what has not been, too, marked as such."""
    rows = exported(drafts=drafts)
    posts = list(rows.select_related("cover", "translation_of").prefetch_related("bylines"))
    report, pictures = Report(), pictures_of(rows, posts)
    folder.mkdir(parents=True, exist_ok=True)
    if system == "wordpress":
        images = Image.objects.filter(file__in=pictures, withdrawn_file="").order_by("pk")
        (folder / "posts.xml").write_bytes(_wxr(posts, list(images)))
    else:
        missing = exporting.export_pictures(folder / "static" if system == "hugo" else folder, pictures)
        for name in missing:
            report.note(f"the picture {name} could not be copied")
        for post in posts:
            _write(folder, post, system)
    for post in posts:
        report.made(post.title)
    return report


# Files


def _write(folder, post, system):
    path = folder / _path(post, system)
    path.parent.mkdir(parents=True, exist_ok=True)
    pairs = [*own_files.head(post), ("image", own_files.address_of(post.cover)), *_also(post, system)]
    path.write_text(documents.write(pairs, _body(post.body, system)), "utf-8", newline="")


def _path(post, system):
    if system == "hugo":
        return f"content/blog/{post.slug}.{post.language}.md"
    if post.is_draft:
        return f"_drafts/{post.slug}.md"
    return f"_posts/{timezone.localtime(post.published_at):%Y-%m-%d}-{post.slug}.md"


def _also(post, system):
    address = f"/{post.language}/blog/{post.slug}/"
    if system == "hugo":
        original = post.translation_of or post
        return [("url", address), ("translationKey", original.slug)]
    # Two brackets in a text are no template.
    return [("permalink", address), ("lang", post.language), ("layout", "post"), ("render_with_liquid", False)]


def _body(text, system):
    parts = CODE.split(text)
    # Of each piece of code the split gives two groups: the code, and its fence.
    for place in range(0, len(parts), 3):
        if system == "hugo":
            parts[place] = re.sub(r"\{\{(?=[<%])", "{\u200b{", parts[place])
        else:
            # Jekyll's Markdown knows no backslash at the end of a line.
            parts[place] = re.sub(r"(?<!\\)((?:\\\\)*)\\\n", r"\1  \n", parts[place])
    return "".join(part for place, part in enumerate(parts) if place % 3 != 2)


# WordPress


def _wxr(posts, images):
    root = etree.Element("rss", nsmap=SPACES, version="2.0")
    channel = etree.SubElement(root, "channel")
    _add(channel, "title", Chapter.load().name)
    _add(channel, "link", settings.SITE_URL)
    _add(channel, "wp:wxr_version", "1.2")
    _add(channel, "wp:base_site_url", settings.SITE_URL)
    _add(channel, "wp:base_blog_url", settings.SITE_URL)
    numbers = {image.pk: number for number, image in enumerate(images, len(posts) + 1)}
    for number, post in enumerate(posts, 1):
        _add_post(channel, post, number, numbers.get(post.cover_id))
    for image in images:
        _add_image(channel, image, numbers[image.pk])
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _add_post(channel, post, number, cover):
    link = f"{settings.SITE_URL}{post.get_absolute_url()}"
    item = _item(channel, number, post.title, link, kind="post", status="draft" if post.is_draft else "publish")
    if post.published_at:
        _add(item, "pubDate", format_datetime(post.published_at))
        _add(item, "wp:post_date", f"{timezone.localtime(post.published_at):%Y-%m-%d %H:%M:%S}")
        _add(item, "wp:post_date_gmt", f"{post.published_at:%Y-%m-%d %H:%M:%S}")
    _add(item, "dc:creator", ", ".join(line.name for line in post.bylines.all()))
    _add(item, "content:encoded", _html(post.body_html), is_html=True)
    _add(item, "excerpt:encoded", post.lead, is_html=True)
    _add(item, "wp:post_name", post.slug)
    if cover:
        meta = _add(item, "wp:postmeta", "")
        _add(meta, "wp:meta_key", "_thumbnail_id")
        _add(meta, "wp:meta_value", str(cover))


def _add_image(channel, image, number):
    address = f"{settings.SITE_URL}{image.file.url}"
    item = _item(channel, number, image.alt or image.file.name, address, kind="attachment", status="inherit")
    _add(item, "excerpt:encoded", image.caption, is_html=True)
    _add(item, "wp:attachment_url", address)
    meta = _add(item, "wp:postmeta", "")
    _add(meta, "wp:meta_key", "_wp_attachment_image_alt")
    _add(meta, "wp:meta_value", image.alt)


def _item(channel, number, title, link, *, kind, status):
    item = etree.SubElement(channel, "item")
    _add(item, "title", title)
    _add(item, "link", link)
    guid = _add(item, "guid", link)
    guid.set("isPermaLink", "false")
    _add(item, "wp:post_id", str(number))
    _add(item, "wp:status", status)
    _add(item, "wp:post_type", kind)
    return item


def _add(parent, name, text, *, is_html=False):
    space, _, bare = name.rpartition(":")
    element = etree.SubElement(parent, f"{{{SPACES[space]}}}{bare}" if space else bare)
    text = CONTROLS.sub("", text)
    element.text = etree.CDATA(text) if is_html and "]]>" not in text else text
    return element


def _html(html):
    # WordPress makes a break of every line break outside of code.
    parts = PRE.split(html)
    parts[::2] = [" ".join(part.split("\n")) for part in parts[::2]]
    return re.sub(r"(src|href)=\"/", rf'\1="{settings.SITE_URL}/', "".join(parts)).strip()
