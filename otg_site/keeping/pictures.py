"""The pictures of a backup, as a tar file, whether they are kept in a folder or in a bucket.

Drawn cards are not in it: whoever asks for one again has it drawn.
"""

import tarfile
from contextlib import suppress
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from chapter import renditions


def pack(to) -> None:
    """Write all pictures to a binary stream. One that is added or withdrawn meanwhile may be missing."""
    with tarfile.open(fileobj=to, mode="w|") as tar:
        for name in sorted(_names()):
            with suppress(FileNotFoundError), default_storage.open(name) as file:
                content = file.read()
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                tar.addfile(entry, BytesIO(content))


def unpack(source) -> int:
    """Store the pictures of a binary stream under their names; returns how many. Other files in it are left out."""
    number = 0
    with tarfile.open(fileobj=source, mode="r|") as tar:
        for entry in tar:
            name = entry.name.removeprefix("./")
            if entry.isfile() and renditions.PATH.match(name):
                default_storage.delete(name)
                default_storage.save(name, ContentFile(tar.extractfile(entry).read()))
                number += 1
    return number


def _names():
    # A site without pictures may have no folder for them yet.
    with suppress(FileNotFoundError):
        return [renditions.FOLDER + name for name in default_storage.listdir(renditions.FOLDER)[1]]
    return []
