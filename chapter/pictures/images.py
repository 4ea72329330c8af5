"""Pictures: every upload is decoded and drawn anew, and nothing of what was sent is kept.

An upload becomes WebP files of up to three widths (see `renditions`), upright, in sRGB, without the camera's notes on
time and place, and one Image row.
"""

import warnings
from contextlib import suppress
from dataclasses import dataclass
from io import BytesIO

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from .. import audit, renditions
from ..fields import LineFormField
from ..models import Image
from ..web import ratelimits

audit.describe("picture_stored", gettext_lazy("uploaded a picture for a text"))

MAX_BYTES = 8 * 1024 * 1024
# Four bytes each while it is drawn: 200 MB.
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
    """The upload is no picture that we take; the message, in the reader's language, says why."""


@dataclass(frozen=True)
class Drawing:
    """A picture drawn anew: the encoded files by width; `width` and `height` are those of the largest."""

    width: int
    height: int
    files: dict[int, bytes]


# Upload to drawing


def draw(upload):
    """The renditions of an uploaded file; raises UnusableImage. Costs up to 2 s and 250 MB for 50 megapixels."""
    if upload.size > MAX_BYTES:
        raise UnusableImage(_("The picture is larger than 8 MB. Save a smaller version and try again."), code="size")
    largest = _read(upload)
    smaller = {width: _resized(largest, width) for width in renditions.smaller_widths(largest.width)}
    sized = {**smaller, largest.width: largest}
    return Drawing(largest.width, largest.height, {width: _webp(one) for width, one in sized.items()})


def _read(upload):
    """The decoded picture: upright, in sRGB, no wider than it is ever drawn. Pillow answers broken files with a dozen kinds of exceptions."""
    try:
        upload.seek(0)
        picture = Pillow.open(upload, formats=FORMATS)
        if picture.width * picture.height <= MAX_PIXELS:
            return _drawn(picture)
    except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning):
        pass
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
    """In one of the modes that can be resized well; a picture that is in one already is not copied."""
    if picture.mode.startswith("I"):
        # 16 bits of grey: Pillow would cut off, not scale, what is above 255.
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        return picture if picture.mode == "RGBA" else picture.convert("RGBA")
    return picture if picture.mode in {"RGB", "CMYK", "L"} else picture.convert("RGB")


def _shrunk(picture):
    """Down to the largest rendition. Resizing copies a picture that has transparency, so a huge one is halved first."""
    if picture.mode == "RGBA" and picture.width * picture.height > HUGE_PIXELS:
        picture = picture.resize((picture.width // 2, picture.height // 2), Pillow.Resampling.NEAREST)
    picture.thumbnail((renditions.WIDTHS[-1], MAX_HEIGHT), Pillow.Resampling.LANCZOS)
    return picture


def _srgb(picture, *, profile):
    """In RGB or RGBA; a colour profile that cannot be read is passed over."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        with suppress(ImageCms.PyCMSError, OSError, ValueError):
            srgb = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(picture, BytesIO(profile), srgb, outputMode=mode)
    return picture.convert(mode)


def _resized(picture, width):
    copy = picture.copy()
    copy.thumbnail((width, MAX_HEIGHT), Pillow.Resampling.LANCZOS)
    return copy


def rendition(picture, width):
    """The file of a smaller rendition of a picture that is ours already."""
    return _webp(_resized(picture, width))


def _webp(picture):
    buffer = BytesIO()
    picture.save(buffer, "WEBP", quality=QUALITY, method=4)
    return buffer.getvalue()


# Drawing to row


def store_image(upload, *, alt, is_decorative=False, caption="", credit="", by=None, is_listed=True):
    """Draw an upload (or take a Drawing), write its files and make its Image row.

    Raises UnusableImage, also when the disk is full, and TooManyRequests beyond 200 uploads by a member in a day. Files
    are written before the row and removed if the row fails; call it outside a transaction that may still roll back.
    """
    if by is not None:
        ratelimits.limit_key(f"member:{by.pk}", "upload", times=UPLOADS_A_DAY, seconds=ratelimits.DAY)
    drawing = upload if isinstance(upload, Drawing) else draw(upload)
    name = renditions.new_name(width=drawing.width, height=drawing.height)
    try:
        _write(name, drawing)
        return _make_row(
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


def _make_row(**columns):
    with transaction.atomic():
        return Image.objects.create(**columns)


def _write(name, drawing):
    for width, content in drawing.files.items():
        rendition = name if width == drawing.width else renditions.smaller_name(name, width)
        default_storage.save(rendition, ContentFile(content))


def _remove(name):
    """Remove what there is of a picture's files; one that the disk will not let go is left."""
    for one in renditions.all_names(name):
        with suppress(OSError):
            default_storage.delete(one)


def delete_image(image):
    """Delete the row now, and its files once that is committed."""
    names = [name for name in (image.file.name, image.withdrawn_file) if name]
    image.delete()
    transaction.on_commit(lambda: [_remove(name) for name in names])


# In forms


class ImageFormField(forms.FileField):
    """A picture in a form; its cleaned value is a Drawing, for `store_image`."""

    widget = forms.FileInput(attrs={"accept": ACCEPT})

    def to_python(self, data):
        upload = super().to_python(data)
        return upload and draw(upload)


class PictureForm(forms.Form):
    """A picture with its description, or the explicit word that it needs none.

    A larger form takes it among its bases, and sets `fields["picture"].required = False` where the picture is optional.
    """

    needs_description = True

    picture = ImageFormField(
        label=gettext_lazy("Picture"), help_text=gettext_lazy("JPEG, PNG or WebP, at most 8 MB.")
    )
    alt = LineFormField(
        label=gettext_lazy("Describe the picture for those who cannot see it"),
        help_text=gettext_lazy("Needed, unless the picture is decorative."),
        max_length=300,
        required=False,
    )
    is_decorative = forms.BooleanField(
        label=gettext_lazy("It is decorative: it says nothing that the text does not"), required=False
    )
    caption = LineFormField(label=gettext_lazy("Caption"), max_length=300, required=False)
    credit = LineFormField(label=gettext_lazy("Photographer"), max_length=120, required=False)

    def clean(self):
        cleaned = super().clean()
        if self.needs_description and cleaned.get("picture") and not (cleaned["is_decorative"] or cleaned.get("alt")):
            self.add_error("alt", _("Describe the picture, or say that it is decorative."))
        return cleaned

    @transaction.atomic
    def store_and_log(self, *, by):
        """`store_picture` for an organiser who keeps pictures for texts: a line in the log, which does not describe it."""
        image = self.store_picture(by=by)
        if image:
            audit.record("picture_stored", by=by, subject=image)
        return image

    def store_picture(self, *, by):
        """The stored Image, or None where no picture was sent. An upload that cannot be stored is the form's error."""
        if not self.cleaned_data.get("picture"):
            return None
        names = ("alt", "is_decorative", "caption", "credit")
        try:
            return store_image(self.cleaned_data["picture"], **{n: self.cleaned_data[n] for n in names}, by=by)
        except UnusableImage as error:
            self.add_error("picture", error)
            return None
