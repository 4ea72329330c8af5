"""Signed-in clients, and the fields that the editor sends."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Pillow

from tests.chapter.transfer.test_fetching import site as web  # noqa: F401 (a fixture: a server on this machine)
from tests.factories import make_member, make_organiser


def signed_in(client, person):
    client.force_login(person)
    client.person = person
    return client


@pytest.fixture
def organiser(client):
    """A client signed in as an organiser; `organiser.person` is who."""
    return signed_in(client, make_organiser(name="Ola Arrangør", bio="Brews the coffee."))


@pytest.fixture
def member(client):
    return signed_in(client, make_member(name="Mia Medlem"))


@pytest.fixture
def typed():
    """Makes the editor's POST: a whole valid post, changed by what the test is about."""

    def make(**changes):
        fields = {
            "title": "Kaffe i høst",
            "language": "nb",
            "lead": "To setninger.",
            "body": "Vi *møttes*.",
            "authors-TOTAL_FORMS": "3",
            "authors-INITIAL_FORMS": "0",
            "authors-0-name": "Ola Arrangør",
            "authors-0-bio": "Brews the coffee.",
        }
        return {**fields, **changes}

    return make


@pytest.fixture
def photo():
    """A small PNG, as a browser uploads it."""
    content = io.BytesIO()
    Pillow.new("RGB", (640, 480), "orange").save(content, "PNG")
    return SimpleUploadedFile("photo.png", content.getvalue(), content_type="image/png")
