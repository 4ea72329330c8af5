"""What the stories about microactions share."""

from datetime import timedelta

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone, translation

from chapter.forms import SALT


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def typed():
    """What a person sends with the pledge form, ten seconds after opening it."""

    def make(**changes):
        opened = signing.dumps(int(timezone.now().timestamp()) - 10, salt=SALT)
        day = timezone.localdate() + timedelta(days=7)
        fields = {"what": "Ask the next team", "due_on": day.isoformat(), "visibility": "me", "opened": opened}
        return {**fields, "email": "kari@example.org", **changes}

    return make


@pytest.fixture
def read(client):
    """The English text of a page of ours."""

    def get(name, *args, query="", status=200):
        response = client.get(reverse(name, args=args) + query)
        assert response.status_code == status
        return response.content.decode()

    return get
