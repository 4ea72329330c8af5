"""Posts from a file of an organiser: an export, one Markdown file, or a folder of them as a ZIP file.

Each post is stored by itself, after its pictures, as by the command; what was stored before a failure stays.
"""

from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from chapter import audit
from chapter.models import ImportFile
from chapter.refusals import Refused
from chapter.remarks import remark as _
from chapter.transfer import bringing, dry_run_transaction

from .. import reading
from . import archives, importing, known
from .pictures import Pictures

audit.describe("posts_brought_in", gettext_lazy("brought in posts from a file"))


class NotOurs(Refused):
    """A file of some other kind."""


@app.task(name="blog.work_on_file")
def work_on_file(file_id):
    bringing.work_on(DOOR, file_id)


def run(content, report, *, name, dry_run, tell, language, publish, drafts, pictures, time_zone):
    said = {"language": language, "zone": time_zone, "drafts": drafts}
    with read(content, name, report, **said) as (posts, source, root, beside):
        source = known.source_of(posts, source, report)
        wanted = {
            "source": source,
            "report": report,
            "pictures": Pictures(
                source=source, report=report, root=root, beside=beside, fetches=pictures, dry_run=dry_run
            ),
            "publish": publish,
            "folder_of": (lambda post: (root / post.external_id).parent) if root else None,
        }
        if not dry_run:
            return importing.take_all(posts, tell=tell, **wanted)
        with dry_run_transaction(dry_run=True):
            return importing.take_all(posts, **wanted)


@contextmanager
def read(content, name, report, **said):
    """(posts, the name of their source, the folder that their pictures may lie in, and that of what their addresses lead to).

    Either folder may be None. Raises Refused.
    """
    if not archives.is_archive(content):
        yield *_read_one(content, name, report, **said), None, None
        return
    with TemporaryDirectory(prefix="posts-") as place:
        root = archives.unpack(content, Path(place).resolve(), report)
        exports = archives.exports_in(root, report)
        posts, site = reading.read_exports(exports, report, **said)
        posts += reading.read_folder(root, report, **said)
        if not (posts or exports or report.rows):
            raise NotOurs(_("there is neither a post nor an export of a blog in the ZIP file"))
        named = root.name if root != Path(place).resolve() else Path(name).stem
        yield posts, site or named, root, root if exports else None


def _read_one(content, name, report, **said):
    if Path(name).suffix.lower() in reading.SUFFIXES:
        return reading.read_files([(name, content)], report, **said), "posts"
    posts, site = reading.read_export(content, report, **said)
    return posts, site or Path(name).stem


DOOR = bringing.Door(kind=ImportFile.Kind.POSTS, verb="posts_brought_in", job=work_on_file, run=run)
