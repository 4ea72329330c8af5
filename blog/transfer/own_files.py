"""Posts as files of our own export, to the letter and back. Hugo, Jekyll and every reader of YAML understand them, too."""

import re
from datetime import datetime

from chapter.languages import CODES
from chapter.transfer import documents, tables

from ..reading import MAX_FILE, BadFile, ImportedPost, Picture, composed


def read_own(path) -> ImportedPost:
    """The post in a file of our own export, to the letter. Raises BadDocument, BadFile and ValidationError."""
    if path.stat().st_size > MAX_FILE:
        raise BadFile(f"the file is larger than {MAX_FILE // 1000} kB")
    with path.open(encoding="utf-8-sig", newline="") as file:
        document = documents.read(file.read())
    get = document.get
    return ImportedPost(
        external_id=path.name,
        title=get("title"),
        body=document.body,
        language=_language(get("language")),
        slug=get("slug"),
        lead=get("summary", "lead"),
        published_at=_own_moment(get("date", "published")),
        changed_at=_own_moment(get("lastmod", "updated")),
        created_at=_own_moment(get("created")),
        is_draft=get("draft").lower() in {"yes", "true"},
        authors=_own_authors(document),
        cover=Picture(get("cover")) if get("cover") else None,
        event=get("event"),
        translation_of=get("translation_of"),
        principles=[int(number) for value in document.all("principles") for number in re.findall(r"\d+", value)],
        composed=composed(get("composed")),
    )


def _language(code):
    if code not in CODES:
        raise BadFile(f"the site has no language “{code[:20]}”: {', '.join(CODES)}")
    return code


def _own_moment(text) -> datetime | None:
    # A draft has Jekyll's sign there, where older exports have the date.
    return tables.moment(text) if text and text != "false" else None


def _own_authors(document):
    # The first is the line of the key.
    bios = [value for key, value in document.pairs if key == "author_bios"][1:]
    found = []
    for key, value in document.pairs:
        if key in {"author", "authors"} and value:
            found.append((value, bios[len(found)] if len(found) < len(bios) else ""))
        # Exports of 2026 and before have it behind its author.
        elif key == "author_bio" and found:
            found[-1] = (found[-1][0], value)
    return found


# Writing


def as_text(post, *, event="", translation_of="") -> str:
    """A stored post as a file; `read_own` gives everything back but the authors' accounts."""
    pairs = [
        *head(post),
        ("event", event),
        ("principles", sorted(str(one.number) for one in post.principles.all())),
        ("translation_of", translation_of),
        ("cover", address_of(post.cover)),
        ("composed", tables.as_text(_still_there(post))),
    ]
    return documents.write(pairs, post.body)


def head(post) -> list:
    """What every system asks about a post."""
    authors = list(post.bylines.all())
    return [
        ("title", post.title),
        ("date", post.published_at),
        ("lastmod", post.changed_at),
        ("created", post.created_at),
        # Hugo's sign, and Jekyll's.
        ("draft", True if post.is_draft else None),
        ("published", False if post.is_draft else None),
        ("language", post.language),
        ("slug", post.slug),
        ("summary", post.lead),
        ("authors", [line.name for line in authors]),
        ("author_bios", [line.bio for line in authors] if any(line.bio for line in authors) else []),
    ]


def address_of(picture) -> str:
    return picture.file.url if picture and not picture.withdrawn_file else ""


def _still_there(post):
    """What was composed for each section; of a published post without the texts that a writer has removed since.

    Such a text may name somebody. Its key stays, so that the section is not composed again.
    """
    texts = f"{post.title}\n{post.lead}\n{post.body}".replace("\r\n", "\n")
    return {key: text if post.is_draft or text in texts else "" for key, text in post.composed.items()}
