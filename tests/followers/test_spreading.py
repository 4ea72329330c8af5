"""Ways to follow from a wall or a slide: all lead to the short address."""

import io

import pytest
from django.conf import settings
from django.urls import reverse
from PIL import Image

from chapter.templatetags.chapter_tags import qr_code
from followers.following.spreading import PIXELS
from tests.factories import make_organiser

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
@pytest.mark.parametrize("page", ["poster", "slide"])
def test_page_shows_the_short_address_and_its_code(client, page, language):
    text = client.get(f"/{language}/follow/{page}/").text
    assert qr_code(f"{settings.SITE_URL}/follow") in text
    assert f"{settings.SITE_HOST}/follow<" in text


def test_code_is_a_picture_that_is_large_enough_for_a_slide(client):
    answer = client.get(reverse("follow_code"))
    picture = Image.open(io.BytesIO(answer.content)).convert("1")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "image/png",
        'attachment; filename="follow.png"',
    )
    assert picture.width == picture.height >= 600
    # White all around, as a phone needs it, and the corner of the code within.
    margin = 4 * PIXELS
    assert (picture.getpixel((margin - 1, margin - 1)), picture.getpixel((margin, margin))) == (255, 0)


def test_organisers_find_them_at_their_followers(client):
    client.force_login(make_organiser())
    page = client.get(reverse("followers")).text
    assert all(reverse(name) in page for name in ("follow_poster", "follow_slide", "follow_code"))
