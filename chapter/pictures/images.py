"""Pictures: every upload is decoded and re-encoded; nothing of what was sent is kept.

An upload becomes one Image row and WebP files of up to three widths (see `renditions`), upright, in sRGB, without EXIF.
"""

import warnings
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageCms, ImageMath, ImageOps

from .. import renditions
from ..models import Image
from ..web import ratelimits, turns
from . import costs, formats

MAX_BYTES = 8 * 1024 * 1024
MAX_PIXELS = 50_000_000
MAX_SIDE = 20_000
# WebP holds no side beyond 16,383 pixels.
MAX_HEIGHT = 16_000
# Of what is drawn: at full width, five screens of a phone one above the other.
MAX_DRAWN_PIXELS = 8_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 80
UPLOADS_A_DAY = 200
ACCEPT = "image/jpeg,image/png,image/webp"

# One picture is decoded at a time on the whole site, so that many at once cost no more memory than one.
TURN = "picture"
PATIENCE_SECONDS = 5
# Rows that are converted at once.
BAND = 256

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


def draw(upload, *, patience: float = PATIENCE_SECONDS) -> Drawing:
    """The renditions of an upload; raises UnusableImage. Costs up to 2 s and 150 MB.

    Waits `patience` seconds for the site's other uploads: a person reads the message after five, a command has time.
    """
    with decoded(upload, patience=patience) as largest:
        smaller = {width: _resized(largest, width) for width in renditions.smaller_widths(largest.width)}
        sized = {**smaller, largest.width: largest}
        return Drawing(largest.width, largest.height, {width: webp(one) for width, one in sized.items()})


@contextmanager
def decoded(upload, *, patience):
    """The upload's pixels, upright and at most as large as pages need them. Raises UnusableImage."""
    if upload.size > MAX_BYTES:
        raise UnusableImage(_("The picture is larger than 8 MB. Save a smaller version and try again."), code="size")
    with in_turn(patience=patience):
        yield _read(upload)


@contextmanager
def in_turn(*, patience: float):
    """Decode in here. Raises UnusableImage where others take too long."""
    try:
        with turns.turn(TURN, patience=patience):
            yield
    except turns.Busy as error:
        raise UnusableImage(
            _("Many pictures are being uploaded right now. Wait a little, then send it again."), code="busy"
        ) from error


def _read(upload):
    try:
        upload.seek(0)
        with warnings.catch_warnings():
            # The limits are ours, below.
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
            picture = Pillow.open(upload, formats=FORMATS)
        _refuse_what_is_too_large(picture)
        return _drawn(picture)
    except UnusableImage:
        raise
    except Pillow.DecompressionBombError as error:
        raise _too_many_pixels() from error
    # Pillow answers broken files with a dozen kinds of exceptions.
    except Exception as error:
        if formats.breaks_off(upload, error):
            raise UnusableImage(
                _(
                    "The file breaks off before its end. Copy it again from where it came from, then send the new copy."
                ),
                code="cut",
            ) from error
        raise UnusableImage(
            _("We couldn’t read this as a picture. JPEG, PNG and WebP work."), code="unreadable"
        ) from error


def _refuse_what_is_too_large(picture):
    """Before a pixel is decoded. A JPEG is asked to decode at a half or less, down to what will be drawn."""
    if picture.width * picture.height > MAX_PIXELS:
        raise _too_many_pixels()
    if max(picture.size) > MAX_SIDE:
        raise UnusableImage(
            _("One side of the picture is longer than 20,000 pixels. Make it smaller and try again."), code="side"
        )
    coefficients = costs.of_coefficients(picture) if picture.format == "JPEG" else 0
    picture.draft(None, _at_least(picture))
    if max(coefficients + costs.while_decoding(picture), costs.held(picture) + _copied(picture)) > costs.BUDGET:
        raise UnusableImage(
            _("A picture of this type can’t be this large. Save it as a JPEG, or make it smaller, and try again."),
            code="cost",
        )


def _too_many_pixels():
    return UnusableImage(
        _("The picture has more than 50 million pixels. Make it smaller and try again."), code="pixels"
    )


def _at_least(picture):
    """The size that is needed for what will be drawn, whichever way up it will be."""
    factor = max(1, min(picture.size) / renditions.WIDTHS[-1])
    return max(1, int(picture.width / factor)), max(1, int(picture.height / factor))


def _factor(picture):
    """By how much it can be reduced at once, and still be larger than what will be drawn."""
    return max(1, min(picture.size) // renditions.WIDTHS[-1])


def _copied(picture):
    """Bytes of the first smaller copy, which is made beside the whole, at the worst of both ways up."""
    width, height = picture.size
    if not _is_plain(picture):
        return width * height // _factor(picture) ** 2 * costs.OTHERWISE
    return int(width * height * max(_scale(width, height), _scale(height, width))) * costs.OTHERWISE


def _scale(width, height):
    """Of what is drawn of a picture that is upright."""
    by_area = (MAX_DRAWN_PIXELS / (width * height)) ** 0.5
    return min(1, renditions.WIDTHS[-1] / width, MAX_HEIGHT / height, by_area)


def _drawn(picture):
    picture.load()
    profile, orientation = picture.info.get("icc_profile"), formats.orientation(picture)
    drawn = picture if _is_plain(picture) else _reduced(picture)
    scale = _scale(*(drawn.size[::-1] if orientation in formats.ON_ITS_SIDE else drawn.size))
    drawn.thumbnail([max(1, round(side * scale)) for side in drawn.size], Pillow.Resampling.LANCZOS)
    drawn = drawn.convert("RGBA") if drawn.mode == "RGBa" else drawn.copy()
    drawn.info = {"exif": formats.saying_only(orientation)}
    ImageOps.exif_transpose(drawn, in_place=True)
    drawn = _srgb(drawn, profile=profile)
    drawn.info.clear()
    return drawn


def _is_plain(picture):
    return picture.mode in {"RGB", "CMYK", "L"} and not picture.has_transparency_data


def _reduced(picture):
    """In a mode that can be made smaller as it is, and made so band by band: whole copies would not fit beside it."""
    factor = _factor(picture)
    small, height = None, max(BAND // factor, 1)
    for top in range(0, picture.height, height * factor):
        band = _plain(picture.crop((0, top, picture.width, min(picture.height, top + height * factor))))
        band = band.reduce(factor) if factor > 1 else band
        small = small or Pillow.new(band.mode, (band.width, -(-picture.height // factor)))
        small.paste(band, (0, top // factor))
    picture.close()
    picture.im = None
    return small


def _plain(band):
    if band.mode.startswith("I"):
        return _eight_bits(band)
    if band.has_transparency_data:
        # With its colours multiplied already, so that resizing needs no copy for that.
        return (band if band.mode == "RGBA" else band.convert("RGBA")).convert("RGBa")
    return band.convert("RGB")


def _eight_bits(band):
    # 16-bit grey: Pillow would clip values above 255 instead of scaling them, and forget which of them is transparent.
    wide, clear = band.convert("I"), band.info.get("transparency")
    grey = wide.point(lambda value: value * (1 / 256)).convert("L")
    if not isinstance(clear, int):
        return grey
    is_seen = ImageMath.lambda_eval(lambda given: (given["wide"] != clear) * 255, wide=wide).convert("L")
    return Pillow.merge("LA", (grey, is_seen)).convert("RGBA").convert("RGBa")


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
    return webp(_resized(picture, width))


def webp(picture):
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
        raise UnusableImage(_("We couldn’t save the picture. Try again later."), code="disk") from error
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
