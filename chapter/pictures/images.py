"""Pictures: every upload is decoded and re-encoded; nothing of what was sent is kept.

An upload becomes one Image row and WebP files of up to three widths (see `renditions`), upright, in sRGB, without EXIF.
"""

import warnings
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from .. import renditions
from ..models import Image
from ..web import ratelimits

MAX_BYTES = 8 * 1024 * 1024
# Four bytes each while decoding: 200 MB.
MAX_PIXELS = 50_000_000
HUGE_PIXELS = 12_000_000
# WebP holds no side beyond 16,383 pixels.
MAX_HEIGHT = 16_000
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 80
UPLOADS_A_DAY = 200
ACCEPT = "image/jpeg,image/png,image/webp"

warnings.filterwarnings("error", category=Pillow.DecompressionBombWarning)


class UnusableImage(ValidationError):
    """The upload is not accepted; the message, in the reader's language, says why."""


@dataclass(frozen=True)
class Drawing:
    """A re-encoded picture: files by width; `width` and `height` are those of the largest."""

    width: int
    height: int
    files: dict[int, bytes]


# Upload to drawing


def draw(upload) -> Drawing:
    """The renditions of an upload; raises UnusableImage. Costs up to 2 s and 250 MB for 50 megapixels."""
    if upload.size > MAX_BYTES:
        raise UnusableImage(_("The picture is larger than 8 MB. Save a smaller version and try again."), code="size")
    largest = _read(upload)
    smaller = {width: _resized(largest, width) for width in renditions.smaller_widths(largest.width)}
    sized = {**smaller, largest.width: largest}
    return Drawing(largest.width, largest.height, {width: _webp(one) for width, one in sized.items()})


def _read(upload):
    try:
        upload.seek(0)
        picture = Pillow.open(upload, formats=FORMATS)
        if picture.width * picture.height <= MAX_PIXELS:
            return _drawn(picture)
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        pass
    # Pillow answers broken files with a dozen kinds of exceptions.
    except Exception as error:
        raise UnusableImage(
            _("We could not read this as a picture. JPEG, PNG and WebP work."), code="unreadable"
        ) from error
    raise UnusableImage(
        _("The picture has more than 50 million pixels. Make it smaller and try again."), code="pixels"
    )


def _drawn(picture):
    # A JPEG can be decoded at half size or less; this asks for twice what will be drawn.
    picture.draft(None, (2 * renditions.WIDTHS[-1], 2 * renditions.WIDTHS[-1]))
    picture.load()
    ImageOps.exif_transpose(picture, in_place=True)
    profile = picture.info.get("icc_profile")
    drawn = _srgb(_shrunk(_plain(picture)), profile=profile)
    drawn.info.clear()
    return drawn


def _plain(picture):
    if picture.mode.startswith("I"):
        # 16-bit grey: Pillow would clip values above 255 instead of scaling them.
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        return picture if picture.mode == "RGBA" else picture.convert("RGBA")
    return picture if picture.mode in {"RGB", "CMYK", "L"} else picture.convert("RGB")


def _shrunk(picture):
    # Resizing copies a picture with transparency, so a huge one is halved first.
    if picture.mode == "RGBA" and picture.width * picture.height > HUGE_PIXELS:
        picture = picture.resize((picture.width // 2, picture.height // 2), Pillow.Resampling.NEAREST)
    picture.thumbnail((renditions.WIDTHS[-1], MAX_HEIGHT), Pillow.Resampling.LANCZOS)
    return picture


def _srgb(picture, *, profile):
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        # An unreadable colour profile is ignored.
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            srgb = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(picture, BytesIO(profile), srgb, outputMode=mode)
    return picture.convert(mode)


def _resized(picture, width):
    copy = picture.copy()
    copy.thumbnail((width, MAX_HEIGHT), Pillow.Resampling.LANCZOS)
    return copy


def rendition(picture, width: int) -> bytes:
    return _webp(_resized(picture, width))


def _webp(picture):
    buffer = BytesIO()
    picture.save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue()


# Drawing to row


def store_image(upload, *, alt, is_decorative=False, caption="", credit="", by=None, is_listed=True) -> Image:
    """Draw an upload (or take a Drawing), write its files and make its Image row.

    Raises UnusableImage, also when the disk is full, and TooManyRequests beyond 200 uploads by a member in a day. Files are
    written before the row and removed if the row fails; call it outside a transaction that may still roll back.
    """
    if by is not None:
        ratelimits.limit_key(f"member:{by.pk}", "upload", times=UPLOADS_A_DAY, seconds=ratelimits.DAY)
    drawing = upload if isinstance(upload, Drawing) else draw(upload)
    name = renditions.new_name(width=drawing.width, height=drawing.height)
    try:
        for width, content in drawing.files.items():
            rendition = name if width == drawing.width else renditions.smaller_name(name, width)
            default_storage.save(rendition, ContentFile(content))
        with transaction.atomic():
            return Image.objects.create(
                file=name,
                width=drawing.width,
                height=drawing.height,
                alt="" if is_decorative else alt,
                is_decorative=is_decorative,
                caption=caption,
                credit=credit,
                uploaded_by=by,
                is_listed=is_listed,
            )
    except OSError as error:
        _remove(name)
        raise UnusableImage(_("The picture could not be stored just now. Try again later."), code="disk") from error
    except BaseException:
        _remove(name)
        raise


def _remove(name):
    for one in renditions.all_names(name):
        # What the disk will not delete is left behind.
        with suppress(OSError):
            default_storage.delete(one)


def delete_image(image) -> None:
    names = [name for name in (image.file.name, image.withdrawn_file) if name]
    image.delete()
    # Files do not roll back.
    transaction.on_commit(lambda: [_remove(name) for name in names])
