"""What a picture's file says of itself beside its pixels: which way is up, and whether it is whole."""

from contextlib import suppress

from PIL import ExifTags
from PIL import Image as Pillow

ORIENTATION, ON_ITS_SIDE = ExifTags.Base.Orientation, range(5, 9)


def orientation(picture):
    # Cameras write much beside it, of which some Pillow can read and not write again, or not even read.
    # Pillow would ask XMP too, which no browser does.
    with suppress(Exception):
        exif = Pillow.Exif()
        exif.load(picture.info["exif"])
        found = exif.get(ORIENTATION)
        return int(found) if found in range(1, 9) else 1
    return 1


def saying_only(orientation):
    exif = Pillow.Exif()
    exif[ORIENTATION] = orientation
    return exif.tobytes()


def breaks_off(upload, error):
    """Of a file that could not be read: whether it is the beginning of a picture."""
    upload.seek(0)
    content = upload.read()
    if content.startswith(b"\xff\xd8\xff"):
        return "truncated" in str(error) or not content.rstrip(b"\0").endswith(b"\xff\xd9")
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return b"IEND" not in content[-64:]
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return is_webp and int.from_bytes(content[4:8], "little") + 8 > len(content)
