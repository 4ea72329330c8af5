"""Error pages: three languages, the right status, and no database needed."""

import pytest
from django.db import OperationalError, connection
from django.test import RequestFactory

from chapter.web import errors
from chapter.web.middleware import FriendlyErrors
from chapter.web.ratelimits import TooManyRequests


@pytest.mark.parametrize(
    ("view", "status"),
    [
        (errors.bad_request, 400),
        (errors.forbidden, 403),
        (errors.not_found, 404),
        (lambda request: errors.too_many(request, 30), 429),
        (errors.server_error, 500),
        (errors.unavailable, 503),
    ],
)
@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_error_page_speaks_the_language_of_the_address(view, status, language):
    response = view(RequestFactory().get(f"/{language}/x/"))
    assert response.status_code == status
    assert f'<html lang="{language}">' in response.content.decode()


def test_error_pages_differ_by_language():
    pages = {errors.not_found(RequestFactory().get(f"/{code}/x/")).content for code in ("nb", "sv", "en")}
    assert len(pages) == 3


@pytest.mark.parametrize(
    ("error", "status", "wait"),
    [(TooManyRequests(retry_after=30), 429, "30"), (OperationalError("lock timeout"), 503, "10")],
)
def test_trouble_becomes_a_page_that_says_when_to_try_again(error, status, wait):
    response = FriendlyErrors(None).process_exception(RequestFactory().get("/nb/"), error)
    assert (response.status_code, response["Retry-After"]) == (status, wait)


def test_answers_to_members_need_no_database_of_their_own(client, settings):
    """Without a database mark every query is an error, as it is when the database is away."""
    client.cookies[settings.SESSION_COOKIE_NAME] = "somebody"
    response = client.get("/healthz")
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store, private")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/nb/nothing/", "/nb/events/%00/", "/xx/", "/nb/principles/99999999999999999999/", "/%ff%fe"]
)
def test_nonsense_addresses_are_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_ready_says_what_is_missing(client):
    response = client.get("/readyz")
    state = {"database": True, "migrations": True, "worker": False, "mail": True}
    assert (response.status_code, response.json()) == (503, state)


@pytest.mark.django_db
def test_ready_when_a_worker_was_heard_of(client):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert client.get("/readyz").status_code == 200


def test_trying_again_stays_on_this_site():
    page = errors.server_error(RequestFactory().get("//evil.example.org/")).content.decode()
    assert 'href="//' not in page
