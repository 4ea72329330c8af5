"""A form that breaks off on its way is refused: nothing is stored, whatever the server and the kind of form."""

import tempfile

import pytest
from django.test import Client

from chapter.models import Page
from chapter.models.image import Image
from events.models import Photo
from tests import raw_requests
from tests.factories import make_event, make_organiser
from tests.live_server_process import LiveServer
from tests.pictures import encoded, plain

pytestmark = pytest.mark.django_db(transaction=True)
SERVERS = {
    "pages": {"config": "otg_site.gunicorn", "application": "otg_site.wsgi"},
    "everything": {"config": "otg_site.gunicorn_live", "application": "tests.live_asgi"},
    "threads": {
        "config": "otg_site.gunicorn",
        "application": "otg_site.wsgi",
        "options": ["--worker-class", "gthread", "--workers", "1"],
    },
}


@pytest.fixture(scope="module", params=SERVERS)
def server(request, django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("server")
    server = LiveServer(**SERVERS[request.param], environment={"MEDIA_ROOT": str(folder), "WEB_WORKERS": "1"})
    with django_db_blocker.unblock(), tempfile.TemporaryFile() as server.log, server:
        server.media = folder
        yield server


@pytest.fixture
def session():
    client = Client()
    client.force_login(make_organiser())
    return client.cookies["session"].value


def page_form(server, session, make=raw_requests.form):
    fields = {"title": "Om oss", "body": "En hel side. " * 150, "summary": "", "note": ""}
    return make(server, "/nb/organise/pages/about/nb/", fields, session=session)


def stored():
    return Page.objects.get(key="about").wordings.in_language("nb").first().body


def said(server):
    server.log.seek(0)
    return server.log.read().decode()


@pytest.mark.parametrize("make", [raw_requests.form, raw_requests.multipart])
def test_a_whole_form_is_stored(server, session, make):
    assert page_form(server, session, make).send()[0] == 302
    assert stored() == ("En hel side. " * 150).strip()


@pytest.mark.parametrize("make", [raw_requests.form, raw_requests.multipart])
def test_half_a_page_does_not_overwrite_the_whole_one(server, session, make):
    before = stored()
    request = page_form(server, session, make)
    status, page = request.send(len(request.body) // 2)
    assert (status, "Skjemaet kom ikke helt fram" in page or "broke off" in page, stored()) == (400, True, before)


@pytest.mark.parametrize("missing", [1, 2, 30])
def test_a_form_without_its_last_bytes_is_refused(server, session, missing):
    before = stored()
    for make in (raw_requests.form, raw_requests.multipart):
        request = page_form(server, session, make)
        assert request.send(len(request.body) - missing)[0] == 400
    assert stored() == before


def test_chunks_that_end_too_soon_are_refused(server, session):
    before = stored()
    request = raw_requests.chunked(page_form(server, session))
    assert request.send(len(request.body) // 2)[0] == 400
    assert request.send(len(request.body) - len(b"0\r\n\r\n"))[0] == 400
    assert stored() == before


def test_chunks_that_are_whole_are_a_form(server, session):
    assert raw_requests.chunked(page_form(server, session)).send()[0] == 302


def test_of_a_cut_gallery_no_photo_is_stored(server, session):
    event = make_event()
    photos = [("photos", encoded(plain(size=(300, 200 + number)))) for number in range(4)]
    path = f"/nb/events/{event.slug}/photos/add/"
    request = raw_requests.multipart(server, path, {"credit": ""}, files=photos, session=session)
    assert request.send(len(request.body) - 200)[0] == 400
    request.hang_up(len(request.body) - 200)
    assert (Photo.objects.count(), Image.objects.count(), list(server.media.rglob("*"))) == (0, 0, [])
    assert request.send()[0] == 302
    assert Photo.objects.count() == 4


@pytest.mark.parametrize("path", ["/nb/accounts/2fa/webauthn/login/", "/nb/editor/preview/", "/nb/no-such-page/"])
def test_half_of_a_body_that_is_no_form_is_refused(server, session, path):
    body = b'{"credential": "' + b"x" * 900 + b'"}'
    request = raw_requests.Raw(server, path, session=session, body=body, content_type="application/json")
    assert request.send(400)[0] == 400


def test_hanging_up_leaves_no_traceback(server, session):
    before = stored()
    for up_to in (0, 10, 700):
        page_form(server, session).hang_up(up_to)
        page_form(server, session, raw_requests.multipart).hang_up(up_to)
    # Whatever came before this answer has been dealt with: the last one waits in line behind it.
    assert page_form(server, session).send(20)[0] == 400
    assert (stored(), "Traceback" in said(server)) == (before, False)
