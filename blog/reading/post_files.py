"""Posts as files of Jekyll, Hugo, Pelican, Eleventy, Nikola and our own export: from bytes to rows.

The front matter is read by `front_matter.py` and judged by `meanings.py`. Keys, beside those that other systems have for the
same: title, language, slug, lead (also: summary, intro, description), date (also: published; a day, or a datetime), lastmod
(also: updated), created, draft, authors (with author_bios beside them), event (its address), principles, translation_of
(the address of the post), cover, cover_alt, cover_caption, cover_credit, cover_is_decorative. A missing key means empty;
unknown keys are passed over.
"""

import json
import re
import unicodedata
from pathlib import PurePosixPath

from django.utils import timezone as clock

from chapter.fields import clean_line, clean_text
from chapter.foreign_texts import MAC, WINDOWS, decoded, is_html, mended, words, words_of_line
from chapter.languages import CODES
from chapter.refusals import Refused
from chapter.remarks import remark as _

from . import data_pictures, front_matter, meanings, moments, names, texts
from .imported import ImportedPost

MAX_BYTES = 10_000_000
# Without the pictures that stand in the text.
MAX_TEXT = 400_000
MAX_FILES = 5_000
MARKDOWN = {".md", ".markdown", ".mdown", ".mkd", ".mdwn", ".mkdn", ".mdtext", ".mdtxt", ".mdx"}
HTML = {".html", ".htm"}
SUFFIXES = MARKDOWN | HTML
# Texts that we cannot read, to be named in the report.
OTHER_TEXTS = {".rst", ".adoc", ".asciidoc", ".org", ".textile", ".ipynb", ".docx", ".odt", ".doc", ".rtf", ".njk"}
OTHER_TEXTS |= {
    ".liquid",
    ".erb",
    ".haml",
    ".slim",
    ".pug",
    ".qmd",
    ".rmd",
    ".rmarkdown",
    ".lr",
    ".wp",
    ".creole",
    ".wiki",
}
# What is said of a post of Next.js.
PROGRAM = re.compile(r"^export\s+(?:const|let|var|default)\s[^\n;]{0,100}\{", re.MULTILINE)
HEADING = re.compile(
    r"\A\s*(?:#[ \t]+(?P<title>[^\n]+?)[ \t]*#*[ \t]*(?:\n|\Z)|(?P<above>(?![ \t]*[-=#>*])[^\n]+)\n={3,}[ \t]*(?:\n|\Z))"
)


class BadFile(Refused):
    """The file is no post; the text says why."""


class NoPost(Refused):
    """The file is not meant to be a post: it is left out, and the text says why."""


def paths(folder):
    """The Markdown files in a folder and below, in order, without hidden ones and links. Raises BadFile for too many."""
    found = sorted(
        path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and _may_be_read(path, folder)
    )
    if len(found) > MAX_FILES:
        raise BadFile(_("There are more than {number} files.", number=MAX_FILES))
    return found


def other_texts(folder):
    """Texts in a form that is not read, for the report."""
    found = (path for path in folder.rglob("*") if path.suffix.lower() in OTHER_TEXTS and _may_be_read(path, folder))
    return sorted(found)


def _may_be_read(path, folder):
    # Neither a link itself nor behind one.
    parts = [path, *path.parents[: len(path.relative_to(folder).parts) - 1]]
    return path.is_file() and not any(one.is_symlink() or one.name.startswith(".") for one in parts)


def read(content: bytes, name: str, *, language, zone) -> ImportedPost:
    """The post in a file; `name` is its path in the folder. A day without a time means noon in `zone`.

    Raises NoPost and Refused.
    """
    if len(content) > MAX_BYTES:
        raise BadFile(_("the file is larger than {number} kB", number=MAX_BYTES // 1000))
    letters = decoded(content, old=(WINDOWS, MAC))
    text, embedded = data_pictures.taken_out(letters.text)
    if len(text) > MAX_TEXT:
        raise BadFile(_("the file is larger than {number} kB", number=MAX_TEXT // 1000))
    path = PurePosixPath(unicodedata.normalize("NFC", name))
    if names.is_no_post(path):
        raise NoPost(_("a list or a document of the folder, not a post"))
    text, wrong = mended(text)
    head = front_matter.read(text)
    if path.suffix.lower() in HTML and not head.pairs:
        raise NoPost(_("a page without lines at the top"))
    if path.suffix.lower() == ".mdx" and not head.pairs and PROGRAM.search(text[:5_000]):
        raise BadFile(_("the lines at the top are a program, and we don’t run it"))
    post = _post(head, path, language=language, zone=zone)
    post.external_id, post.embedded = name, embedded
    post.notes[:0] = [note for note in (letters.note, wrong, *head.notes) if note]
    return post


def _post(head, path, *, language, zone):
    stem, in_name = names.stem_and_language(path)
    title, body = _title(head)
    post = ImportedPost(
        external_id="",
        title=clean_line(words_of_line(title)) or names.as_title(stem),
        body="",
        language=_language(head.text("language", "lang", "locale") or in_name or language),
        slug=meanings.slug(head, names.undated(stem)),
        lead=_lead(head),
        published_at=_published_at(head, zone) or moments.when(names.day_of(path, stem), zone),
        changed_at=_when_read(head.get(*CHANGED), zone),
        created_at=_when_read(head.get("created", "created_at"), zone),
        authors=meanings.authors(head),
        cover=meanings.cover(head),
        event=head.text("event"),
        old_paths=meanings.old_paths(head),
        translation_of=head.text("translation_of"),
        principles=_principles(head),
        composed=composed(head.text("composed")),
    )
    post.why_draft = meanings.why_a_draft(head, parts=path.parts, title=post.title)
    if not post.why_draft and meanings.has_expired(head, zone):
        post.why_draft = _("it expired")
    post.is_draft = bool(post.why_draft)
    post.body, post.notes = _text(body, is_html=path.suffix.lower() in HTML)
    return post


CHANGED = ("updated", "lastmod", "last_modified_at", "modified", "updateddate", "updated_at", "date_modified")
ANNOUNCED = ("publishdate", "publish_date")
PUBLISHED = ("published", "date", "published_at", "date_published", "datepublished", "pubdate", *ANNOUNCED)


def _published_at(head, zone):
    found = next(filter(None, (moments.when(head.get(name), zone) for name in PUBLISHED)), None)
    # Hugo shows the one date, and waits for the other.
    announced = moments.when(head.get(*ANNOUNCED), zone)
    return announced if found and announced and announced > clock.now() else found


def _when_read(value, zone):
    # Readers are not shown it.
    try:
        return moments.when(value, zone)
    except moments.NotUnderstood:
        return None


def _title(head):
    # A heading at the beginning of the text is the title where the front matter has none.
    title, heading = head.text("title"), HEADING.match(head.body)
    if title or not heading:
        return texts.words_of(title), head.body
    return texts.words_of(heading["title"] or heading["above"]), head.body[heading.end() :].lstrip("\n")


def _lead(head):
    lead = head.text("lead", "summary", "intro", "description")
    return clean_text(words(lead) if is_html(lead) else texts.words_of(lead)).strip()


def _text(body, *, is_html):
    read = texts.from_html if is_html else texts.settled
    text, notes = read(data_pictures.in_their_place(clean_text(body)))
    return clean_text(text), notes


def _language(code):
    found = meanings.language(code)
    if found not in CODES:
        raise BadFile(
            _("the site doesn’t have the language “{code}”: {names}", code=code[:20], names=", ".join(CODES))
        )
    return found


def _principles(head):
    said = " ".join(
        str(one) for value in head.all("principles") for one in (value if isinstance(value, list) else [value])
    )
    return [int(number) for number in re.findall(r"(?<!\d)\d{1,4}(?!\d)", said)]


def composed(text) -> dict:
    """What a summary was composed of, by section; only our own files have it."""
    try:
        found = json.loads(text) if text else {}
    except (ValueError, RecursionError) as error:
        raise BadFile(_("“composed” isn’t written the way an export writes it")) from error
    if not isinstance(found, dict):
        raise BadFile(_("“composed” isn’t written the way an export writes it"))
    return found
