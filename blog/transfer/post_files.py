"""Posts as Markdown files: reading a folder of them, and writing one.

The front matter is that of `chapter/transfer/documents.py`. Keys: title, language, slug, lead (also: summary, intro,
description), published (also: date; a day, or a datetime with its zone), updated, created, draft, author (again for each,
with author_bio after it), event (its address), principles, translation_of (the address of the post), cover, cover_alt,
cover_caption, cover_credit, cover_is_decorative. A missing key means empty; unknown keys are ignored.
"""

import json
import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from chapter.fields import clean_line, clean_text
from chapter.languages import CODES
from chapter.refusals import Refused
from chapter.transfer import documents, tables

from .imported import ImportedPost, Picture

MAX_BYTES = 400_000
MAX_FILES = 5_000
SUFFIXES = {".md", ".markdown"}
# As several programs name their files: 2019-09-25-next-stop.md, next-stop.nb.md
DATED = re.compile(r"(?P<day>\d{4}-\d{2}-\d{2})-(?=.)")
HEADING = re.compile(r"\A\s*#[ \t]+(?P<title>[^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)")
YES = {"yes", "true", "1"}


class BadFile(Refused):
    """The file is no post; the text says why."""


def paths(folder):
    """The Markdown files in a folder and below, in order, without hidden ones and links. Raises BadFile for too many."""
    found = sorted(
        path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and _may_be_read(path, folder)
    )
    if len(found) > MAX_FILES:
        raise BadFile(f"There are more than {MAX_FILES} files.")
    return found


def _may_be_read(path, folder):
    # Neither a link itself nor behind one.
    parts = [path, *path.parents[: len(path.relative_to(folder).parts) - 1]]
    return path.is_file() and not any(one.is_symlink() or one.name.startswith(".") for one in parts)


def read(path, *, folder, language, zone) -> ImportedPost:
    """The post in a file. A day without a time means noon in `zone`. Raises BadFile, BadDocument and ValidationError."""
    if path.stat().st_size > MAX_BYTES:
        raise BadFile(f"the file is larger than {MAX_BYTES // 1000} kB")
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            document = documents.read(file.read())
    except UnicodeDecodeError as error:
        raise BadFile("the file is not UTF-8") from error
    post = _post(document, path, language=language, zone=zone)
    post.external_id = path.relative_to(folder).as_posix()
    return post


def _post(document, path, *, language, zone):
    stem, in_name = _stem(path)
    day = DATED.match(stem)
    title, body = _title(document)
    published = document.get("published", "date") or (day["day"] if day else "")
    return ImportedPost(
        external_id="",
        title=clean_line(title) or stem,
        body=clean_text(body),
        language=_language(document.get("language", "lang") or in_name or language),
        slug=document.get("slug") or DATED.sub("", stem, count=1),
        lead=clean_text(document.get("lead", "summary", "intro", "description")),
        published_at=_datetime(published, zone),
        changed_at=_datetime(document.get("updated"), zone),
        created_at=_datetime(document.get("created"), zone),
        is_draft=document.get("draft").lower() in YES,
        authors=_authors(document),
        cover=_cover(document),
        event=document.get("event"),
        translation_of=document.get("translation_of"),
        principles=[int(number) for number in re.findall(r"\d+", document.get("principles"))],
        composed=_composed(document.get("composed")),
    )


def _stem(path):
    # (name, language) of `name.nb.md`
    name, _, language = path.stem.rpartition(".")
    return (name, language) if name and language in CODES else (path.stem, "")


def _title(document):
    # A heading at the beginning of the text is the title where the front matter has none.
    title, heading = document.get("title"), HEADING.match(document.body)
    if title or not heading:
        return title, document.body
    return heading["title"], document.body[heading.end() :].lstrip("\n")


def _language(code):
    if code not in CODES:
        raise BadFile(f"the site has no language “{code[:20]}”: {', '.join(CODES)}")
    return code


def _datetime(text, zone):
    if not text:
        return None
    try:
        noon = datetime.combine(date.fromisoformat(text), time(12), tzinfo=ZoneInfo(zone))
    except ValueError:
        return tables.moment(text)
    return noon.astimezone(UTC)


def _authors(document):
    authors = []
    for key, value in document.pairs:
        if key in {"author", "authors"} and value:
            authors.append((clean_line(value), ""))
        elif key == "author_bio" and authors:
            authors[-1] = (authors[-1][0], clean_text(value))
    return authors


def _cover(document):
    if not document.get("cover"):
        return None
    said = {name: clean_line(document.get(f"cover_{name}")) for name in ("alt", "caption", "credit")}
    said["alt"] = said["alt"] or clean_line(document.get("alt"))
    is_decorative = document.get("cover_is_decorative").lower() in YES
    return Picture(document.get("cover"), **said, is_decorative=is_decorative)


def _composed(text):
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError) as error:
        raise BadFile("“composed” is not what an export writes") from error
    if not isinstance(found, dict):
        raise BadFile("“composed” is not what an export writes")
    return found


# Writing


def as_text(post, *, event="", translation_of="") -> str:
    """A stored post as a file; `read` gives everything back but the authors' accounts."""
    pairs = [
        *((name, tables.as_text(getattr(post, name))) for name in ("title", "language", "slug", "lead")),
        ("published", tables.as_text(post.published_at)),
        ("updated", tables.as_text(post.changed_at)),
        ("created", tables.as_text(post.created_at)),
        ("draft", "yes" if post.is_draft else ""),
        *(pair for line in post.bylines.all() for pair in (("author", line.name), ("author_bio", line.bio))),
        ("event", event),
        ("principles", " ".join(str(one.number) for one in sorted(post.principles.all(), key=lambda p: p.number))),
        ("translation_of", translation_of),
        ("cover", post.cover.file.url if post.cover and not post.cover.withdrawn_file else ""),
        ("composed", tables.as_text(_still_there(post))),
    ]
    return documents.write(pairs, post.body)


def _still_there(post):
    """What was composed for each section; of a published post without the texts that a writer has removed since.

    Such a text may name somebody. Its key stays, so that the section is not composed again.
    """
    texts = f"{post.title}\n{post.lead}\n{post.body}".replace("\r\n", "\n")
    return {key: text if post.is_draft or text in texts else "" for key, text in post.composed.items()}
