"""The chapter's texts: the shipped ones, and those that the chapter wrote."""

from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from .. import audit
from ..languages import CODES
from ..models import Page, PageWording
from ..wordings import adopt_wording, best_wordings

audit.describe("page_written", _("published a new text for the page"))

SHIPPED = Path(__file__).parent / "shipped"
# The source of a shipped text: a newer release replaces such a text, never one of the chapter's own.
SHIPPED_SOURCE = "One Team Gov chapter site"


def with_wordings(key):
    return Page.objects.filter(key=key).prefetch_related(best_wordings(PageWording))


def load_shipped() -> None:
    for key in Page.KEYS:
        # Idempotent; a page that the chapter wrote itself is left alone.
        page, _ = Page.objects.get_or_create(key=key)
        for language in CODES:
            title, _, body = (SHIPPED / f"{key}.{language}.md").read_text("utf-8").partition("\n")
            adopt_shipped(page, language=language, title=title.removeprefix("# "), body=body)


def adopt_shipped(subject, *, language, title, body):
    now = subject.wordings.in_language(language).first()
    if now is None or now.source_name == SHIPPED_SOURCE:
        adopt_wording(subject, language=language, title=title.strip(), body=body.strip(), source_name=SHIPPED_SOURCE)


@transaction.atomic
def write(page, *, language, by, **text) -> None:
    wording = adopt_wording(page, language=language, author=by, **text)
    audit.record("page_written", by=by, subject=wording, about=wording.title)


def overview():
    """(key, [(language code, language name, current wording or None)]); one query."""
    current = {(w.page_id, w.language): w for w in PageWording.objects.current()}
    return [(key, [(code, name, current.get((key, code))) for code, name in settings.LANGUAGES]) for key in Page.KEYS]


def draft_from(wording):
    # The source of a shipped text is left out: the chapter's own text has another.
    if wording is None:
        return {}
    return {"title": wording.title, "body": wording.body}
