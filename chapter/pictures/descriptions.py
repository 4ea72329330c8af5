"""A picture's Markdown, with its description or a placeholder for one."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import override

from ..languages import CODES

# Characters with a meaning in Markdown, escaped in descriptions and titles.
MARKS = re.compile(r"([\\\[\]!\"*_`<>&~|])")
OWN_PICTURE = re.compile(r"!\[(?P<alt>(?:\\.|[^\\\]])*)\]\((?P<address>/media/images/[\w.-]+)")


def image_code(image) -> str:
    # Caption and photographer are the Markdown title, which is rendered as the figure's caption.
    caption = caption_of(image)
    title = f' "{_escaped(caption)}"' if caption else ""
    return f"![{_escaped(image.alt)}]({image.file.url}{title})"


def _escaped(line):
    return MARKS.sub(r"\\\1", line)


def caption_of(image):
    credit = _("Photo: %(name)s") % {"name": image.credit} if image.credit else ""
    return " · ".join(part for part in (image.caption, credit) if part)


def placeholder() -> str:
    return _("Describe the picture here")


def is_placeholder(alt: str) -> bool:
    # A text may be written on a page in another language.
    return alt.strip() in {_in(code) for code in CODES}


def _in(code):
    with override(code):
        return placeholder()


def undescribed_images(text: str) -> list[str]:
    """Addresses of the pictures in a Markdown text whose description is still the placeholder.

    A picture without any description counts as decorative.
    """
    return [match["address"] for match in OWN_PICTURE.finditer(text) if is_placeholder(match["alt"])]
