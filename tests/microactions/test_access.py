"""The rows of `access.py`, and that each address has one."""

import pytest
from django.urls import reverse

from microactions.urls import urlpatterns
from tests.factories import make_member, make_organiser

from .access import ROWS

pytestmark = pytest.mark.django_db
MAKERS = {"anonymous": None, "member": make_member, "other": make_member, "organiser": make_organiser}


def test_every_address_has_a_row():
    assert {row[0] for row in ROWS} == {pattern.name for pattern in urlpatterns}


@pytest.mark.parametrize(
    ("name", "kwargs", "expected"), ROWS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_address_answers_each_visitor(client, name, kwargs, expected):
    address = reverse(name, kwargs=kwargs() if callable(kwargs) else kwargs)
    answers = {}
    for who, make in MAKERS.items():
        client.logout()
        if make:
            client.force_login(make())
        answers[who] = client.get(address).status_code
    assert answers == expected
