"""How members are introduced: by their own doing alone, with a picture that is never served as it came."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image as Pillow

from chapter.accounts import organisers
from chapter.models import Image
from chapter.pictures.small import PORTRAIT_SIDE
from tests.factories import make_event, make_member, make_organiser
from tests.pictures import encoded, phone_photo, two_halves, upload

pytestmark = pytest.mark.django_db
PAGE = "/en/me/introduction/"
WORDS = "Brews the coffee."


@pytest.fixture
def host(client):
    host = make_member(name="Kari Ann Eksempel", language="en")
    client.force_login(host)
    return host


def shown_at(host):
    event = make_event(language="en")
    event.hosts.add(host)
    return Client().get(event.get_absolute_url().replace("/nb/", "/en/")).content.decode()


def files():
    return sorted(path.name for path in Path(default_storage.location).rglob("*.webp"))


def send(client, content=None, **fields):
    picture = {"picture": upload(content)} if content else {}
    return client.post(PAGE, {"bio": WORDS, **picture, **fields})


def test_a_host_is_a_name_with_initials_until_they_say_more(client, host):
    assert send(client, encoded(two_halves())).url == PAGE
    page = shown_at(host)
    assert ">KE</span>" in page
    assert "Kari Ann Eksempel" in page
    assert WORDS not in page
    assert "<img" not in page


def test_who_wants_to_is_shown_with_picture_and_words(client, host):
    send(client, encoded(two_halves()), is_introduced="on")
    page = shown_at(host)
    assert WORDS in page
    assert f'src="{Image.objects.get().file.url}"' in page
    send(client)
    assert WORDS not in shown_at(host)


def test_words_in_another_language_are_marked(client, host):
    host.language = "sv"
    host.save()
    send(client, bio="Kokar kaffet.", is_introduced="on")
    assert '<span class="person__words" lang="sv">Kokar kaffet.</span>' in shown_at(host)


def test_picture_is_a_small_square_without_what_the_camera_wrote(client, host):
    send(client, phone_photo((640, 480)))
    image = Image.objects.get()
    assert (image.width, image.height, image.is_listed, image.uploaded_by) == (*[PORTRAIT_SIDE] * 2, False, host)
    with image.file.open() as file:
        stored = Pillow.open(BytesIO(file.read()))
    assert (stored.format, stored.size, dict(stored.getexif())) == ("WEBP", (PORTRAIT_SIDE,) * 2, {})


def test_another_picture_takes_the_place_of_the_first_and_none_leaves_nothing(client, host):
    with_commits(client, encoded(two_halves()))
    first = files()
    with_commits(client, encoded(two_halves(), "PNG"))
    assert (len(first), len(files()), set(first) & set(files())) == (1, 1, set())
    with_commits(client, remove="on")
    host.refresh_from_db()
    assert (files(), Image.objects.count(), host.portrait, host.bio) == ([], 0, None, WORDS)


def test_what_is_no_picture_is_refused_and_the_words_stay(client, host):
    response = send(client, b"<svg xmlns='http://www.w3.org/2000/svg'/>", bio="Typed.")
    assert response.status_code == 200
    assert "JPEG, PNG" in str(response.context["form"].errors["picture"])
    assert "Typed." in response.content.decode()
    assert files() == []


def test_about_shows_organisers_who_want_to_while_they_are(client):
    organiser = make_organiser(name="Ola Oppdiktet", language="en")
    make_organiser(name="Sunniva Shy", bio="Not shown")
    client.force_login(organiser)
    send(client)
    assert WORDS not in Client().get("/en/about/").content.decode()
    send(client, is_on_about="on")
    page = Client().get("/en/about/").content.decode()
    assert ("Ola Oppdiktet" in page, WORDS in page, "Sunniva Shy" in page) == (True, True, False)
    organisers.dismiss(organiser)
    assert WORDS not in Client().get("/en/about/").content.decode()


def test_about_is_for_organisers_alone(client, host):
    send(client, is_on_about="on")
    host.refresh_from_db()
    assert not host.is_on_about


def test_export_names_it_and_deleting_removes_row_and_file(client, host, django_capture_on_commit_callbacks):
    from chapter import privacy

    send(client, encoded(two_halves()), is_introduced="on")
    host.refresh_from_db()
    row = privacy.export(host)["chapter.Member"][0]
    assert (row["bio"], row["portrait__file"], row["is_introduced"]) == (WORDS, host.portrait.file.name, True)
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase(host, keep_texts=True)
    assert (files(), Image.objects.count()) == ([], 0)


def with_commits(client, content=None, **fields):
    from django.test import TestCase

    with TestCase.captureOnCommitCallbacks(execute=True):
        send(client, content, **fields)
