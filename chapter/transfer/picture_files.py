"""Pictures in an export: only the largest rendition travels, byte for byte, under its own name.

Re-encoding would lose quality, and its address stands in texts. So an import takes the file as it is, if it is what this
site writes: a decodable WebP of the size in its name, without metadata.
"""

import re
import warnings
from io import BytesIO

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow

from .. import renditions
from ..models import Image
from ..pictures import costs, images
from ..refusals import Refused
from . import tables

FOLDER = "media/images"
OWN_NAME = re.compile(r"[0-9a-f]{24}-(?P<width>[1-9]\d{0,4})x(?P<height>[1-9]\d{0,4})\.webp\Z")
IN_TEXT = re.compile(r"/media/(images/[0-9a-f]{24}-\d+x\d+\.webp)")
# WebP chunks without metadata: no EXIF, XMP, ICCP, animation.
CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
COLUMNS = ("alt", "is_decorative", "caption", "credit", "is_listed", "created_at")
PATIENCE_SECONDS = 60
NAMES = ("file", *COLUMNS)


def in_text(text: str) -> set[str]:
    return set(IN_TEXT.findall(text))


def write(folder, image):
    name = image.file.name.removeprefix(renditions.FOLDER)
    try:
        with default_storage.open(image.file.name) as file:
            content = file.read()
        _check_name(name, content)
    except (OSError, Refused):
        return None
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    (folder / FOLDER / name).write_bytes(content)
    return {"file": name, **tables.cells(image, COLUMNS)}


def read(folder, row, *, report, written):
    """The Image of a row of cells, made with its renditions unless it exists. Appends the files' names to `written`."""
    name, what = row["file"], f"picture {row['file']}"
    if not OWN_NAME.match(name):
        raise Refused("this is not the name of a picture of ours")
    here = Image.objects.filter(file=renditions.FOLDER + name).first()
    if here:
        report.same(what)
        return here
    image = _make(renditions.FOLDER + name, _content(folder / FOLDER / name), row, written=written)
    report.made(what)
    return image


def forget(written) -> None:
    # Files do not roll back with their rows.
    for name in written:
        default_storage.delete(name)


def _content(path):
    if path.is_symlink() or not path.is_file():
        raise Refused("the file is not there")
    if path.stat().st_size > images.MAX_BYTES:
        raise Refused("the file is larger than 8 MB")
    content = path.read_bytes()
    _check(path.name, content)
    return content


def _make(name, content, row, *, written):
    columns = tables.values(Image, row, COLUMNS)
    picture = _decoded(content)
    created_at = columns.pop("created_at")
    image = Image(file=name, width=picture.width, height=picture.height, **columns)
    image.clean_fields(exclude=["file"])
    image.save()
    Image.objects.filter(pk=image.pk).update(created_at=created_at)
    files = {name: content}
    for width in renditions.smaller_widths(picture.width):
        files[renditions.smaller_name(name, width)] = images.rendition(picture, width)
    for one, data in files.items():
        if not default_storage.exists(one):
            written.append(default_storage.save(one, ContentFile(data)))
    return image


def _check(name, content):
    sized = _check_name(name, content)
    picture = _decoded(content)
    if picture.size != (int(sized["width"]), int(sized["height"])) or picture.width > renditions.WIDTHS[-1]:
        raise Refused("the picture is not of the size that its name says")


def _check_name(name, content):
    sized = OWN_NAME.match(name)
    if not sized or not set(_chunks(content)) <= CHUNKS:
        raise Refused("the file is not a picture of ours: a plain WebP without notes")
    return sized


def _chunks(content):
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return [b""]
    names, place = [], 12
    while place + 8 <= len(content):
        names.append(content[place : place + 4])
        size = int.from_bytes(content[place + 4 : place + 8], "little")
        place += 8 + size + size % 2
    # A file that is shorter or longer than it says counts as broken.
    return names if place == len(content) == int.from_bytes(content[4:8], "little") + 8 else [b""]


def _decoded(content):
    """The picture, decoded in the site's one turn for it, so that an import costs no more memory than an upload."""
    try:
        with images.in_turn(patience=PATIENCE_SECONDS):
            with warnings.catch_warnings():
                warnings.simplefilter("error", Pillow.DecompressionBombWarning)
                picture = Pillow.open(BytesIO(content), formats=["WEBP"])
            if picture.width <= renditions.WIDTHS[-1] and costs.while_decoding(picture) <= costs.BUDGET:
                picture.load()
                return picture
    except images.UnusableImage as error:
        raise Refused(" ".join(error.messages)) from error
    # Pillow answers broken files with a dozen kinds of exceptions.
    except Exception as error:
        raise Refused("the picture cannot be read") from error
    raise Refused("the picture is larger than ours are")
