"""The site as a folder of files, and a folder as a site: what is the chapter's own and public, and nothing of its people.

The same site gives the same bytes. A folder is written under another name first, so that a half-written one is never
taken for whole.
"""

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from blog import transfer as blog_transfer
from blog.models import Post
from chapter.models import Chapter, Image
from chapter.transfer import Report, dry_run_transaction, exporting, picture_files
from events import transfer as events_transfer
from events.models import Event, Season, Series, SisterChapter, Venue
from microactions import exporting as microactions_exporting
from microactions.models import Microaction
from principles import exporting as principles_exporting

ROOMS = (exporting, principles_exporting, events_transfer, microactions_exporting, blog_transfer)
GUIDE = Path(__file__).parent / "export_guide.txt"
FORMAT = "One Team Gov chapter site, export 1"
OWN = (Event, Series, Venue, Season, SisterChapter, Post, Microaction, Image)


class CannotExport(Exception):
    """The folder is not ours to write; the text says why."""


class NoExport(Exception):
    """The folder cannot be imported; the text says why."""


# Out


def export(folder, *, drafts=False):
    """Write the site to `folder`, which must be new or empty; the names of pictures that could not be copied."""
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotExport(f"{folder} is not empty. Name a new folder, or an empty one.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        missing = _write(draft, drafts=drafts)
        draft.chmod(0o755)
        draft.replace(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return missing


def _write(folder, *, drafts):
    with _snapshot():
        pictures = set().union(*(room.export(folder, drafts=drafts) for room in ROOMS))
        missing = exporting.export_pictures(folder, pictures)
    (folder / "README.txt").write_text(f"{FORMAT}\n\n{GUIDE.read_text('utf-8')}", "utf-8", newline="")
    return missing


@contextmanager
def _snapshot():
    """One moment of the database: what belongs together is from the same. Inside somebody's transaction it is theirs."""
    is_ours = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_ours:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def files_in(folder):
    """The files of a folder and below, in order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


# In


def is_empty():
    """Whether there is nothing on this site but what every new one has."""
    return not any(model.objects.exists() for model in OWN)


def restore(folder, *, merge=False, dry_run=False):
    """Make what the folder holds and this site does not; a Report. Nothing that is here is changed.

    All in one transaction. Raises NoExport for a folder that is none, and, without `merge`, for a site with something on it.
    """
    _check(folder)
    is_new = is_empty()
    if not (is_new or merge):
        raise NoExport("This site is not empty. With --merge it gets what it does not have.")
    report, written = Report(), []
    try:
        with dry_run_transaction(dry_run=dry_run):
            _read(folder, report=report, is_new=is_new, written=written)
    except BaseException:
        picture_files.forget(written)
        raise
    if dry_run:
        picture_files.forget(written)
    return report


def _check(folder):
    guide = folder / "README.txt"
    if not guide.is_file() or not guide.read_text("utf-8", errors="replace").startswith(f"{FORMAT}\n"):
        raise NoExport(f"{folder} is no export of this version: its README.txt does not begin with “{FORMAT}”.")
    links = [path.name for path in folder.rglob("*") if path.is_symlink()]
    if links:
        raise NoExport(f"There are links in the folder, which an export never has: {links[0]}")


def _read(folder, *, report, is_new, written):
    exporting.restore_pictures(folder, report=report, written=written)
    exporting.restore(folder, report=report, is_new=is_new)
    principles_exporting.restore(folder, report=report)
    events_transfer.restore(folder, report=report)
    microactions_exporting.restore(folder, report=report)
    blog_transfer.restore(folder, report=report, zone=Chapter.load().time_zone)
