"""Withdrawing a picture: no page shows it, and its address answers 404.

The files get a new, unguessable name, so that a server that serves the media folder by itself needs no rule. The row is
withdrawn first, in the caller's transaction: from its commit on no page shows the picture. Then the files are moved,
each in one step; a job queued in that same transaction moves what a crash or a full disk left behind.
"""

import os
from contextlib import suppress

from django.core.files.storage import default_storage
from procrastinate.contrib.django import app

from .. import renditions
from ..mail import PATIENCE
from ..models import Gone, Image


def withdraw(image) -> None:
    """Hide the picture on all pages, in the caller's transaction; call `hide_files` after its commit."""
    image.withdrawn_file = renditions.new_name(width=image.width, height=image.height)
    image.save(update_fields=["withdrawn_file"])
    Gone.objects.create(place=Gone.WITHDRAWN, row=image.pk)
    move_withdrawn.defer(image_id=image.pk)


@app.task(name="chapter.move_withdrawn", retry=PATIENCE)
def move_withdrawn(image_id):
    move_files(image_id)


def hide_files(image_id: int) -> bool:
    """Move the files now; False if the disk refuses, in which case the job tries again."""
    try:
        move_files(image_id)
    except OSError:
        return False
    return True


def move_files(image_id: int) -> None:
    """Move what is still under the old name. Raises OSError. Idempotent, also when run in parallel."""
    image = Image.objects.filter(pk=image_id).exclude(withdrawn_file="").first()
    if image is not None:
        pairs = zip(renditions.all_names(image.file.name), renditions.all_names(image.withdrawn_file), strict=False)
        for old, new in pairs:
            _move(old, new)


def bring_back(image) -> None:
    """Show a withdrawn picture again, under its new name, in the caller's transaction. Raises OSError."""
    move_files(image.pk)
    Image.objects.filter(pk=image.pk).update(file=image.withdrawn_file, withdrawn_file="")
    Gone.objects.filter(place=Gone.WITHDRAWN, row=image.pk).delete()


def address_of(image, *, withdrawn: bool = False) -> str:
    """Empty if the picture is withdrawn, unless `withdrawn` asks for its new address."""
    if not image.withdrawn_file:
        return image.file.url
    return default_storage.url(image.withdrawn_file) if withdrawn else ""


def _move(old, new):
    try:
        with suppress(FileNotFoundError):
            os.replace(default_storage.path(old), default_storage.path(new))
    except NotImplementedError:
        # A bucket cannot rename: copy, then delete.
        with suppress(FileNotFoundError), default_storage.open(old) as file:
            default_storage.save(new, file)
        default_storage.delete(old)
