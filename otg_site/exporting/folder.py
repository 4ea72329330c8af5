"""Export the site to a folder of files, and import one: what the chapter owns and publishes, nothing about people.

The same site gives the same bytes. A folder is written under a temporary name and renamed, so a partial one is never
taken for an export.
"""

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, transaction

from blog import transfer as blog_transfer
from blog.models import Post
from chapter.models import Image
from chapter.transfer import Report, dry_run_transaction, exporting, picture_files
from events import transfer as events_transfer
from events.models import Event, Season, Series, SisterChapter, Venue
from microactions import exporting as microactions_exporting
from microactions.models import Microaction
from principles import exporting as principles_exporting

ROOMS = (exporting, principles_exporting, events_transfer, microactions_exporting, blog_transfer)
GUIDE = Path(__file__).parent / "guide.txt"
FORMAT = "One Team Gov chapter site, export 1"
OWN = (Event, Series, Venue, Season, SisterChapter, Post, Microaction, Image)


class CannotExport(Exception):
    """The folder cannot be written to; the message says why."""


class NoExport(Exception):
    """The folder cannot be imported; the message says why."""


# Out


def export(folder, *, drafts=False):
    """Write the site to `folder`, which must be new or empty; returns names of pictures that could not be copied."""
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
    is_ours = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_ours:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def files_in(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


# In


def is_empty():
    """Whether the site holds nothing but what every new one has."""
    return not any(model.objects.exists() for model in OWN)


def restore(folder, *, merge=False, dry_run=False):
    """Make what the folder holds and the site lacks; changes nothing that is here. Returns a Report.

    One transaction. Raises NoExport if the folder is no export, or, without `merge`, if the site is not empty.
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
    blog_transfer.restore(folder, report=report)
