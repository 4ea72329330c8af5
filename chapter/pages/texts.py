"""The chapter's own texts: the ones the project ships, and those a chapter puts in their place."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..languages import CODES
from ..models import Page, PageWording
from ..wordings import adopt_wording, best_wordings

audit.describe("page_written", _("gave a page a new text:"))

SHIPPED = Path(__file__).parent / "shipped"
# The source of a text that came with the project; a newer release replaces it, never a chapter's own.
SHIPPED_SOURCE = "One Team Gov chapter site"


def with_wordings(key):
    """The page with its best wording for this reader in `best`; two queries."""
    return Page.objects.filter(key=key).prefetch_related(best_wordings(PageWording))


def load_shipped():
    """Store the shipped pages; repeatable. A page that the chapter has written itself is left alone."""
    for key in Page.KEYS:
        page, _ = Page.objects.get_or_create(key=key)
        for language in CODES:
            title, _, body = (SHIPPED / f"{key}.{language}.md").read_text("utf-8").partition("\n")
            adopt_shipped(page, language=language, title=title.removeprefix("# "), body=body)


def adopt_shipped(subject, *, language, title, body):
    """Adopt a shipped text unless the current one has another source."""
    now = subject.wordings.in_language(language).first()
    if now is None or now.source_name == SHIPPED_SOURCE:
        adopt_wording(subject, language=language, title=title.strip(), body=body.strip(), source_name=SHIPPED_SOURCE)


@transaction.atomic
def write(page, *, language, by, **text):
    """An organiser gives a page a new wording in one language; the old one stays as history."""
    wording = adopt_wording(page, language=language, author=by, **text)
    audit.record("page_written", by=by, subject=wording, about=wording.title)


def overview():
    """(page, [(language code, language name, current wording or None)]) for organisers; one query."""
    current = {(w.page_id, w.language): w for w in PageWording.objects.current()}
    return [(key, [(code, name, current.get((key, code))) for code, name in settings.LANGUAGES]) for key in Page.KEYS]


def draft_from(wording):
    """What the form for a new wording begins with; a shipped text's source is not that of the chapter's own."""
    if wording is None:
        return {}
    return {"title": wording.title, "body": wording.body}
