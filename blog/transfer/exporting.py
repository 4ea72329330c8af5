"""Exporting posts as Markdown, and restoring them. Comments are not exported: members could not delete them there."""

from chapter.transfer import OUR_SOURCE, exporting, picture_files

from ..models import Post
from . import importing, own_files
from .pictures import Pictures

FOLDER = "posts"


def exported(*, drafts):
    return (Post.objects.all() if drafts else Post.objects.published()).order_by("slug")


def export(folder, *, drafts):
    """Write the posts; returns the names of the pictures that they show."""
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    rows = exported(drafts=drafts)
    there = set(rows.values_list("pk", flat=True))
    posts = rows.select_related("cover", "summary_of", "translation_of").prefetch_related("bylines", "principles")
    for post in posts:
        original = post.translation_of.slug if post.translation_of_id in there else ""
        text = own_files.as_text(post, event=_event(post, drafts), translation_of=original)
        (folder / FOLDER / f"{post.slug}.{post.language}.md").write_text(text, "utf-8", newline="")
    return pictures_of(rows, posts)


def pictures_of(rows, posts) -> set[str]:
    covers = {post.cover.file.name for post in posts if post.cover}
    leads = set().union(*(picture_files.in_text(post.lead) for post in posts))
    return exporting.texts_pictures(rows) | covers | leads


def _event(post, drafts):
    event = post.summary_of
    return "" if event is None or (event.is_draft and not drafts) else event.slug


def restore(folder, *, report):
    """Store the posts, published as they were. Their pictures must be stored already. Needs a transaction."""
    root = folder / FOLDER
    posts = []
    for path in sorted(root.glob("*.md")):
        with report.row(path.name):
            posts.append(own_files.read_own(path))
    pictures = Pictures(source=OUR_SOURCE, report=report, fetches=False)
    importing.take_all(posts, source=OUR_SOURCE, report=report, pictures=pictures, trusted=True)
