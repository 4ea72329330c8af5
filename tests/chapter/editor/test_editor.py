"""The editor's two addresses, and the page that does the same without a script."""

import pytest
from django.urls import reverse
from django.utils import translation

from chapter.editor import views as editor
from chapter.models import Chapter, Image
from chapter.pictures import image_code, undescribed_images
from chapter.pictures.images import store_image
from chapter.text import markdown
from tests.factories import make_member, make_organiser
from tests.pictures import upload

pytestmark = pytest.mark.django_db
PREVIEW, UPLOAD = "/editor/preview/", "/editor/upload/"


@pytest.fixture
def organiser(client):
    member = make_organiser(language="en")
    client.force_login(member)
    return member


def test_addresses_are_the_ones_that_the_script_knows(settings):
    assert (reverse("markdownx_markdownify"), reverse("markdownx_upload")) == (PREVIEW, UPLOAD)
    assert (settings.MARKDOWNX_URLS_PATH, settings.MARKDOWNX_UPLOAD_URLS_PATH) == (PREVIEW, UPLOAD)


@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
@pytest.mark.parametrize("who", ["anonymous", "member"])
def test_only_organisers_get_an_answer(client, address, who):
    if who == "member":
        client.force_login(make_member())
    response = client.post(address, {"content": "*a*", "image": upload(), "alt": "A board"})
    assert (response.status_code, list(response.json()), Image.objects.count()) == (403, ["error"], 0)


@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
def test_organiser_without_second_factor_is_refused_where_one_is_needed(client, organiser, settings, address):
    settings.ORGANISERS_NEED_SECOND_FACTOR = True
    assert client.post(address, {"content": "a", "image": upload()}).status_code == 403


@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
def test_a_form_of_another_site_is_refused(django_client, address):
    assert django_client.post(address, {"content": "a", "image": upload()}).status_code == 403


@pytest.fixture
def django_client(client, organiser):
    client.handler.enforce_csrf_checks = True
    return client


@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
def test_reading_is_not_posting(client, organiser, address):
    assert client.get(address).status_code == 405


def test_preview_is_what_saving_makes(client, organiser):
    source = "# Hi\n\n<script>x</script> [a](javascript:x)"
    assert client.post(PREVIEW, {"content": source}).content.decode() == markdown.to_html(source)


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 400),
        ({"content": ""}, 200),
        ({"content": "a" * 50_000}, 200),
        ({"content": "a" * 50_001}, 413),
        ({"content": "a" * 10_000_000}, 400),
        ({"content": "[" * 20_000}, 200),
        ({"content": "\0\x01"}, 200),
    ],
)
def test_preview_answers_whatever_is_sent(client, organiser, data, status):
    assert client.post(PREVIEW, data).status_code == status


def test_preview_is_limited(client, organiser, monkeypatch):
    monkeypatch.setattr(editor, "PREVIEWS_A_MINUTE", 0)
    assert client.post(PREVIEW, {"content": "a"}).status_code == 429


def test_upload_answers_with_the_markdown_of_the_picture(client, organiser):
    data = {"image": upload(), "alt": "A [board] with *notes*", "caption": 'Say "yes"', "credit": "Kari Eksempel"}
    answer = client.post(UPLOAD, data).json()
    image = Image.objects.get()
    assert (image.alt, image.uploaded_by) == ("A [board] with *notes*", organiser)
    html = markdown.to_html(answer["image_code"])
    assert 'alt="A [board] with *notes*"' in html
    assert '<figcaption>Say "yes" · Photo: Kari Eksempel</figcaption>' in html


def test_decorative_upload_has_an_empty_description(client, organiser):
    answer = client.post(UPLOAD, {"image": upload(), "is_decorative": "on"}).json()
    assert answer["image_code"] == f"![]({Image.objects.get().file.url})"
    assert undescribed_images(answer["image_code"]) == []


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_dropped_picture_gets_a_placeholder_that_is_found_again(client, organiser, language):
    answer = client.post(UPLOAD, {"image": upload(), "language": language}).json()
    with translation.override(language):
        assert answer["image_code"].startswith(f"![{editor.placeholder()}](")
    with translation.override("en"):
        assert undescribed_images(f"Text {answer['image_code']} text") == [Image.objects.get().file.url]


def test_described_pictures_are_not_found_undescribed():
    image = store_image(upload(), alt="A board")
    assert undescribed_images(image_code(image)) == []


@pytest.mark.parametrize("files", [{}, {"image": upload(b"<html>")}, {"image": upload(b"")}, {"image": "text"}])
def test_upload_that_is_no_picture_is_a_message(client, organiser, files):
    response = client.post(UPLOAD, files)
    assert (response.status_code, bool(response.json()["error"]), Image.objects.count()) == (400, True, 0)


@pytest.mark.parametrize("megabytes", [9, 33])
def test_upload_that_is_too_large_is_refused(client, organiser, megabytes):
    response = client.post(UPLOAD, {"image": upload(b"\0" * megabytes * 1024 * 1024)})
    assert (response.status_code, Image.objects.count()) == (400, 0)


def test_page_without_script_stores_and_shows_the_code(client, organiser):
    data = {"picture": upload(), "alt": "A board"}
    html = client.post("/en/organise/pictures/", data, follow=True).content.decode()
    assert f"{image_code(Image.objects.get())}</textarea>" in html


def test_page_without_script_keeps_what_was_typed(client, organiser):
    response = client.post("/en/organise/pictures/", {"picture": upload(b"<html>"), "alt": "A board"})
    assert (response.status_code, Image.objects.count()) == (200, 0)
    assert 'value="A board"' in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_list_of_pictures_takes_the_same_queries(client, organiser, django_assert_num_queries, rows):
    Chapter.load()
    for number in range(rows):
        store_image(upload(), alt=f"Board {number}")
    with django_assert_num_queries(4):
        assert client.get("/en/organise/pictures/").content.decode().count("</textarea>") == rows
