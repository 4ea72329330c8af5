"""What other files of a folder say of a post: who an author is, and that the post was no more public than its folder.

`authors.yml` is that of Docusaurus, MkDocs and Jekyll; a folder's own JSON that of Eleventy, what `_index.md` hands down
that of Hugo, and a `.meta` file that of Nikola.
"""

from contextlib import suppress

from yaml import YAMLError

from chapter.foreign_texts import decoded
from chapter.refusals import Refused

from . import front_matter, meanings

AUTHORS = {f"{name}.{ending}" for name in ("authors", ".authors", "people") for ending in ("yml", "yaml", "json")}
MAX_BYTES = 200_000


# Authors


def names_in(folder) -> dict[str, str]:
    """The name of each handle; none where a file can't be read."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.name.lower() in AUTHORS and (text := _text(path)):
            with suppress(Refused, YAMLError):
                found |= _names(front_matter.values(text))
    return found


def _names(said):
    said = said["authors"] if isinstance(said.get("authors"), dict) else said
    found = {handle: meanings.name_of(one) for handle, one in said.items() if isinstance(one, dict)}
    return {handle: name for handle, name in found.items() if name}


def named(authors, names) -> list[tuple[str, str]]:
    return [(names.get(front_matter.as_key(name), name), bio) for name, bio in authors]


# Drafts


class Folders:
    """Below `root`; each is looked at once."""

    def __init__(self, root):
        self._root, self._known = root, {}

    def why_a_draft(self, path) -> str:
        own = [path.with_suffix(".meta"), path.with_name(f"{path.stem}.11tydata.json"), path.with_suffix(".json")]
        return next(filter(None, map(_sign, own)), "") or self._of(path.parent)

    def _of(self, folder):
        if folder not in self._known:
            above = self._of(folder.parent) if folder != self._root else ""
            data = (folder / f"{folder.name}{ending}" for ending in (".json", ".11tydata.json"))
            self._known[folder] = above or next(filter(None, map(_sign, data)), "") or _handed_down(folder)
        return self._known[folder]


def _sign(path):
    head = _head(path)
    return meanings.why_a_draft(head) if head else ""


def _handed_down(folder):
    for name in ("_index.md", "_index.html"):
        said = head.get("cascade") if (head := _head(folder / name)) else None
        for one in said if isinstance(said, list) else [said]:
            if isinstance(one, dict) and (why := meanings.why_a_draft(front_matter.Head(list(one.items()), "", []))):
                return why
    return ""


def _head(path):
    with suppress(Refused):
        return front_matter.read(text) if (text := _text(path)) else None


def _text(path):
    with suppress(OSError):
        if path.is_file() and not path.is_symlink() and path.stat().st_size <= MAX_BYTES:
            return decoded(path.read_bytes()).text
    return ""
