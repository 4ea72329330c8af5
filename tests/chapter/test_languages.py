"""Which language a reader gets, and how to change it."""

import pytest

from chapter.languages import address_in
from tests.factories import make_member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("no", "nb"),
        ("nn-NO,nn;q=0.9,en;q=0.5", "nb"),
        ("sv", "sv"),
        ("en-GB,en", "en"),
        ("de", "nb"),
        ("x" * 5000, "nb"),
        ("en;q=zzz,;;;,\x00", "nb"),
        ("", "nb"),
    ],
)
def test_front_door_hears_what_the_browser_asks_for(client, accepted, language):
    assert client.get("/", headers={"accept-language": accepted}).url == f"/{language}/"


def test_cookie_wins_over_the_browser(client):
    client.cookies["django_language"] = "sv"
    assert client.get("/", headers={"accept-language": "en"}).url == "/sv/"


@pytest.mark.parametrize("junk", ["../../etc", "xx", "sv'--"])
def test_junk_in_the_cookie_changes_nothing(client, junk):
    client.cookies["django_language"] = junk
    assert client.get("/").url == "/nb/"


def test_switch_keeps_page_and_query(client):
    page = client.get("/nb/about/?a=1&b=2").content.decode()
    assert page.count('href="/sv/about/?a=1&amp;b=2"') == 2


def test_unknown_language_is_not_found(client):
    assert client.get("/xx/about/").status_code == 404


def test_saving_another_language_moves_the_member_there(client):
    member = make_member(name="Kari")
    client.force_login(member)
    response = client.post("/nb/me/", {"name": "Kari", "organisation": "", "language": "en"})
    assert (response.url, response.cookies["django_language"].value) == ("/en/me/", "en")


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/nb/me/?a=/nb/", "/sv/me/?a=/nb/"),
        ("/admin/", "/admin/"),
        ("https://x.example.org/nb/", "https://x.example.org/nb/"),
        ("/nb", "/nb"),
    ],
)
def test_address_in_another_language(address, other):
    assert address_in(address, "sv") == other
