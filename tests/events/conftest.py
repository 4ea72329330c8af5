"""A signed-in organiser."""

import pytest

from tests.factories import make_organiser


@pytest.fixture
def organiser_client(client):
    client.force_login(make_organiser())
    return client
