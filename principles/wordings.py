"""Adopting wordings: the shipped ones, a page's seven, or one that an organiser wrote."""

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from chapter import audit
from chapter.languages import CODES
from chapter.models import Chapter
from chapter.pages import adopt_shipped
from chapter.wordings import adopt_wording

from .models import Principle, PrincipleWording

audit.describe("principle_worded", gettext_lazy("adopted a new wording of the principle"))

SHIPPED = Path(__file__).parent / "shipped"
LONGEST_BODY = PrincipleWording._meta.get_field("body").max_length
SECTION = re.compile(r"^## (\d)\. (.+)$", re.MULTILINE)


class Adopted(NamedTuple):
    """The wording that is current now, and whether it became so just now."""

    wording: PrincipleWording
    is_new: bool


class TooLong(ValueError):
    """A principle's text is longer than a wording may be; the message says which, in English."""


def read_shipped(language) -> list[tuple[int, str, str]]:
    _, *parts = SECTION.split((SHIPPED / f"{language}.md").read_text("utf-8"))
    return [
        (int(number), title.strip(), body.strip()) for number, title, body in zip(*[iter(parts)] * 3, strict=True)
    ]


def load_shipped() -> None:
    """Store the seven principles and their shipped wordings; repeatable. A chapter's own wordings stay current."""
    for language in CODES:
        for number, title, body in read_shipped(language):
            principle, _ = Principle.objects.get_or_create(number=number)
            adopt_shipped(principle, language=language, title=title, body=body)


def chapter_today() -> date:
    return timezone.localdate(timezone=ZoneInfo(Chapter.load().time_zone))


@transaction.atomic
def adopt_page(page, *, language, source_name, source_url, adopted_on) -> list[Adopted]:
    """Adopt the seven wordings of a ParsedPage, all or none; seven Adopted in order.

    Locks the seven principles in order of number. Raises TooLong before anything is stored.
    """
    _refuse_too_long(page)
    list(Principle.objects.select_for_update().order_by("number"))
    source = {"source_name": source_name, "source_url": source_url, "adopted_on": adopted_on}
    return [
        _adopt(
            Principle.objects.get_or_create(number=parsed.number)[0],
            language=language,
            title=parsed.title,
            body=parsed.body,
            **source,
        )
        for parsed in page.wordings
    ]


@transaction.atomic
def adopt_from_form(principle, cleaned, *, author) -> Adopted:
    """Adopt what an organiser wrote; not new when nothing differs. Locks the principle's row."""
    Principle.objects.select_for_update().get(pk=principle.pk)
    adopted = _adopt(principle, **cleaned, author=author)
    if adopted.is_new:
        audit.record("principle_worded", by=author, subject=adopted.wording, about=adopted.wording.title)
    return adopted


def _adopt(principle, *, language, **text):
    before = principle.wordings.in_language(language).first()
    wording = adopt_wording(principle, language=language, **text)
    return Adopted(wording, is_new=before is None or before.version != wording.version)


def _refuse_too_long(page):
    for parsed in page.wordings:
        if len(parsed.body) > LONGEST_BODY:
            raise TooLong(f"Principle {parsed.number} is longer than {LONGEST_BODY} characters.")
