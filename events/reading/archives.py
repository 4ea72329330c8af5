"""A ZIP file of calendars, as Google Calendar hands out a whole account: its calendars one after the other."""

import zipfile
import zlib
from io import BytesIO

from .lines import MAX_BYTES

MARK = b"PK\x03\x04"
ENTRY = b"PK\x01\x02"  # of the list of contents
CALENDARS = (".ics", ".vcs")
MAX_FILES = 500
# What zipfile answers to broken and to encrypted files.
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError, ValueError, OSError)


def unpacked(content: bytes) -> tuple[bytes, int]:
    """The calendars of a ZIP file, and how many other files it holds; anything else as it is. Reads no more than is too
    large for a calendar."""
    if not content.startswith(MARK) or content.count(ENTRY) > MAX_FILES:
        return content, 0
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [entry for entry in archive.infolist() if not _is_passed(entry)]
            calendars = [entry for entry in entries if entry.filename.lower().endswith(CALENDARS)]
            text = b"\r\n".join(_contents(archive, calendars))
    except BROKEN:
        return content, 0
    return (text, len(entries) - len(calendars)) if text else (content, 0)


def _is_passed(entry):
    # Macs lay a file of their own beside each, of the same name.
    return entry.is_dir() or entry.filename.startswith("__MACOSX/")


def _contents(archive, entries):
    left = MAX_BYTES + 1
    for entry in entries:
        with archive.open(entry) as file:
            yield (found := file.read(left))
        left -= len(found)
