"""Where the pictures of imported posts lie: in the folder that is imported, or in one beside it.

A text names a file as its author's machine spells it (a Mac in pieces, a small camera in capitals), or by an address of
which the folder has the end. Which file is meant is never guessed: of two that fit equally well none is taken.
"""

import re
import unicodedata
from collections import defaultdict
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from chapter.refusals import Refused
from chapter.remarks import remark as _

# WordPress shows small versions of a picture; people keep the large one.
SIZED = re.compile(r"(?:-\d{2,5}x\d{2,5}|-scaled|-rotated|-e\d{10,13}|@\dx)+(?=\.\w+\Z)")
# uploads/2019/09/
MONTH = re.compile(r"(?:^|/)(\d{4}/\d{2})/[^/]*\Z")
# Where generators keep what they copy to the top of a site.
TOPS = ("", "static", "assets", "public", "content", "src", "source")


class NoPicture(Refused):
    """The picture is not available; the text says why."""


def spelled(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def file_name(address: str) -> str:
    return unquote(urlsplit(address).path.rsplit("/", 1)[-1])


class Beside:
    """The files of a folder and below, found by the end of an address. Empty without a folder."""

    def __init__(self, folder):
        self._files, self._used = defaultdict(list), {}
        for path in sorted(folder.rglob("*")) if folder else ():
            if path.is_file() and not path.is_symlink():
                parts = [spelled(part) for part in path.relative_to(folder).parts]
                self._files[parts[-1]].append((parts, path))

    def __bool__(self):
        return bool(self._files)

    def find(self, address):
        """The file, or None if there is none of its name. Raises NoPicture where it cannot be told which is meant."""
        parts = [spelled(part) for part in unquote(urlsplit(address).path).split("/") if part]
        if not parts:
            return None
        found = self._best(parts)
        if found is None and SIZED.search(parts[-1]):
            found = self._best([*parts[:-1], SIZED.sub("", parts[-1])])
        return found and self._once(found, parts)

    def _best(self, parts):
        fitting = defaultdict(list)
        for names, path in self._files.get(parts[-1], ()):
            if _fits("/".join(parts), "/".join(names)):
                fitting[_alike(parts, names)].append((names, path))
        if not fitting:
            return None
        best = fitting[max(fitting)]
        if len(best) > 1:
            raise NoPicture(
                _(
                    "the folder has {number} files with this name, and we can’t tell which one is meant",
                    number=len(best),
                )
            )
        names, path = best[0]
        return path, max(fitting) == len(names) > 1

    def _once(self, found, parts):
        # A file that is known by its name alone is that of one address only.
        path, is_certain = found
        address = "/".join([*parts[:-1], SIZED.sub("", parts[-1])])
        if self._used.setdefault(path, address) != address and not is_certain:
            raise NoPicture(
                _(
                    "another address has already used the only file with this name; keep the blog’s folders, such as 2019/09"
                )
            )
        return path


def _alike(parts, names):
    number = 0
    for one, other in zip(reversed(parts), reversed(names), strict=False):
        if one != other:
            break
        number += 1
    return number


def _fits(address, path):
    # 2019/09/1.jpg and 2020/03/1.jpg are two pictures.
    wanted, there = MONTH.search(address), MONTH.search(path)
    return not (wanted and there) or wanted[1] == there[1]


def in_folder(address, root, folder):
    """The file that a text in `folder` means. Raises NoPicture, also for a way out of `root`, by `..` or by a link."""
    path = unquote(address.split("?")[0].split("#")[0])
    if address.startswith(("\\", "data:")) or "\x00" in path:
        raise NoPicture(_("it isn’t in the folder"))
    if not path.startswith("/"):
        return _walk(PurePosixPath(path).parts, folder or root, root)
    parts = PurePosixPath(path.lstrip("/")).parts
    for top in TOPS:
        try:
            return _walk((*PurePosixPath(top).parts, *parts), root, root)
        except NoPicture:
            continue
    raise NoPicture(_("it isn’t in the folder"))


def _walk(parts, path, root):
    for part in parts:
        path = path.parent if part == ".." else _child(path, part)
        if _is_link(path) or (path != root and root not in path.parents):
            raise NoPicture(_("it isn’t in the folder"))
    if not path.is_file():
        raise NoPicture(_("there is no such file"))
    return path


def _child(folder, name):
    """By its name, or by the only one that is spelled alike."""
    exact = folder / name
    try:
        if exact.exists() or not folder.is_dir():
            return exact
        alike = [path for path in folder.iterdir() if spelled(path.name) == spelled(name)]
    except OSError as error:  # a name that is too long for a file
        raise NoPicture(_("there is no such file")) from error
    same = [path for path in alike if unicodedata.normalize("NFC", path.name) == unicodedata.normalize("NFC", name)]
    found = same or alike
    return found[0] if len(found) == 1 else exact


def _is_link(path):
    try:
        return path.is_symlink()
    except OSError as error:
        raise NoPicture(_("there is no such file")) from error
