"""The picture pipeline: what goes in, what comes out, and that nothing of the upload is kept."""

import resource
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.template import Context, Template
from PIL import Image as Pillow
from PIL.PngImagePlugin import PngInfo

from chapter import renditions
from chapter.models import Image
from chapter.pictures import PictureForm, images
from chapter.pictures.images import UnusableImage, delete_image, draw, store_image
from chapter.web.ratelimits import TooManyRequests
from tests.factories import make_member
from tests.pictures import bomb, encoded, phone_photo, plain, two_halves, upload

pytestmark = pytest.mark.django_db


def drawn(content, width=None):
    """The largest rendition of an upload, decoded."""
    drawing = draw(upload(content))
    return Pillow.open(BytesIO(drawing.files[width or drawing.width]))


def stored_files():
    folder = Path(default_storage.location)
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


GOOD = {
    "jpeg": encoded(two_halves()),
    "png": encoded(two_halves(), "PNG"),
    "png with alpha": encoded(two_halves("RGBA"), "PNG"),
    "palette": encoded(two_halves("P"), "PNG"),
    "cmyk jpeg": encoded(two_halves("CMYK")),
    "broken colour profile": encoded(two_halves(), icc_profile=b"junk" * 50),
    "webp": encoded(two_halves(), "WEBP", lossless=True),
    "animated webp": encoded(
        two_halves(), "WEBP", save_all=True, append_images=[plain(size=(64, 32))], lossless=True
    ),
    "phone's two-picture jpeg": encoded(two_halves(), "MPO", save_all=True, append_images=[plain()]),
}


@pytest.mark.parametrize("kind", GOOD)
def test_good_pictures_keep_their_looks(kind):
    picture = drawn(GOOD[kind]).convert("RGB")
    left, right = picture.getpixel((10, 16)), picture.getpixel((54, 16))
    assert (left[0] > 200 > 80 > left[2], right[2] > 200 > 80 > right[0]) == (True, True)


def test_transparency_stays():
    assert drawn(encoded(plain("RGBA", color=(255, 0, 0, 0)), "PNG")).convert("RGBA").getpixel((5, 5))[3] == 0


def test_sixteen_bits_of_grey_are_scaled_not_cut():
    grey = drawn(encoded(Pillow.new("I;16", (64, 48), 32_768), "PNG")).convert("L").getpixel((5, 5))
    assert 120 <= grey <= 136


def test_transparent_grey_of_sixteen_bits_stays_transparent():
    grey = Pillow.new("I;16", (64, 48), 32_768)
    grey.paste(Pillow.new("I;16", (32, 48), 20_000), (0, 0))
    picture = drawn(encoded(grey, "PNG", transparency=20_000)).convert("RGBA")
    assert picture.getpixel((5, 5))[3] == 0
    assert (picture.getpixel((50, 5))[3], 120 <= picture.getpixel((50, 5))[0] <= 136) == (255, True)


XMP = b"""<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_orientation_that_only_xmp_knows_is_passed_over_as_by_browsers(kind):
    if kind == "PNG":
        notes = PngInfo()
        notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
        content = encoded(two_halves(), "PNG", pnginfo=notes)
    else:
        content = encoded(two_halves(), kind, xmp=XMP)
    assert b"Orientation" in content
    picture = drawn(content).convert("RGB")
    assert (picture.size, picture.getpixel((10, 16))[0] > 200) == ((64, 32), True)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_file_that_breaks_off_is_told_from_what_is_no_picture(kind):
    whole = encoded(Pillow.effect_noise((200, 200), 60).convert("RGB"), kind)
    with pytest.raises(UnusableImage) as refused:
        draw(upload(whole[: len(whole) // 2]))
    assert refused.value.code == "cut"


def test_picture_is_turned_upright():
    picture = drawn(phone_photo()).convert("RGB")
    assert picture.size == (32, 64)
    assert picture.getpixel((16, 8))[0] > 200


# Orientation 6, and what some cameras write: a resolution in letters, text that is no text, a number out of its range.
OTHER_TAGS = {
    "letters for a fraction": b"\x01\x1a\0\x02\0\0\0\x02" + b"7\0\0\0",
    "a fraction for letters": b"\x01\x0f\0\x05\0\0\0\x01" + b"\0\0\0\x08",
    "a long for bytes": b"\x90\0\0\x04\0\0\0\x01" + b"\xff\xff\xff\xff",
    "beyond the end": b"\x87\x69\0\x04\0\0\0\x01" + b"\xff\xff\xff\xff",
    "of no type": b"\x01\x0f\xff\xff\xff\xff\xff\xff" + b"\0\0\0\0",
}


@pytest.mark.parametrize("tag", OTHER_TAGS)
def test_what_a_camera_wrote_wrongly_costs_no_picture(tag):
    exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0" + OTHER_TAGS[tag] + b"\0\0\0\0"
    drawn = draw(upload(encoded(two_halves(), exif=exif)))
    assert (drawn.width, drawn.height) == (32, 64)


def test_nothing_the_camera_wrote_is_kept():
    photo = phone_photo()
    assert b"Secret Camera" in photo
    for content in draw(upload(photo)).files.values():
        assert (b"Secret" in content, b"EXIF" in content, b"ICCP" in content) == (False, False, False)


def test_text_in_a_file_is_not_kept():
    polyglot = encoded(two_halves()) + b"<script>alert(1)</script>"
    assert all(b"script" not in content for content in draw(upload(polyglot)).files.values())


@pytest.mark.parametrize(
    ("size", "widths"),
    [
        ((64, 48), [64]),
        ((480, 300), [480]),
        ((1000, 500), [480, 960, 1000]),
        ((2400, 1600), [480, 960, 1600]),
        ((300, 20_000), [240]),
    ],
)
def test_renditions_are_never_larger_than_the_upload(size, widths):
    drawing = draw(upload(encoded(plain(size=size), "PNG")))
    sizes = {width: Pillow.open(BytesIO(content)).width for width, content in drawing.files.items()}
    assert sizes == {width: width for width in widths}


BAD = {
    "html called png": b"<html><script>alert(1)</script></html>",
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "gif": encoded(two_halves("P"), "GIF", save_all=True, append_images=[plain("P")]),
    "gif and script": b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)",
    "bmp": encoded(two_halves(), "BMP"),
    "truncated jpeg": encoded(two_halves(size=(400, 300)))[:900],
    "truncated png": encoded(two_halves(size=(400, 300)), "PNG")[:120],
    "png header alone": b"\x89PNG\r\n\x1a\n",
    "noise": Random(7).randbytes(4000),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_picture_is_refused(kind):
    with pytest.raises(UnusableImage) as refusal:
        draw(upload(BAD[kind]))
    is_begun = kind.startswith("truncated") or kind == "png header alone"
    assert refusal.value.code == ("cut" if is_begun else "unreadable")


@pytest.mark.parametrize("side", [8_000, 12_000, 20_000])
def test_decompression_bomb_is_refused(side):
    with pytest.raises(UnusableImage) as refusal:
        draw(upload(bomb(side)))
    assert refusal.value.code == "pixels"


def test_nine_megabytes_are_refused():
    with pytest.raises(UnusableImage) as refusal:
        draw(upload(b"\0" * 9 * 1024 * 1024))
    assert refusal.value.code == "size"


def test_stored_picture_has_a_name_that_tells_its_renditions():
    member = make_member()
    image = store_image(upload(encoded(plain(size=(1000, 500)))), alt="A board", caption="Notes", by=member)
    name = image.file.name
    assert (image.width, image.height, image.alt, image.uploaded_by) == (1000, 500, "A board", member)
    assert stored_files() == sorted(Path(one).name for one in renditions.all_names(name))
    assert len(stored_files()) == 3


def test_decorative_picture_has_no_description():
    assert store_image(upload(), alt="ignored", is_decorative=True).alt == ""


def test_no_file_is_left_when_the_row_is_refused():
    with pytest.raises(IntegrityError, match="image_described"):
        store_image(upload(encoded(plain(size=(1000, 500)))), alt="")
    assert (stored_files(), Image.objects.count()) == ([], 0)


@pytest.fixture
def full_disk():
    """No file may grow beyond 20 kB."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_full_disk_is_a_message_and_leaves_nothing(full_disk):
    noise = encoded(Pillow.effect_noise((1600, 1000), 90))
    form = PictureForm({"alt": "Noise"}, {"picture": upload(noise)})
    assert (form.is_valid(), form.store_picture(by=None), list(form.errors)) == (True, None, ["picture"])
    assert (stored_files(), Image.objects.count()) == ([], 0)


def test_deleting_takes_the_files_along(django_capture_on_commit_callbacks):
    image = store_image(upload(encoded(plain(size=(1000, 500)))), alt="A board")
    with django_capture_on_commit_callbacks(execute=True):
        delete_image(image)
    assert (stored_files(), Image.objects.count()) == ([], 0)


def test_files_stay_when_deleting_is_rolled_back():
    image = store_image(upload(), alt="A board")
    with pytest.raises(RuntimeError), transaction.atomic():
        delete_image(image)
        raise RuntimeError
    assert (len(stored_files()), Image.objects.count()) == (1, 1)


@pytest.mark.usefixtures("early_in_the_hour")
def test_member_has_a_daily_quota(monkeypatch):
    monkeypatch.setattr(images, "UPLOADS_A_DAY", 1)
    member = make_member()
    store_image(upload(), alt="First", by=member)
    with pytest.raises(TooManyRequests):
        store_image(upload(), alt="Second", by=member)
    assert store_image(upload(), alt="Another's", by=make_member()).pk


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({}, ["alt"]),
        ({"alt": " \u200b"}, ["alt"]),
        ({"alt": "A board"}, []),
        ({"is_decorative": "on"}, []),
    ],
)
def test_form_asks_for_a_description_or_the_word_decorative(typed, errors):
    assert list(PictureForm(typed, {"picture": upload()}).errors) == errors


def test_form_says_why_a_file_is_no_picture():
    form = PictureForm({"alt": "A board"}, {"picture": upload(b"<html>")})
    assert list(form.errors) == ["picture"]


def test_picture_tag_draws_with_one_row_and_no_query(django_assert_num_queries):
    image = store_image(upload(encoded(plain(size=(1000, 500)))), alt='A "board"')
    template = Template('{% load chapter_tags %}{% picture image sizes="50vw" css="cover" %}')
    with django_assert_num_queries(0):
        html = template.render(Context({"image": image}))
    stem = image.file.url.removesuffix(".webp")
    assert f'srcset="{stem}-480.webp 480w, {stem}-960.webp 960w, {stem}.webp 1000w"' in html
    assert 'width="1000" height="500" alt="A &quot;board&quot;" loading="lazy"' in html
