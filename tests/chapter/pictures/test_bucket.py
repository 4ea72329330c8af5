"""Pictures in a bucket: the same rules as in a folder, on a server that speaks S3."""

from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from PIL import Image as Pillow

from chapter.models import Image
from chapter.pictures import withdrawing
from chapter.pictures.images import UnusableImage, delete_image, store_image
from chapter.share_cards import store as cards
from chapter.transfer import picture_files
from tests import s3
from tests.factories import make_event, make_organiser, make_photo
from tests.pictures import encoded, phone_photo, plain, upload

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not s3.IS_THERE, reason="moto or django-storages is not installed: make test"),
]
CARD = b"\x89PNG" + cards.END


@pytest.fixture(scope="module")
def server():
    with s3.Server() as server:
        yield server


@pytest.fixture
def bucket(server, settings):
    server.empty()
    _point_to(server, settings)
    return server


def _point_to(server, settings):
    backend = {"BACKEND": "chapter.pictures.bucket.Bucket", "OPTIONS": server.options}
    settings.STORAGES = {**settings.STORAGES, "default": backend}


def contents():
    return {name: default_storage.open(f"images/{name}").read() for name in default_storage.listdir("images")[1]}


def test_nothing_is_kept_as_it_came(bucket, client, tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(make_organiser())
    sent = phone_photo(size=(2000, 1000))
    form = {"picture": upload(sent, name="me.jpg", content_type="image/jpeg"), "alt": "A board"}
    assert client.post(reverse("picture_new"), form).status_code == 302
    found = contents()
    assert sorted(Pillow.open(BytesIO(content)).width for content in found.values()) == [480, 960, 1000]
    assert {Pillow.open(BytesIO(content)).format for content in found.values()} == {"WEBP"}
    assert not any(b"Exif" in content for content in found.values())
    assert list(tmp_path.iterdir()) == []


def test_picture_is_served_by_the_site_at_its_usual_address(bucket, client):
    image = store_image(upload(), alt="A board")
    assert image.file.url == f"/media/{image.file.name}"
    response = client.get(image.file.url)
    assert response.content == default_storage.open(image.file.name).read()
    assert (response["Content-Type"], response["Content-Security-Policy"]) == (
        "image/webp",
        "sandbox; default-src 'none'",
    )
    again = client.get(image.file.url, headers={"If-Modified-Since": response["Last-Modified"]})
    assert (again.status_code, again.content) == (304, b"")


def test_nothing_else_in_the_bucket_is_served(bucket, client):
    for name in ("images/page.html", "secret.webp", "backups/database.dump"):
        default_storage.save(name, BytesIO(b"<script>"))
        assert client.get(f"/media/{name}").status_code == 404


def test_withdrawn_photo_is_gone_from_its_address_and_comes_back_at_another(bucket, client):
    photo = make_photo(event=make_event(), hidden=True)
    image = photo.image
    assert client.get(f"/media/{image.file.name}").status_code == 404
    assert not any(name in image.file.name for name in contents())
    withdrawing.move_files(image.pk)
    withdrawing.bring_back(image)
    shown = Image.objects.get(pk=image.pk)
    assert (shown.file.name != image.file.name, client.get(shown.file.url).status_code) == (True, 200)


def test_deleted_picture_leaves_nothing(bucket, django_capture_on_commit_callbacks):
    image = store_image(upload(encoded(plain(size=(1200, 600)))), alt="A board")
    with django_capture_on_commit_callbacks(execute=True):
        delete_image(image)
    assert contents() == {}


def test_export_has_the_picture(bucket, tmp_path):
    image = store_image(upload(), alt="A board")
    row = picture_files.write(tmp_path, image)
    assert (tmp_path / "media/images" / row["file"]).read_bytes() == default_storage.open(image.file.name).read()


def test_drawn_cards_are_kept_and_tidied(bucket):
    assert cards.find("a.png") is None
    assert [cards.find_or_draw("a.png", lambda: CARD), cards.find("a.png")] == [CARD, CARD]
    assert cards.tidy() == 0


def test_bucket_that_does_not_answer_is_like_a_disk_that_fails(settings, client):
    with s3.Server() as server:
        _point_to(server, settings)
        image = store_image(upload(), alt="A board")
    with pytest.raises(UnusableImage):
        store_image(upload(), alt="Another")
    withdrawing.withdraw(image)
    assert withdrawing.hide_files(image.pk) is False
    response = client.get(f"/media/{image.file.name}")
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert cards.find_or_draw("a.png", lambda: CARD) == CARD
