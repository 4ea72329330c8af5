"""What a picture will cost to decode, told from its header: no pixel is decoded for it.

Measured with Pillow 13; `tests/chapter/pictures/test_costs.py` measures a process for each format and mode again.
"""

from PIL import PngImagePlugin

# Beside a process that has loaded the site, some 100 MB, this stays below 250 MB.
BUDGET = 136_000_000
# Notes beside a PNG's pixels; Pillow would unpack 64 MB of them.
PngImagePlugin.MAX_TEXT_MEMORY = 2 * 1024 * 1024
BYTES = {"1": 1, "L": 1, "P": 1, "I;16": 2, "I;16B": 2}
OTHERWISE = 4
# libwebp composes two canvases, decodes on a third, and Pillow copies the result.
WEBP_BYTES = 16
# The progressive sort keeps every coefficient, two bytes each, until the last scan.
COEFFICIENT_BYTES = 2
START_OF_SCAN = 0xDA
# Ten are usual. Each is a pass over the whole picture, and a small file could ask for thousands.
MAX_SCANS = 100
NO_LENGTH = {0x01, *range(0xD0, 0xD9)}


class TooManyScans(Exception):
    pass


def while_decoding(picture) -> int:
    """Bytes at the worst moment of decoding a picture that was opened, and for a JPEG drafted, but not loaded."""
    pixels = picture.width * picture.height
    if picture.format == "WEBP":
        return pixels * WEBP_BYTES
    return pixels * BYTES.get(picture.mode, OTHERWISE)


def held(picture) -> int:
    """Bytes from then on, until the picture is closed: a WebP's decoder keeps its canvases."""
    pixels = picture.width * picture.height
    return pixels * (12 if picture.format == "WEBP" else BYTES.get(picture.mode, OTHERWISE))


def of_coefficients(picture) -> int:
    """Bytes that libjpeg keeps besides, for a JPEG that was opened and not drafted. Raises TooManyScans."""
    picture.fp.seek(0)
    content = picture.fp.read()
    if content.count(bytes((0xFF, START_OF_SCAN))) > MAX_SCANS:
        raise TooManyScans
    if not (picture.info.get("progressive") or _parts_in_first_scan(content) < len(picture.layer)):
        return 0
    across, down = (max(part[n] for part in picture.layer) for n in (1, 2))
    samples = sum(picture.width * picture.height * part[1] * part[2] for part in picture.layer) // (across * down)
    return samples * COEFFICIENT_BYTES


def _parts_in_first_scan(content):
    """How many of its colours the first scan brings; 0 where none is found. Fewer than all make several scans."""
    place = 2
    while place + 5 <= len(content):
        kind = content[place + 1]
        if content[place] != 0xFF or kind == 0xFF:
            place += 1
        elif kind in NO_LENGTH:
            place += 2
        elif kind == START_OF_SCAN:
            return content[place + 4]
        else:
            place += 2 + int.from_bytes(content[place + 2 : place + 4], "big")
    return 0
