"""A ZIP file of calendars, as Google Calendar hands out a whole account: its calendars one after the other."""

import zipfile
import zlib
from io import BytesIO

from .lines import MAX_BYTES

MARK = b"PK\x03\x04"
ENTRY = b"PK\x01\x02"  # of the list of contents
MAX_FILES = 500
# What zipfile answers to broken and to encrypted files.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError)


def unpacked(content: bytes) -> bytes:
    """The calendars of a ZIP file, and anything else as it is. Reads no more than is too large for a calendar."""
    if not content.startswith(MARK) or content.count(ENTRY) > MAX_FILES:
        return content
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return b"\r\n".join(_calendars(archive)) or content
    except BROKEN:
        return content


def _calendars(archive):
    left = MAX_BYTES + 1
    for entry in archive.infolist():
        # Macs lay a file of their own beside each, of the same name.
        if entry.filename.lower().endswith((".ics", ".vcs")) and not entry.filename.startswith("__MACOSX/"):
            with archive.open(entry) as file:
                yield (found := file.read(left))
            left -= len(found)
