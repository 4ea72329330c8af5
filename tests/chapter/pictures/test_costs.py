"""What a picture costs, and that no way in costs more: each case is drawn by a process of its own, whose memory is read."""

import io
import os
import struct
import subprocess
import sys
import threading
import zlib
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image as Pillow

from chapter.pictures import UnusableImage, costs, draw, images
from chapter.refusals import Refused
from chapter.transfer import picture_files
from chapter.web import turns
from tests.pictures import encoded
from tests.threads import at_once

MOST_MB = 250
# A process that has the site in memory, and draws what comes in.
DRAW = r"""
import re, sys, contextlib, django
django.setup()
from django.urls import get_resolver
from django.core.files.base import ContentFile
from chapter.pictures import UnusableImage, images
get_resolver().url_patterns
images.turns.turn = lambda *given, **named: contextlib.nullcontext()
try:
    drawing = images.draw(ContentFile(sys.stdin.buffer.read()))
    outcome = f"{drawing.width}x{drawing.height}"
except UnusableImage as error:
    outcome = error.code
# Not `ru_maxrss`, which a process begins with its parent's.
print(outcome, int(re.search(r"VmHWM:\s+(\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


def drawn(content):
    """(what came of it, the most memory in MB)."""
    environment = {**os.environ, "SITE_MODE": "test", "DJANGO_SETTINGS_MODULE": "otg_site.settings"}
    command = [sys.executable, "-c", DRAW]
    done = subprocess.run(
        command, input=content, cwd=settings.BASE_DIR, env=environment, capture_output=True, check=True, timeout=60
    )
    outcome, peak = done.stdout.split()
    return outcome.decode(), int(peak)


def flat(mode, width, height):
    return Pillow.new(mode, (width, height))


def png(width, height, *, kind, bits=16, interlaced=False, chunks=b""):
    """A PNG of nothing, without having its pixels in memory; `kind` is 0 grey, 2 RGB, 4 grey and alpha, 6 RGBA."""
    parts = {0: 1, 2: 3, 4: 2, 6: 4}[kind]
    pack, packed = zlib.compressobj(), []
    passes = [(8, 8), (8, 8), (4, 8), (4, 4), (2, 4), (2, 2), (1, 2)] if interlaced else [(1, 1)]
    for across, down in passes:
        row = b"\0" + bytes(-(-width // across) * parts * bits // 8)
        packed += [pack.compress(row) for _ in range(-(-height // down))]
    packed.append(pack.flush())
    header = struct.pack(">IIBBBBB", width, height, bits, kind, 0, 0, int(interlaced))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunks
        + chunk(b"IDAT", b"".join(packed))
        + chunk(b"IEND", b"")
    )


def chunk(name, content):
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def notes(number):
    """Texts of a megabyte each, packed to a kilobyte."""
    return chunk(b"zTXt", b"Comment\0\0" + zlib.compress(b"x" * 1_000_000)) * number


MANY = [flat("RGBA", 1500, 1500) for _ in range(12)]
CASES = {
    "JPEG, 50 MP": (lambda: encoded(flat("RGB", 8660, 5770)), "1600x1066"),
    "JPEG, 24 MP, progressive": (lambda: encoded(flat("RGB", 6000, 4000), progressive=True), "1600x1067"),
    "JPEG, 50 MP, progressive": (lambda: encoded(flat("RGB", 8660, 5770), progressive=True), "cost"),
    "JPEG, 12 MP, progressive 4:4:4": (lambda: encoded(flat("RGB", 4000, 3000), progressive=True, subsampling=0), "1600x1200"),
    "JPEG, 50 MP, CMYK": (lambda: encoded(flat("CMYK", 8660, 5770)), "1600x1066"),
    "JPEG, 12 MP, CMYK, progressive": (lambda: encoded(flat("CMYK", 4000, 3000), progressive=True), "cost"),
    "JPEG, on its side": (lambda: encoded(flat("RGB", 6000, 4000), exif=b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"), "1600x2400"),
    "JPEG, a tower": (lambda: encoded(flat("RGB", 1600, 8000)), "1265x6325"),
    "PNG, 24 MP": (lambda: png(6000, 4000, kind=2, bits=8), "1600x1067"),
    "PNG, 50 MP": (lambda: png(8660, 5770, kind=2, bits=8), "cost"),
    "PNG, 16 bit grey, 50 MP": (lambda: png(8660, 5770, kind=0), "1600x1066"),
    "PNG, 16 bit RGB, 12 MP": (lambda: png(4000, 3000, kind=2), "1600x1200"),
    "PNG, 16 bit RGB, 50 MP": (lambda: png(8660, 5770, kind=2), "cost"),
    "PNG, 16 bit RGBA, 24 MP": (lambda: png(6000, 4000, kind=6), "1600x1067"),
    "PNG, 16 bit RGBA, 50 MP": (lambda: png(8660, 5770, kind=6), "cost"),
    "PNG, grey and alpha, 24 MP": (lambda: png(6000, 4000, kind=4, bits=8), "1600x1067"),
    "PNG, interlaced, 16 bit RGBA": (lambda: png(4000, 3000, kind=6, interlaced=True), "1600x1200"),
    "PNG, palette with transparency, 50 MP": (lambda: encoded(flat("P", 8660, 5770), "PNG", transparency=0), "1600x1066"),
    "PNG, black and white, 50 MP": (lambda: encoded(flat("1", 8660, 5770), "PNG"), "1600x1066"),
    "PNG, a notebook": (lambda: png(400, 300, kind=2, chunks=notes(60)), "unreadable"),
    "PNG, a beam": (lambda: png(60_000, 10, kind=2), "side"),
    "PNG, a thread": (lambda: png(10, 20_001, kind=2), "side"),
    "PNG, a ribbon": (lambda: png(10, 20_000, kind=2), "8x16000"),
    "WebP, 8 MP": (lambda: encoded(flat("RGB", 3264, 2448), "WEBP", method=0), "1600x1200"),
    "WebP, lossless with alpha, 8 MP": (lambda: encoded(flat("RGBA", 3264, 2448), "WEBP", lossless=True, method=0), "1600x1200"),
    "WebP, 12 MP": (lambda: encoded(flat("RGB", 4000, 3000), "WEBP", method=0), "cost"),
    "WebP, moving": (lambda: encoded(MANY[0], "WEBP", save_all=True, append_images=MANY[1:], method=0), "1500x1500"),
    "a large profile": (lambda: encoded(flat("RGB", 4000, 3000), icc_profile=os.urandom(1_000_000)), "1600x1200"),
}  # fmt: skip


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs Linux to read the memory of a process")
@pytest.mark.parametrize("case", CASES)
def test_no_kind_of_picture_costs_more_than_there_is(case):
    made, expected = CASES[case]
    outcome, peak = drawn(made())
    assert (outcome, peak if peak > MOST_MB else 0) == (expected, 0)


def test_a_file_of_a_thousand_scans_is_not_decoded():
    content = encoded(flat("RGB", 1200, 800), progressive=True)
    end = content.rindex(b"\xff\xda")
    with pytest.raises(UnusableImage) as refusal:
        images._read(ContentFile(content[:end] + content[end:-2] * 1000 + b"\xff\xd9"))
    assert refusal.value.code == "unreadable"


def test_colours_that_come_one_after_the_other_are_counted_as_kept():
    """A sequential file of several scans: libjpeg keeps it whole, as a progressive one."""
    content = bytearray(encoded(flat("RGB", 4000, 3000)))
    place = content.index(b"\xff\xda")
    content[place + 4] = 1
    with Pillow.open(io.BytesIO(content)) as picture:
        assert costs.of_coefficients(picture) == 4000 * 3000 * 3


@pytest.mark.django_db(transaction=True)
def test_one_is_decoded_at_a_time_and_who_waits_in_vain_is_told():
    inside, may_end = threading.Event(), threading.Event()

    def hold():
        with turns.turn(images.TURN, patience=0):
            inside.set()
            may_end.wait(30)

    def wait_in_vain():
        inside.wait(30)
        try:
            draw(ContentFile(encoded(flat("RGB", 40, 30))), patience=0)
        except UnusableImage as error:
            return error.code
        finally:
            may_end.set()

    assert at_once(lambda work: work(), hold, wait_in_vain) == [None, "busy"]


@pytest.mark.django_db(transaction=True)
def test_the_turn_is_given_back_by_whoever_fails():
    for _ in range(3):
        with pytest.raises(UnusableImage):
            draw(ContentFile(b"no picture"))
    with turns.turn(images.TURN, patience=0):
        pass


@pytest.mark.django_db
def test_an_import_takes_no_larger_picture_than_an_upload(tmp_path):
    name = f"{'0' * 24}-1600x9000.webp"
    content = encoded(flat("RGB", 1600, 9000), "WEBP", method=0)
    (tmp_path / picture_files.FOLDER).mkdir(parents=True)
    (tmp_path / picture_files.FOLDER / name).write_bytes(content)
    with pytest.raises(Refused, match="larger than ours"):
        picture_files.read(tmp_path, {"file": name}, report=SimpleNamespace(), written=[])
