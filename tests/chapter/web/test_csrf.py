"""Forms are taken from our own pages alone, with a cookie only for those who have a session."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client, RequestFactory

from chapter.web.csrf import CsrfMiddleware, origin_suffices
from tests.factories import make_member

OF_A_MEMBER, OF_NOBODY = {SESSION_KEY: "1"}, {"account_login": "begun"}
HERE, ELSEWHERE = "http://testserver", "https://evil.example.org"


def is_taken(*, origin=None, session=None, view=lambda request: HttpResponse(), **headers):
    headers |= {"origin": origin} if origin is not None else {}
    request = RequestFactory().post("/nb/x/", headers=headers)
    if session:
        request.COOKIES["session"] = "somebody"
        request.session = session
    return CsrfMiddleware(lambda request: HttpResponse()).process_view(request, view, (), {}) is None


@pytest.mark.parametrize(
    ("origin", "taken"),
    [
        (HERE, True),
        (ELSEWHERE, False),
        ("https://testserver", False),
        ("http://testserver:81", False),
        ("http://testserver.evil.example.org", False),
        ("null", False),
        ("", False),
        (None, False),
    ],
)
def test_without_a_session_the_origin_decides(origin, taken):
    assert is_taken(origin=origin) is taken


def test_referer_does_not_stand_in_for_the_origin():
    assert not is_taken(referer=f"{HERE}/nb/")


@pytest.mark.parametrize("origin", [HERE, ELSEWHERE, None])
def test_of_a_member_the_origin_is_not_enough(origin):
    assert not is_taken(origin=origin, session=OF_A_MEMBER)


@pytest.mark.parametrize(("origin", "taken"), [(HERE, True), (ELSEWHERE, False), (None, False)])
def test_a_session_of_nobody_that_began_since_takes_no_form_away(origin, taken):
    assert is_taken(origin=origin, session=OF_NOBODY) is taken


@pytest.mark.parametrize(("origin", "taken"), [(HERE, True), (ELSEWHERE, False), (None, False)])
def test_view_that_says_so_takes_the_origin_for_a_session_too(origin, taken):
    assert is_taken(origin=origin, session=OF_A_MEMBER, view=origin_suffices(lambda request: None)) is taken


def test_marked_view_is_still_the_view():
    assert origin_suffices(lambda request, pk: pk)(None, pk=7) == 7


@pytest.mark.django_db
@pytest.mark.parametrize(("token", "status"), [("", 403), ("x" * 64, 403), ("of the page", 302)])
def test_member_needs_the_token_of_the_page(token, status):
    member, client = make_member(), Client(enforce_csrf_checks=True)
    client.force_login(member)
    page = client.get("/nb/me/")
    token = str(page.context["csrf_token"]) if token == "of the page" else token
    data = {"name": "Kari", "organisation": "", "language": "nb", "csrfmiddlewaretoken": token}
    assert client.post("/nb/me/", data, headers={"origin": HERE}).status_code == status


@pytest.mark.django_db
@pytest.mark.parametrize(("language", "words"), [("nb", "skjema"), ("sv", "formul"), ("en", "form")])
def test_refused_form_says_what_to_do(language, words):
    response = Client(enforce_csrf_checks=True).post(f"/{language}/me/", headers={"origin": ELSEWHERE})
    page = response.content.decode()
    assert (response.status_code, f'<html lang="{language}">' in page) == (403, True)
    assert words in page.lower()


def test_a_database_that_is_away_while_it_is_asked_who_is_signed_in_is_said_kindly():
    class Away(dict):
        def __contains__(self, key):
            raise OperationalError("connection refused")

    request = RequestFactory().post("/nb/x/", headers={"origin": HERE})
    request.COOKIES["session"], request.session = "somebody", Away()
    answer = CsrfMiddleware(lambda request: HttpResponse()).process_view(request, lambda request: None, (), {})
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
