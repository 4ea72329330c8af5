"""The access table: what each address answers to a visitor, a member, another member and an organiser, and how.

Each app keeps its rows in `tests/<app>/access.py`: `(url name, arguments, {role: status})`, where arguments is a
dict or a function that makes the row the address is about, owned by the member it is given.
"""

import importlib
import pkgutil
import re

import pytest
from django.test import Client
from django.urls import Resolver404, URLPattern, get_resolver, resolve, reverse

import tests
from tests.everywhere.stored import trial
from tests.factories import make_member, make_organiser

ROLES = ("anonymous", "member", "other", "organiser")
# Checked elsewhere: the admin asks for a sign-in as a whole, static files are no pages.
NOT_OURS = ("admin:", "djdt")
BACKEND = "django.contrib.auth.backends.ModelBackend"
NOWHERE = ("/nb/nothing/", "/xx/", "/nb/search/?q=%00", "/nb/blog/?page=%00", "/nb/events/%ff/")
HEADERS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
# What other sites may show: a list of events in a frame, the same as data, and the pictures of shared links.
FRAMED = {"embed"}
SHOWN_ELSEWHERE = {"embed", "events_json", "event_card", "post_card", "site_card"}
# The mails of the demo, and a message as it will be mailed, stand in a frame of ours.
FRAMED_BY_US = {"demo_mail_html", "message_mail", "tell_mail"}
FRAME_OPTIONS = {"'none'": "DENY", "'self'": "SAMEORIGIN", "*": None}


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
@pytest.mark.parametrize(("name", "arguments", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_who_gets_what_and_how(name, arguments, expected):
    """On the same rows for all four: the status, and what holds for every answer."""
    owner = make_member()
    path = reverse(name, kwargs=arguments(owner) if callable(arguments) else arguments)
    found = []
    for role, client in _clients(owner).items():
        answer, troubles = read(client, path, is_signed_in=role != "anonymous")
        found += [f"{role}: {line}" for line in troubles]
        if answer.status_code != expected[role]:
            found.append(f"{role}: {answer.status_code} instead of {expected[role]}")
    assert found == []


@pytest.mark.django_db
@pytest.mark.parametrize("path", NOWHERE)
def test_how_nothing_is_answered(path):
    clients = _clients(make_member()).items()
    found = {role: read(client, path, is_signed_in=role != "anonymous")[1] for role, client in clients}
    assert found == {role: [] for role in ROLES}


def _clients(owner):
    clients = {role: Client() for role in ROLES}
    people = {"member": owner, "other": make_member(), "organiser": make_organiser()}
    for role, person in people.items():
        clients[role].force_login(person)
    return clients


def read(client, path, *, is_signed_in):
    """(the answer to a GET, what is wrong with it); HEAD is asked as well, and neither may write."""
    with trial() as outcome:
        answer = client.get(path)
        client.head(path)
    return answer, [*_trouble(answer, _name(path), is_signed_in), *(f"writes {table}" for table in outcome.changed)]


def _name(path):
    try:
        return resolve(path.partition("?")[0]).url_name
    except Resolver404:
        return None


def _trouble(answer, name, is_signed_in):
    is_found, is_page = answer.status_code == 200, answer.get("Content-Type", "").startswith("text/html")
    policy = "cross-origin" if name in SHOWN_ELSEWHERE and is_found else "same-origin"
    for header, value in {**HEADERS, "Cross-Origin-Resource-Policy": policy}.items():
        if answer.get(header) != value:
            yield f"{header} is {answer.get(header)}"
    if "default-src 'none'" not in answer["Content-Security-Policy"]:
        yield "the policy allows what it does not name"
    ancestors = re.search("frame-ancestors ([^;]+)", answer["Content-Security-Policy"])[1]
    if (ancestors == "*") != (name in FRAMED and is_found) or (ancestors == "'self'" and name not in FRAMED_BY_US):
        yield f"may stand in a frame of {ancestors}"
    if answer.get("X-Frame-Options") != FRAME_OPTIONS[ancestors]:
        yield f"X-Frame-Options is {answer.get('X-Frame-Options')} beside {ancestors}"
    if answer.cookies and not is_signed_in:
        yield f"gives a visitor {list(answer.cookies)}"
    if is_found and is_page and is_signed_in and "no-store" not in answer.get("Cache-Control", ""):
        yield "may be kept in a cache"


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_admin_is_for_staff(client, role):
    if role != "anonymous":
        client.force_login(make_organiser() if role == "organiser" else make_member())
    assert client.get("/admin/chapter/member/").status_code == 302
