"""Stored pictures are served as pictures and as nothing else; no other file is served."""

from pathlib import Path

import pytest
from django.conf import settings

from chapter.pictures.images import store_image
from tests.pictures import upload

pytestmark = pytest.mark.django_db


def test_picture_is_served_with_headers_that_tame_it(client):
    response = client.get(store_image(upload(), alt="A board").file.url)
    assert response.content[8:12] == b"WEBP"
    assert {
        name: response[name] for name in ("Content-Type", "X-Content-Type-Options", "Content-Security-Policy")
    } == {
        "Content-Type": "image/webp",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }


@pytest.fixture
def other_files():
    folder = Path(settings.MEDIA_ROOT)
    for name in ("images/page.html", "images/drawing.svg", "images/x.webp.html", "secret.webp", "images/sub/x.webp"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("<script>alert(1)</script>")
    (folder.parent / "outside.webp").write_text("outside")


@pytest.mark.parametrize(
    "path",
    [
        "images/page.html",
        "images/drawing.svg",
        "images/x.webp.html",
        "secret.webp",
        "images/sub/x.webp",
        "images/unknown.webp",
        "images/",
        "images",
        "../outside.webp",
        "images/../../outside.webp",
        "images/..%2f..%2foutside.webp",
        "images/%2e%2e/%2e%2e/outside.webp",
        "images//../secret.webp",
        "images/x%00.webp",
        "images/x.webp%0a",
        "images\\..\\secret.webp",
        "%2fetc/passwd",
    ],
)
def test_nothing_else_is_served(client, other_files, path):
    assert client.get(f"/media/{path}").status_code == 404
