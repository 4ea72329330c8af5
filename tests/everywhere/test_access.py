"""The access table: what each address answers to a visitor, a member, another member and an organiser.

Each app keeps its rows in `tests/<app>/access.py`: `(url name, arguments, {role: status})`, where arguments is a
dict or a function that makes the row the address is about, owned by the member it is given.
"""

import importlib
import pkgutil

import pytest
from django.urls import URLPattern, get_resolver, reverse

import tests
from tests.factories import make_member, make_organiser

ROLES = ("anonymous", "member", "other", "organiser")
# Checked elsewhere: the admin asks for a sign-in as a whole, static files are no pages.
NOT_OURS = ("admin:", "djdt")


def _rows():
    modules = [m.name for m in pkgutil.walk_packages(tests.__path__, "tests.") if m.name.endswith("access")]
    for module in modules:
        if module == __name__:
            continue
        for name, value in vars(importlib.import_module(module)).items():
            if name.endswith("ROWS"):
                yield from value


ROWS = list(_rows())


def _names(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield prefix + pattern.name
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, inner)


def test_every_address_has_a_row():
    names = {name for name in _names(get_resolver().url_patterns) if not name.startswith(NOT_OURS)}
    assert names - {row[0] for row in ROWS} == set()


def test_no_row_is_about_an_address_that_is_gone():
    assert {row[0] for row in ROWS} - set(_names(get_resolver().url_patterns)) == set()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("name", "arguments", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_who_gets_what(client, name, arguments, expected, role):
    owner = make_member()
    kwargs = arguments(owner) if callable(arguments) else arguments
    people = {"member": owner, "other": make_member(), "organiser": make_organiser()}
    if role in people:
        client.force_login(people[role])
    assert client.get(reverse(name, kwargs=kwargs)).status_code == expected[role]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_admin_is_for_staff(client, role):
    if role != "anonymous":
        client.force_login(make_organiser() if role == "organiser" else make_member())
    assert client.get("/admin/chapter/member/").status_code == 302
