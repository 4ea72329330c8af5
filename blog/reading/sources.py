"""What is brought in: an export, or a folder of posts, as rows and lines of the report."""

from pathlib import Path
from urllib.parse import urlsplit

from chapter.refusals import Refused
from chapter.remarks import about
from chapter.remarks import remark as _

from . import beside, post_files, wxr, wxr_xml
from .imported import ImportedPost


def read_export(content: bytes, report, **said) -> tuple[list[ImportedPost], str]:
    """(the posts of an export, the address of its site). Raises NotAnExport."""
    return _of_exports(wxr_xml.read(content), report, **said)


def read_exports(files, report, **said) -> tuple[list[ImportedPost], str]:
    """(the posts of exports, the address of the first one's site), of (name, bytes)."""
    parts = []
    for name, content in files:
        try:
            parts += wxr_xml.read(content)
        except wxr.NotAnExport as error:
            report.refused(name, str(error))
    return _of_exports(parts, report, **said)


def _of_exports(parts, report, *, language, zone, drafts):
    export = wxr.read_all(parts, language=language, zone=zone, drafts=drafts)
    for note in export.notes:
        report.note(note)
    for name, reason in export.left_out:
        report.left_out(name, reason)
    _note(export.posts, report)
    return export.posts, urlsplit(export.address).netloc


def read_folder(folder: Path, report, *, language, zone, drafts) -> list[ImportedPost]:
    """The posts in a folder and below; what cannot be read is a line of the report. Raises BadFile for too many."""
    files = ((path.relative_to(folder).as_posix(), path) for path in post_files.paths(folder))
    why = beside.Folders(folder).why_a_draft
    posts = read_files(files, report, language=language, zone=zone, drafts=drafts, why=why)
    handles = beside.names_in(folder)
    for post in posts:
        post.authors = beside.named(post.authors, handles)
    for path in post_files.other_texts(folder):
        report.left_out(path.relative_to(folder).as_posix(), _("not Markdown: save it as Markdown, or copy the text"))
    return posts


def read_files(files, report, *, language, zone, drafts, why=None) -> list[ImportedPost]:
    """The posts of (name, path or bytes). `why` says of a path by which sign of its folder the post was not public."""
    posts = []
    for name, source in files:
        try:
            content = source if isinstance(source, bytes) else _content(source)
            post = post_files.read(content, name, language=language, zone=zone)
            post.why_draft = post.why_draft or (why(source) if why else "")
            post.is_draft = bool(post.why_draft)
        except post_files.NoPost as reason:
            report.left_out(name, str(reason))
        except (Refused, ValueError, OSError) as error:
            report.refused(name, str(error))
        else:
            if post.is_draft and not drafts:
                report.left_out(name, post.why_draft)
            else:
                posts.append(post)
    _note(posts, report)
    return posts


def _content(path):
    with path.open("rb") as file:
        return file.read(post_files.MAX_BYTES + 1)


def _note(posts, report):
    for post in posts:
        for note in post.notes:
            report.note(about(post.title or post.external_id, note))
