"""Names of stored pictures: a name tells size and renditions, so that drawing a picture needs no query.

`images/<random>-1600x1067.webp` is the largest; `…-1600x1067-960.webp` and `…-480.webp` lie beside it.
"""

import re
import secrets
from typing import NamedTuple

# Widths in CSS pixels × density: a phone, a phone with a sharp screen or a column, a wide column on a sharp screen.
WIDTHS = (480, 960, 1600)
FOLDER = "images/"
# What may be served, and shown in a text.
PATH = re.compile(r"images/[\w-]+\.(?P<type>jpg|png|webp)\Z", re.ASCII)
CONTENT_TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}
_SIZED = re.compile(r"(?P<stem>.+-(?P<width>[1-9]\d{0,4})x(?P<height>[1-9]\d{0,4}))\.webp\Z")


class Sized(NamedTuple):
    """What a name tells."""

    stem: str
    width: int
    height: int


def new_name(*, width: int, height: int) -> str:
    # Unguessable: a picture's address is not listed anywhere before a page shows it.
    return f"{FOLDER}{secrets.token_hex(12)}-{width}x{height}.webp"


def read(name: str) -> Sized | None:
    match = _SIZED.fullmatch(name)
    return match and Sized(match["stem"], int(match["width"]), int(match["height"]))


def smaller_widths(width):
    # Pictures are never scaled up.
    return [one for one in WIDTHS if one < width]


def smaller_name(name, width):
    return f"{name.removesuffix('.webp')}-{width}.webp"


def all_names(name: str) -> list[str]:
    sized = read(name)
    return [name, *(smaller_name(name, width) for width in smaller_widths(sized.width))] if sized else [name]


def srcset(address: str) -> str:
    sized = read(address)
    if not sized or not smaller_widths(sized.width):
        return ""
    smaller = [f"{smaller_name(address, width)} {width}w" for width in smaller_widths(sized.width)]
    return ", ".join([*smaller, f"{address} {sized.width}w"])
