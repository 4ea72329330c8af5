"""The principles' shipped wordings, which a chapter may replace with the movement's official ones."""

import re
from pathlib import Path

from chapter.languages import CODES
from chapter.pages import adopt_shipped

from .models import Principle

SHIPPED = Path(__file__).parent / "shipped"
SECTION = re.compile(r"^## (\d)\. (.+)$", re.MULTILINE)


def read_shipped(language):
    """(number, title, body) of the seven shipped wordings in a language."""
    _, *parts = SECTION.split((SHIPPED / f"{language}.md").read_text("utf-8"))
    return [
        (int(number), title.strip(), body.strip()) for number, title, body in zip(*[iter(parts)] * 3, strict=True)
    ]


def load_shipped():
    """Store the seven principles and their shipped wordings; repeatable, and official texts are left alone."""
    for language in CODES:
        for number, title, body in read_shipped(language):
            principle, _ = Principle.objects.get_or_create(number=number)
            adopt_shipped(principle, language=language, title=title, body=body)
