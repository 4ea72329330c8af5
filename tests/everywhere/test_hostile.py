"""Every address with hostile addresses and hostile forms: never a 5xx, nothing echoed raw, nothing of it stored.

Each request runs in a savepoint that is rolled back, so that every one meets the same rows.
"""

import zlib
from contextlib import contextmanager
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from tests.chapter.accounts.sign_in import arrive
from tests.environment import EVERYTHING
from tests.everywhere.hostile import (
    FORMS,
    ON_THE_SPOT,
    ON_THE_SPOT_NAMES,
    PARAMETERS,
    PARTS,
    READERS,
    SCRIPT,
    VALUES,
    mixed,
    spoilt,
)
from tests.everywhere.stored import trial
from tests.everywhere.test_access import ROWS
from tests.factories import make_member, make_organiser

FORM = "application/x-www-form-urlencoded"
WHO = ("visitor", "member", "organiser")
with_forms = pytest.mark.parametrize(
    ("name", "arguments", "who", "fields"),
    FORMS + ON_THE_SPOT,
    ids=[f"{row[0]}-{row[2]}" for row in FORMS + ON_THE_SPOT],
)
with_addresses = pytest.mark.parametrize(
    ("name", "arguments"), [row[:2] for row in ROWS], ids=[row[0] for row in ROWS]
)


@contextmanager
def undone():
    """What happens in here has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def people():
    return {"visitor": None, "member": make_member(), "organiser": make_organiser()}


@pytest.fixture
def clients(people):
    clients = {who: Client(headers={"origin": "http://testserver"}) for who in people}
    for who in ("member", "organiser"):
        arrive(clients[who], people[who])
    return clients


def address(name, arguments, owner):
    return reverse(name, kwargs=arguments(owner) if callable(arguments) else arguments)


def leads_away(response):
    """Whether a browser would follow it to another site, or run it."""
    target = urljoin("http://testserver/nb/", response["Location"].strip().replace("\\", "/"))
    return urlsplit(target)[:2] != ("http", "testserver")


def trouble_with(response):
    """What is wrong with an answer to something hostile, or None."""
    if response.status_code >= 500 and response.request["PATH_INFO"] != "/readyz":
        return response.status_code
    if response.has_header("Location") and leads_away(response):
        return response["Location"]
    is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
    return "raw echo" if is_page and SCRIPT in response.content.decode() else None


def try_all(requests):
    """[(what was sent, what went wrong)] of (what is sent, a function that sends it)."""
    found = []
    for sent, send in requests:
        with undone():
            trouble = trouble_with(send())
        if trouble:
            found.append((sent[:300], trouble))
    return found


# Addresses


@pytest.mark.django_db
@with_addresses
def test_hostile_parameters(clients, people, name, arguments):
    path, turns = address(name, arguments, people["member"]), range(0, len(VALUES), 2) if name in READERS else (5,)

    def get(who, query):
        return lambda: clients[who].get(path, QUERY_STRING=query)

    queries = [mixed(PARAMETERS, turn) for turn in turns]
    readers = [(who, query) for query in queries for who in (WHO if len(turns) == 1 else WHO[-1:])]
    assert try_all((f"{who} {query}", get(who, query)) for who, query in readers) == []


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted({row[0] for row in ROWS if row[1]}))
def test_hostile_path_parts(clients, people, name):
    """What the pattern lets in is asked in full. What it refuses never meets the view: one value in turn."""
    arguments = next(row[1] for row in ROWS if row[0] == name)
    kwargs = arguments(people["member"]) if callable(arguments) else arguments
    paths = [with_part(reverse(name, kwargs=kwargs), value, part) for value in kwargs.values() for part in PARTS]
    turn = zlib.crc32(name.encode()) % len(PARTS)
    asked = [
        (place, path)
        for place, path in enumerate(paths)
        if EVERYTHING or place % len(PARTS) == turn or leads_somewhere(path)
    ]

    def sends(client, path):
        return [(path, lambda: client.get(path)), (path, lambda: client.post(path))]

    assert try_all(send for place, path in asked for send in sends(clients[WHO[place % 3]], path)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("part", PARTS, ids=range(len(PARTS)))
def test_hostile_parts_that_lead_nowhere(clients, part):
    """Each of them, at an address of each kind of pattern."""
    paths = [f"/nb/{folder}/{part}/" for folder in ("events", "blog", "principles", "board", "organise")]
    assert try_all((path, lambda who=who, path=path: clients[who].get(path)) for path in paths for who in WHO) == []


def leads_somewhere(path):
    try:
        resolve(unquote(path, errors="replace"))
    except Resolver404:
        return False
    return True


def with_part(path, value, part):
    start, _, end = path.rpartition(str(value))
    return start + part + end


# Forms


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "arguments", "who", "fields"), FORMS, ids=[f"{row[0]}-{row[2]}" for row in FORMS])
def test_the_forms_below_are_taken_when_they_are_well_filled_in(clients, people, name, arguments, who, fields):
    path, fields = prepared(name, arguments, people[who], fields)
    assert clients[who].post(path, fields)["Location"]


def prepared(name, arguments, sender, fields):
    owner = sender or make_member()
    return address(name, arguments, owner), fields(owner) if callable(fields) else fields


@pytest.mark.django_db
@with_forms
def test_hostile_forms(clients, people, name, arguments, who, fields):
    """Each field alone among valid ones, and all at once; what is refused stores nothing."""
    path, fields = prepared(name, arguments, people[who], fields)
    bodies = [*spoilt(fields), *(mixed(fields or PARAMETERS, turn) for turn in range(0, len(VALUES), 7))]

    found = []
    for body in bodies:
        with trial() as outcome:
            response = clients[who].post(path, body, content_type=FORM)
        taken = response.status_code in (301, 302) or name in ON_THE_SPOT_NAMES
        if outcome.changed and not taken:
            found.append((body[:300], f"refused, and yet {set(outcome.changed)}"))
        if taken and outcome.has_controls:
            found.append((body[:300], "stores control characters"))
        if trouble := trouble_with(response):
            found.append((body[:300], trouble))
    assert found == []
