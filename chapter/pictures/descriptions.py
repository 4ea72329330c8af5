"""The Markdown that shows a picture, with its description or the placeholder for one."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import override

from ..languages import CODES

# Every character that could mean something inside a picture's description or title.
MARKS = re.compile(r"([\\\[\]!\"*_`<>&~|])")
OWN_PICTURE = re.compile(r"!\[(?P<alt>(?:\\.|[^\\\]])*)\]\((?P<address>/media/images/[\w.-]+)")


def image_code(image):
    """The Markdown of a stored picture: description, address, and caption with photographer as its title."""
    caption = caption_of(image)
    title = f' "{_escaped(caption)}"' if caption else ""
    return f"![{_escaped(image.alt)}]({image.file.url}{title})"


def _escaped(line):
    return MARKS.sub(r"\\\1", line)


def caption_of(image):
    credit = _("Photo: %(name)s") % {"name": image.credit} if image.credit else ""
    return " · ".join(part for part in (image.caption, credit) if part)


def placeholder():
    """What stands where a description belongs, until the writer puts it there."""
    return _("Describe the picture here")


def is_placeholder(alt):
    """Whether `alt` is the placeholder, in any of the languages."""
    return alt.strip() in {_in(code) for code in CODES}


def _in(code):
    with override(code):
        return placeholder()


def undescribed_images(text):
    """The addresses of the pictures in a Markdown text that still have the placeholder for a description.

    A picture with no description at all is one that its writer called decorative.
    """
    return [match["address"] for match in OWN_PICTURE.finditer(text) if is_placeholder(match["alt"])]
