"""What editing an event and a series have in common: the conflict of two editors, and texts in other languages."""

import hashlib
from collections.abc import Callable

from django.http import Http404
from django.shortcuts import redirect, render

from chapter import languages
from chapter.models import Chapter
from chapter.web import posted, say_stored
from chapter.wordings import languages_of, main_language

from ..fields import WordingForm


class ChangedMeanwhile(Exception):
    """The row was saved by somebody else after the page was opened; nothing is stored."""


def digest(parts: list) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:24]


def fingerprint_of(row, columns: list) -> str:
    """A short string that differs when `columns`, a text, the hosts or the theme of an event or a series change."""
    texts = sorted(row.wordings.current().values_list("id", flat=True))
    people = sorted(row.hosts.values_list("pk", flat=True))
    themes = sorted(row.principles.values_list("pk", flat=True))
    # Import marks store the digest of events: another order here would make every imported event look edited by hand.
    return digest([*columns, texts, people, themes])


def explain_conflict(form, sentence: str, *, version: str) -> None:
    """Add `sentence` to a form whose save raised ChangedMeanwhile; saving it again overwrites."""
    form.add_error(None, sentence)
    form.data = form.data.copy()
    form.data["version"] = version


def other_languages(row) -> list[tuple[str, bool]]:
    """(code, whether there is a text) of the languages besides the one that the row was first written in."""
    written, main = languages_of(row), main_language(row)
    return [(code, code in written) for code in languages.CODES if code != main]


def language_of(event) -> str:
    """The chapter's default language where the event has a wording in it, else that of its best wording."""
    default = Chapter.load().default_language
    wording = event.wording_in(default)
    return wording.language if wording else default


def wording_page(request, row, language, *, fingerprint: Callable, write: Callable, done, conflict, **context):
    """The page for the text of an event or a series in one language; `write` is the verb that stores it."""
    if language not in languages.CODES:
        raise Http404
    text = row.wordings.in_language(language).first()
    initial = {"title": text.title, "body": text.body} if text else {}
    form = WordingForm(posted(request), initial={**initial, "version": fingerprint(row)})
    if form.is_bound and form.is_valid():
        try:
            write(row.pk, language=language, by=request.user, **form.cleaned_data)
        except ChangedMeanwhile:
            explain_conflict(form, conflict, version=fingerprint(row))
        else:
            say_stored(request, done)
            return redirect(row)
    main = row.wordings.in_language(main_language(row)).first()
    context |= {"form": form, "row": row, "main": main, "text_language": language, "exists": text is not None}
    return render(request, "events/planning/wording.html", context)
