"""Who a post's author is where its head has a handle: `authors.yml` of Docusaurus, MkDocs and Jekyll."""

from contextlib import suppress

from yaml import YAMLError

from chapter.foreign_texts import decoded
from chapter.refusals import Refused

from . import front_matter, meanings

FILES = {f"{name}.{ending}" for name in ("authors", ".authors", "people") for ending in ("yml", "yaml", "json")}
MAX_BYTES = 200_000


def names_in(folder) -> dict[str, str]:
    """The name of each handle; none where a file can't be read."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if (
            path.name.lower() in FILES
            and path.is_file()
            and not path.is_symlink()
            and path.stat().st_size <= MAX_BYTES
        ):
            with suppress(Refused, YAMLError, OSError):
                found |= _names(front_matter.values(decoded(path.read_bytes()).text))
    return found


def _names(said):
    said = said["authors"] if isinstance(said.get("authors"), dict) else said
    found = {handle: meanings.name_of(one) for handle, one in said.items() if isinstance(one, dict)}
    return {handle: name for handle, name in found.items() if name}


def named(authors, names) -> list[tuple[str, str]]:
    return [(names.get(front_matter.as_key(name), name), bio) for name, bio in authors]
