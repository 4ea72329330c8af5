"""The contact address of a fresh site is one that somebody reads, or the desk says that it is not."""

from datetime import timedelta

import pytest

from chapter.models import Chapter
from chapter.pages import contact
from tests.factories import make_event, make_organiser


@pytest.mark.parametrize(
    "address",
    ["a@example.org", "hello@chapter.example.org", "a@EXAMPLE.com", "a@example.net.", "a@x.test", "a@localhost", "a@x.example", "", "x"],
)  # fmt: skip
def test_examples_are_nobodys(address):
    assert contact.is_nobodys(address)


@pytest.mark.parametrize("address", ["a@oneteamgov.no", "a@myexample.org", "a@contest.no", "a@example.org.no"])
def test_real_ones_are_somebodys(address):
    assert not contact.is_nobodys(address)


@pytest.mark.django_db
def test_a_fresh_site_takes_it_from_the_settings(settings):
    Chapter.objects.all().delete()
    settings.SERVER_EMAIL = "hei@oneteamgov.no"
    assert Chapter.load().contact_email == "hei@oneteamgov.no"


@pytest.mark.django_db
@pytest.mark.parametrize(("address", "is_asked"), [("hello@chapter.example.org", True), ("hei@oneteamgov.no", False)])
def test_the_desk_asks_for_one_until_it_is_real(client, settings, address, is_asked):
    settings.PRODUCTION = True
    Chapter.objects.update(contact_email=address)
    make_event(starts_in=timedelta(days=-200))
    client.force_login(make_organiser(), backend="django.contrib.auth.backends.ModelBackend")
    first = client.get("/en/organise/").context["groups"][0]
    assert ("chapter/pages/_contact_on_desk.html" in [task.template for task in first[2]]) is is_asked


@pytest.mark.parametrize(
    ("production", "address", "warnings"),
    [(True, "a@example.org", 1), (True, "a@x.no", 0), (False, "a@example.org", 0)],
)
def test_the_start_warns_of_an_example(settings, production, address, warnings):
    settings.PRODUCTION, settings.SERVER_EMAIL = production, address
    assert len(contact.mail_from_is_real(None)) == warnings
