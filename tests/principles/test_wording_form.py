"""Organisers adopt new wordings on the site; the old ones stay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from chapter.pages.texts import SHIPPED_SOURCE
from chapter.privacy import registry
from principles.models import PrincipleWording
from tests.factories import make_member, make_organiser

pytestmark = pytest.mark.django_db
ADDRESS = "/en/principles/3/wording/"


@pytest.fixture
def organiser(client):
    organiser = make_organiser()
    client.force_login(organiser)
    return organiser


def send(client, **changes):
    fields = {"language": "sv", "title": "Ny titel", "body": "Ny text.", "adopted_on": "2020-02-03"}
    return client.post(ADDRESS, {**fields, **changes})


def current(language="sv"):
    return PrincipleWording.objects.in_language(language).get(principle=3)


def test_form_starts_with_the_current_text_of_the_asked_language(client, organiser):
    initial = client.get(ADDRESS + "?language=sv").context["form"].initial
    assert (initial["language"], initial["title"], initial["body"]) == ("sv", current().title, current().body)
    assert "source_name" not in initial


def test_strange_language_gives_the_pages(client, organiser):
    assert client.get(ADDRESS + "?language=xx").context["form"].initial["language"] == "en"


def test_adopted_wording_is_current_and_the_old_one_kept(client, organiser):
    old = current()
    response = send(client)
    old.refresh_from_db()
    assert response["Location"] == "/en/principles/3/history/sv/"
    assert (current().title, current().version, current().author) == ("Ny titel", 2, organiser)
    assert not old.is_current


def test_sending_twice_adopts_once(client, organiser):
    send(client)
    assert (
        "Nothing had changed."
        in client.post(
            ADDRESS,
            {"language": "sv", "title": "Ny titel", "body": "Ny text.", "adopted_on": "2020-02-03"},
            follow=True,
        ).content.decode()
    )
    assert current().version == 2


def test_hostile_text_is_cleaned(client, organiser):
    send(client, title="Ny\r\n\x00 titel", body="Hej <script>x</script>\r\n\r\n- a")
    assert (current().title, "<script" in current().body_html) == ("Ny titel", False)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "x" * 201),
        ("body", ""),
        ("body", "x" * 50_001),
        ("language", "de"),
        ("source_url", "javascript:alert(1)"),
        ("source_name", SHIPPED_SOURCE.lower()),
        ("adopted_on", "yesterday"),
        ("adopted_on", str(timezone.localdate() + timedelta(days=2))),
    ],
)
def test_bad_input_is_said_beside_its_field_and_nothing_is_lost(client, organiser, field, value):
    response = send(client, **{field: value})
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (200, [field])
    assert form["title"].value() == (value if field == "title" else "Ny titel")
    assert current().version == 1


def test_members_cannot_adopt(client):
    client.force_login(make_member())
    assert send(client).status_code == 403
    assert current().version == 1


def test_author_gets_a_copy_and_can_leave(client, organiser):
    send(client)
    (row,) = registry.export(organiser)["principles.PrincipleWording"]
    assert (row["principle"], row["language"], row["title"], row["adopted_on"]) == (3, "sv", "Ny titel", "2020-02-03")
    assert registry.export(make_member())["principles.PrincipleWording"] == []
    organiser.delete()
    assert (current().title, current().author) == ("Ny titel", None)
