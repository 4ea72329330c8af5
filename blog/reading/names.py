"""What the name of a post's file and its folders say: its day, its language, a title, and that it is no post at all."""

import re
from datetime import date

from chapter.languages import CODES

from .meanings import language

# 2019-09-25-next-stop.md, 20190925_next.md, 2019-09-25.md, 2019-09-25T10:00:00Z-next.md
DATED = re.compile(
    r"(?P<year>\d{4})(?:(?P<mark>[-_.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})|(?P<month2>\d\d)(?P<day2>\d\d))"
    r"(?:T[\d:.]{4,15}(?:Z|[+-]\d\d:?\d\d)?)?(?:[-_. ]+(?=\w)|\Z)"
)
# 2019/09/25/next.md, 2019/09/25-next.md
IN_FOLDERS = re.compile(r"(?:\A|/)(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})(?=[-_/]|\Z)")
# What a folder of a site has beside its posts.
LISTS = {"_index", "readme", "license", "licence", "changelog", "contributing", "code_of_conduct"}
TEMPLATES = {"_layouts", "_includes", "_partials", "_templates", "_data", "_site", "_sass", "archetypes", "scaffolds"}
TEMPLATES |= {"node_modules"}


def is_no_post(path) -> bool:
    folders = {part.lower() for part in path.parts[:-1]}
    return path.stem.split(".")[0].lower() in LISTS or bool(TEMPLATES & folders)


def undated(stem: str) -> str:
    match = DATED.match(stem)
    return stem[match.end() :] or stem if _day(match) else stem


def stem_and_language(path) -> tuple[str, str]:
    """(`name`, `nb`) of `name.nb.md`, else the language of a folder; the folders of Hugo hold an `index.md` each."""
    stem, in_folder = path.stem, _of_folders(path.parts[:-1])
    # Middleman's `name.html.md`
    stem = re.sub(r"\.html?\Z", "", stem, flags=re.IGNORECASE)
    name, _, code = stem.rpartition(".")
    if name and language(code) in CODES and len(code) <= 5:
        stem, code = name, language(code)
    else:
        code = in_folder
    return (path.parent.name if stem.lower() == "index" and path.parent.name else stem), code


def _of_folders(parts):
    return next((language(part) for part in reversed(parts) if len(part) <= 5 and language(part) in CODES), "")


def day_of(path, stem) -> str:
    """The day in its name, or in those of its folders; empty if there is none."""
    for name in (stem, *reversed(path.parts[:-1])):
        if day := _day(DATED.match(name)):
            return day
    return _day(IN_FOLDERS.search(str(path.with_suffix(""))))


def _day(match):
    if not match:
        return ""
    said = match.groupdict()
    month, day = said["month"] or said["month2"], said["day"] or said["day2"]
    try:
        found = date(int(match["year"]), int(month), int(day))
    except ValueError:
        return ""
    # Of other numbers: a version, a telephone.
    return found.isoformat() if 1990 <= found.year <= 2100 else ""


def as_title(stem: str) -> str:
    """`next-stop` as “Next stop”."""
    stem = undated(stem)
    words = stem if " " in stem or _day(DATED.match(stem)) else " ".join(re.split(r"[-_]+", stem)).strip()
    return words[:1].upper() + words[1:] or stem
