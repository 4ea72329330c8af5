"""A folder of posts that was uploaded as a ZIP file, unpacked within bounds. Nothing of it is ever served as it came."""

import contextlib
import re
import unicodedata
import zipfile
import zlib
from io import BytesIO
from pathlib import Path, PurePosixPath

from chapter import pictures
from chapter.refusals import Refused
from chapter.remarks import remark as _
from chapter.remarks import remark_of_number as ngettext

from .. import reading

MAX_ENTRIES = 20_000
MAX_UNPACKED = 200_000_000
CHUNK = 256 * 1024
ENTRY = b"PK\x01\x02"
PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".gif"}
EXPORTS = {".xml", ".wxr", ".rss", ".atom"}
# What a system or a tool puts beside the posts, and folders that are no posts.
PASSED = re.compile(r"(?:^|/)(?:\.|__MACOSX/|node_modules/|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)


class NotAnArchive(Refused):
    """The ZIP file as a whole is refused; the text says why."""


def is_archive(content: bytes) -> bool:
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def unpack(content: bytes, place: Path, report) -> Path:
    """Write the texts and pictures below `place`; the folder that they lie in. Raises NotAnArchive."""
    if content.count(ENTRY) > MAX_ENTRIES:
        raise NotAnArchive(_("the ZIP file has more than {number} files", number=MAX_ENTRIES))
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _write_all(archive, place, report)
    # What zipfile answers to broken and to encrypted files.
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        OSError,
    ) as error:
        raise NotAnArchive(_("the ZIP file is broken or has a password; make it again")) from error
    return _top(place)


def exports_in(root: Path, report) -> list[tuple[str, bytes]]:
    """(name, bytes) of the exports in a folder: WordPress.com hands them out like that."""
    is_site = any(path.suffix.lower() in reading.MARKDOWN for path in root.rglob("*"))
    files = sorted(path for path in root.rglob("*") if path.suffix.lower() in EXPORTS)
    found = [(path.relative_to(root).as_posix(), path.read_bytes()) for path in files]
    others = [name for name, content in found if is_site and b"post_type>" not in content]
    for name in others:
        report.left_out(name, _("XML of the site, not an export"))
    return [(name, content) for name, content in found if name not in others]


def _write_all(archive, place, report):
    left, written, others = MAX_UNPACKED, set(), 0
    for entry in archive.infolist():
        name = _name(entry)
        if entry.is_dir() or PASSED.search(name) or _is_link(entry):
            continue
        parts = _parts(name)
        if parts is None or PurePosixPath(name).suffix.lower() not in _wanted():
            others += 1
            continue
        if parts in written:
            report.refused(name, _("the ZIP file has two files with this name"))
            continue
        written.add(parts)
        left = _write(archive, entry, place.joinpath(*parts), name, report, left=left)
    if others:
        report.note(
            ngettext(
                "{number} other file in the ZIP file is neither a text nor a picture and isn’t read.",
                "{number} other files in the ZIP file are neither texts nor pictures and aren’t read.",
                others,
            )
        )


def _wanted():
    return reading.SUFFIXES | reading.OTHER_TEXTS | PICTURES | EXPORTS


def _write(archive, entry, path, name, report, *, left):
    # By what comes out, not by what the file says of itself.
    longest = reading.MAX_EXPORT if path.suffix.lower() in EXPORTS else pictures.MAX_BYTES
    path.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with archive.open(entry) as source, path.open("xb") as target:
        while size <= longest and (piece := source.read(CHUNK)):
            size += len(piece)
            if size > left:
                raise NotAnArchive(_("the ZIP file holds more than {number} MB", number=MAX_UNPACKED // 1_000_000))
            target.write(piece)
    if size > longest:
        path.unlink()
        report.refused(name, _("the file is larger than {number} MB", number=longest // 1_000_000))
    return left - size


def _name(entry):
    # A Mac writes UTF-8 and does not say so, Windows the letters of DOS, of which the library knows the American ones.
    name = entry.filename
    if not entry.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("cp850")
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp850").decode("utf-8")
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _parts(name):
    """The parts of a path that stays within its folder, or None."""
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    is_odd = not parts or ".." in parts or name.startswith("/") or any(len(part.encode()) > 250 for part in parts)
    return None if is_odd or len(parts) > 20 or "\x00" in name else parts


def _is_link(entry):
    return entry.external_attr >> 28 == 0xA


def _top(place):
    """Below folders that hold one folder and nothing else."""
    inside = list(place.iterdir())
    return _top(inside[0]) if len(inside) == 1 and inside[0].is_dir() else place
