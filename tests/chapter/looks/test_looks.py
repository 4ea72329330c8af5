"""The chapter's colour and logo: checked, stored like any picture, and shown where the movement's mark stands."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail as outbox
from django.core.files.storage import default_storage
from django.test import Client, TestCase
from django.urls import reverse
from PIL import Image as Pillow

from chapter import looks
from chapter.looks.colours import DARK, LIGHT
from chapter.models import Chapter, Image
from events.models import Message
from tests.chapter.accounts.sign_in import ask_for_code
from tests.everywhere.hostile import CHAPTER
from tests.factories import make_event, make_member, make_organiser
from tests.pictures import encoded, plain, upload

PAGE = "/en/organise/chapter/"
PINK, YELLOW = "#a3007c", "#ffe394"


@pytest.fixture
def organiser(client, db):
    client.force_login(make_organiser(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def save(organiser, logo=None, **fields):
    files = {"logo_file": upload(logo)} if logo else {}
    with TestCase.captureOnCommitCallbacks(execute=True):
        return organiser.post(PAGE, {**CHAPTER, **fields, **files})


def files():
    return sorted(path.name for path in Path(default_storage.location).rglob("*.webp"))


# Colours


def test_grounds_are_those_of_the_pages():
    light, dark = (
        (settings.BASE_DIR / "static/css/tokens.css").read_text().split("screen and (prefers-color-scheme: dark)")
    )
    for css, grounds in ((light, LIGHT), (dark, DARK)):
        assert [re.search(rf"--{name}: (#\w+);", css)[1] for name in ("ground", "panel", "paper")] == list(grounds)


@pytest.mark.parametrize(("one", "two", "expected"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_counted_as_in_wcag(one, two, expected):
    assert looks.contrast(one, two) == looks.contrast(two, one) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#ff0000", "#ffe394", "#1f3fd6", "#808080", "#a3007c"])
def test_each_colour_has_a_shade_for_light_and_a_tint_for_dark(colour):
    shade = looks.readable_shade(colour)
    assert looks.least_contrast(shade) >= looks.NEEDED
    assert looks.least_contrast(looks.in_the_dark(shade), DARK) >= looks.NEEDED


def test_a_readable_colour_is_applied_by_a_style_sheet(organiser):
    assert save(organiser, accent=PINK.upper()).url == PAGE
    page = Client().get("/en/about/").content.decode()
    address = re.search(r'<link rel="stylesheet" href="(/accent/[^"]+)"', page)[1]
    sheet = Client().get(address)
    assert sheet["Content-Type"] == "text/css; charset=utf-8"
    assert "immutable" in sheet["Cache-Control"]
    assert f"--accent: {PINK}" in sheet.content.decode()
    assert f"--accent: {looks.in_the_dark(PINK)}" in sheet.content.decode()
    save(organiser, accent="")
    assert "/accent/" not in Client().get("/en/about/").content.decode()


def test_a_pale_colour_is_refused_with_one_that_would_do(organiser):
    response = save(organiser, accent=YELLOW, name="Typed")
    errors = response.context["form"].errors["accent"][0]
    assert ("1.0 to 1" in errors or "1.1 to 1" in errors, looks.readable_shade(YELLOW) in errors) == (True, True)
    assert response.context["form"]["accent"].value() == YELLOW
    assert response.context["form"]["name"].value() == "Typed"
    assert Chapter.load().accent == ""


@pytest.mark.parametrize("typed", ["pink", "#a30", "a3007c", "#a3007g", "url(x)"])
def test_what_is_no_colour_is_refused(organiser, typed):
    assert "# and six" in save(organiser, accent=typed).context["form"].errors["accent"][0]


@pytest.mark.parametrize("digits", ["a3007", "ffe394", "A3007C", "a3007c-", "zzzzzz"])
def test_no_sheet_for_what_no_chapter_could_have_chosen(client, digits):
    assert client.get(f"/accent/{digits}.css").status_code == 404


# Logo


@pytest.mark.django_db
def test_without_a_logo_the_mark_of_the_movement_stands(client):
    assert '<svg class="mark"' in client.get("/en/about/").content.decode()


def test_logo_is_made_small_and_shown_on_pages_and_posters(organiser):
    save(organiser, encoded(plain("RGBA", size=(900, 600)), "PNG"))
    logo = Chapter.load().logo
    assert ((logo.width, logo.height), logo.is_listed) == ((180, 120), False)
    for path in ("/en/about/", "/en/principles/1/poster/", "/en/events/embed/"):
        page = Client().get(path).content.decode()
        assert f'class="mark mark--logo" src="{logo.file.url}"' in page
        assert '<svg class="mark"' not in page


def test_another_logo_takes_the_place_of_the_first_and_none_leaves_nothing(organiser):
    save(organiser, encoded(plain(size=(200, 100)), "PNG"))
    first = files()
    save(organiser, encoded(plain(size=(100, 100)), "PNG"))
    assert (len(first), len(files()), set(first) & set(files())) == (1, 1, set())
    save(organiser)
    assert len(files()) == 1
    save(organiser, remove_logo="on")
    assert (files(), Image.objects.count(), Chapter.load().logo) == ([], 0, None)


def test_what_is_no_picture_is_refused(organiser):
    response = save(organiser, b"<svg onload='alert(1)' xmlns='http://www.w3.org/2000/svg'/>", name="Typed")
    assert "JPEG, PNG" in response.context["form"].errors["logo_file"][0]
    assert (response.context["form"]["name"].value(), files()) == ("Typed", [])


def test_mails_carry_logo_and_colour_themselves(organiser):
    save(organiser, encoded(plain(size=(200, 100)), "PNG"), accent="#006644")
    letter = mailed()
    html = letter.alternatives[0][0]
    assert 'src="cid:logo"' in html
    assert "#006644" in html
    image = next(part for part in letter.message().walk() if part["Content-ID"] == "<logo>")
    assert image.get_content_type() == "image/png"
    assert Pillow.open(BytesIO(image.get_payload(decode=True))).size == (200, 100)
    save(organiser, remove_logo="on", accent="")
    assert "cid:logo" not in mailed().alternatives[0][0]
    assert [part["Content-ID"] for part in mailed().message().walk() if part["Content-ID"]] == []


def test_a_preview_shows_the_logo_that_the_mail_carries(organiser):
    save(organiser, encoded(plain(size=(200, 100)), "PNG"))
    event, client = make_event(), organiser
    message = Message.objects.create(event=event, audience="all", subject="Hello", body="Text", language="en")
    page = client.get(reverse("message_mail", args=[event.slug, message.pk])).content.decode()
    assert 'src="data:image/png;base64,' in page
    assert "cid:" not in page


def mailed():
    """The letter with a code to sign in."""
    ask_for_code(Client(), make_member().email)
    return outbox.outbox[-1]
