"""What the first pages of a process would wait for: views, translations, templates."""

from pathlib import Path

import django.forms
from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation

OURS = settings.BASE_DIR / "templates"
WIDGETS = Path(django.forms.__file__).parent / "templates"


def load(*, folder: str = "") -> None:
    """Load all of them, or the templates of one folder; half a second, and no database.

    Raises what a page would raise, such as TemplateSyntaxError.
    """
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Events")
            # Takes all views, and learns the addresses in this language.
            reverse("home")
    for root, pattern in ((OURS, f"{folder or '.'}/**/*.html"), (WIDGETS, "django/**/*.html")):
        for path in root.glob(pattern):
            get_template(path.relative_to(root).as_posix())
