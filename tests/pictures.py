"""Pictures and broken pictures for tests, made when they are needed."""

import struct
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms


def encoded(picture, kind="JPEG", **options):
    buffer = BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def plain(mode="RGB", size=(64, 48), color=None):
    return Image.new(mode, size, color if color is not None else 0)


def two_halves(mode="RGB", size=(64, 32)):
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, "red")
    picture.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    return picture.convert(mode)


def phone_photo(size=(64, 32)):
    """A JPEG as a phone makes it: lying on its side, with the place and the camera written into it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Secret Camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (59.0, 54.0, 0.0), 3: "E", 4: (10.0, 44.0, 0.0)})
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return encoded(two_halves(size=size), exif=exif, icc_profile=profile)


def bomb(side=12_000):
    """A PNG of a few kilobytes that unfolds to `side` × `side` pixels."""
    rows = zlib.compress(b"\0" * ((side // 8 + 1) * side), 9)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def upload(content=None, *, name="picture.png", content_type="image/png"):
    return SimpleUploadedFile(name, encoded(plain(), "PNG") if content is None else content, content_type)
