"""Every version of a kind of wording as files, and back: `3.nb.1.md` is subject 3, Norwegian, version 1.

The author is not in the file.
"""

import re

from ..pages import SHIPPED_SOURCE
from ..refusals import Refused
from ..text import markdown
from . import documents, tables

COLUMNS = ("title", "is_current", "source_name", "source_url", "adopted_on", "created_at")
NAME = re.compile(r"(?P<subject>[\w-]+)\.(?P<language>[a-z]{2})\.(?P<version>[1-9]\d{0,5})\.md\Z", re.ASCII)
MAX_BYTES = 400_000


def write(folder, rows, *, key):
    """`key` is the lookup of the subject's name in the file name."""
    folder.mkdir(parents=True, exist_ok=True)
    for wording, subject in zip(rows, rows.values_list(key, flat=True), strict=True):
        name = f"{subject}.{wording.language}.{wording.version}.md"
        text = documents.write(tables.cells(wording, COLUMNS).items(), wording.body)
        (folder / name).write_text(text, "utf-8", newline="")


def read(folder, model, *, subjects, report, made=frozenset()):
    """Store the versions in the folder, each language of a subject at once; `subjects` are by their name in files.

    Replaces existing wordings only where nothing is lost: shipped texts, texts that are among the versions, and those of
    subjects that this import `made`. Call it in a transaction.
    """
    for (subject, language), rows in _by_language(folder, model):
        what = f"{folder.name}/{subject}.{language}"
        with report.row(what):
            if subject not in subjects:
                raise Refused("what it is about is not here")
            _store(subjects[subject], language, rows, what=what, report=report, was_made=subject in made)


def _by_language(folder, model):
    found = {}
    for path in sorted(folder.glob("*.md")):
        match = NAME.match(path.name)
        if match is None or path.is_symlink() or path.stat().st_size > MAX_BYTES:
            raise ValueError(f"{path.name} is no wording of an exported site.")
        row = {**_read(path, model), "version": int(match["version"])}
        found.setdefault((match["subject"], match["language"]), []).append(row)
    # In the order in which a subject got its languages: the first is its main language.
    return sorted(found.items(), key=lambda item: (item[0][0], min(row["created_at"] for row in item[1])))


def _read(path, model):
    with path.open(encoding="utf-8", newline="") as file:
        document = documents.read(file.read())
    cells = {name: document.get(name) for name in COLUMNS}
    return {**tables.values(model, cells, COLUMNS), "body": document.body}


def _store(subject, language, rows, *, what, report, was_made):
    rows = sorted(rows, key=lambda row: row["version"])
    here = list(subject.wordings.filter(language=language).order_by("version"))
    if [_facts(wording) for wording in here] == rows:
        return report.same(what)
    texts = {(row["title"], row["body"]) for row in rows}
    if not was_made and any(w.source_name != SHIPPED_SOURCE and (w.title, w.body) not in texts for w in here):
        return report.kept(what, "there is another text here")
    subject.wordings.filter(language=language).delete()
    for row in rows:
        _make(subject, language, **row)
    return report.changed(what) if here and not was_made else report.made(what)


def _facts(wording):
    return {name: getattr(wording, name) for name in (*COLUMNS, "body", "version")}


def _make(subject, language, *, created_at, **columns):
    wording = subject.wordings.model(
        **{subject.wordings.field.name: subject}, language=language, **columns, **markdown.columns(columns["body"])
    )
    wording.clean_fields(exclude=["author", "body_html", "body_text"])
    wording.save()
    type(wording).objects.filter(pk=wording.pk).update(created_at=created_at)
