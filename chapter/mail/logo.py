"""The chapter's logo in a mail: a part of the mail, so that opening it tells nobody."""

from base64 import b64encode
from email.mime.image import MIMEImage
from functools import lru_cache
from io import BytesIO

from django.core.files.storage import default_storage
from PIL import Image as Pillow

SOURCE = "cid:logo"


def part(name: str) -> MIMEImage:
    """The stored picture of this name, for the letter's `<img src="cid:logo">`. Raises OSError if the file is gone."""
    image = MIMEImage(_png(name), "png")
    image["Content-ID"] = "<logo>"
    image["Content-Disposition"] = 'inline; filename="logo.png"'
    return image


def as_data(name: str) -> str:
    """The same as a `data:` address."""
    return f"data:image/png;base64,{b64encode(_png(name)).decode()}"


@lru_cache(maxsize=2)
def _png(name):
    # Some mail programs show no WebP.
    with default_storage.open(name) as file, Pillow.open(file) as picture:
        buffer = BytesIO()
        picture.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
