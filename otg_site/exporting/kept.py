"""Exports that organisers ask for on their pages: made by the worker, kept in the database, gone after a day.

In the database, since web and worker share nothing else that the whole internet cannot read.
"""

import logging
import shutil
import tempfile
import zipfile
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from chapter import audit
from chapter.models import SiteExport, SiteExportPiece
from chapter.refusals import Refused

from . import folder

logger = logging.getLogger(__name__)
State = SiteExport.State
PIECE = 1_000_000
# Pictures are compressed already.
STORED = {".webp", ".jpg", ".png"}

audit.describe("site_export_asked", gettext_lazy("asked for an export of the site"))


class OneAtATime(Refused):
    """An export is being made."""


@transaction.atomic
def ask(*, has_drafts, by) -> SiteExport:
    """Queue an export; those of before are deleted. Raises OneAtATime."""
    SiteExport.objects.exclude(state=State.WAITING).delete()
    try:
        with transaction.atomic():
            asked = SiteExport.objects.create(has_drafts=has_drafts, asked_by=by)
    except IntegrityError as error:
        raise OneAtATime(_("An export is being made already. Wait until it is ready.")) from error
    audit.record("site_export_asked", by=by)
    write_export.defer(export_id=asked.pk)
    return asked


@app.task(name="otg_site.write_export")
def write_export(export_id):
    write(export_id)


def write(export_id: int) -> None:
    """Make the file and store it in pieces; nothing if it was made or deleted meanwhile. A failure is logged and said."""
    asked = SiteExport.objects.filter(pk=export_id, state=State.WAITING).first()
    if asked is None:
        return
    try:
        with tempfile.TemporaryDirectory(prefix="export-") as place:
            _store(asked, _zipped(Path(place), drafts=asked.has_drafts))
    except Exception:
        logger.exception("The export %s could not be made", export_id)
        SiteExport.objects.filter(pk=export_id).update(state=State.FAILED)


def _zipped(place, *, drafts):
    root, path = place / "site", place / "site.zip"
    folder.export(root, drafts=drafts)
    with zipfile.ZipFile(path, "w", strict_timestamps=False) as archive:
        for file in folder.files_in(root):
            way = zipfile.ZIP_STORED if file.suffix in STORED else zipfile.ZIP_DEFLATED
            archive.write(file, Path("site") / file.relative_to(root), compress_type=way)
    shutil.rmtree(root)
    return path


@transaction.atomic
def _store(asked, path):
    with path.open("rb") as file:
        for number, content in enumerate(iter(lambda: file.read(PIECE), b"")):
            SiteExportPiece.objects.create(export=asked, number=number, content=content)
    SiteExport.objects.filter(pk=asked.pk).update(state=State.READY, size=path.stat().st_size)


def pieces_of(export_id: int):
    """The bytes of the file, a piece at a time; one query each, so that no process holds more."""
    number = 0
    while True:
        found = (
            SiteExportPiece.objects.filter(export=export_id, number=number).values_list("content", flat=True).first()
        )
        if found is None:
            return
        yield bytes(found)
        number += 1
