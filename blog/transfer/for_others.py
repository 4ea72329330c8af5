"""Posts for other systems: a folder that Hugo or Jekyll builds, or an export that WordPress imports.

Each post keeps its address. Pictures go along as files, or are fetched from here by WordPress.
"""

from html import escape
from zoneinfo import ZoneInfo

from chapter.languages import CODES
from chapter.models import Chapter, Image
from chapter.transfer import Report, documents, exporting
from principles.models import Principle

from . import own_files, their_markdown, wordpress
from .exporting import exported, pictures_of

SYSTEMS = ("hugo", "jekyll", "wordpress")
# Each would warn of the other's sign of a draft.
UNKNOWN = {"hugo": "published", "jekyll": "draft"}


def write(folder, *, system, drafts) -> Report:
    """Write what has been published to `folder`; with `drafts` what has not been, too, marked as such."""
    rows = exported(drafts=drafts)
    posts = list(rows.select_related("cover", "translation_of").prefetch_related("bylines", "principles"))
    report, pictures = Report(), pictures_of(rows, posts)
    folder.mkdir(parents=True, exist_ok=True)
    write_all = _write_wordpress if system == "wordpress" else _write_files
    write_all(folder, posts, pictures, tags_of=_tags_of(), system=system, report=report)
    for post in posts:
        report.made(post.title)
    return report


def _tags_of():
    """A function from a post to the titles of its principles, in its language."""
    titles = {code: {row.number: row.wording for row in Principle.objects.with_wordings(code)} for code in CODES}

    def tags(post):
        found = [titles[post.language].get(number) for number in sorted(row.number for row in post.principles.all())]
        return [wording.title for wording in found if wording]

    return tags


def _write_wordpress(folder, posts, pictures, *, tags_of, **_):
    images = Image.objects.filter(file__in=pictures, withdrawn_file="").order_by("pk")
    content = wordpress.export(posts, list(images), chapter=Chapter.load(), tags_of=tags_of)
    (folder / "posts.xml").write_bytes(content)


def _write_files(folder, posts, pictures, *, tags_of, system, report):
    for name in exporting.export_pictures(folder / "static" if system == "hugo" else folder, pictures):
        report.note(f"the picture {name} could not be copied")
    zone = ZoneInfo(Chapter.load().time_zone)
    for post in posts:
        path = folder / _path(post, system, zone)
        path.parent.mkdir(parents=True, exist_ok=True)
        head = [pair for pair in own_files.head(post) if pair[0] != UNKNOWN[system]]
        also = [("tags", tags_of(post)), ("image", own_files.address_of(post.cover)), *_also(post, system)]
        text = documents.write([*head, *also], their_markdown.write(post.body, system=system))
        path.write_text(text, "utf-8", newline="")


def _path(post, system, zone):
    if system == "hugo":
        return f"content/blog/{post.slug}.{post.language}.md"
    if post.is_draft:
        return f"_drafts/{post.slug}.md"
    return f"_posts/{post.published_at.astimezone(zone):%Y-%m-%d}-{post.slug}.md"


def _also(post, system):
    address = f"/{post.language}/blog/{post.slug}/"
    if system == "hugo":
        original = post.translation_of or post
        return [("url", address), ("translationKey", original.slug)]
    # Its themes take an excerpt for HTML. Two brackets in a text are no template.
    lead = ("excerpt", escape(post.lead, quote=False))
    return [("permalink", address), ("lang", post.language), ("layout", "post"), lead, ("render_with_liquid", False)]
