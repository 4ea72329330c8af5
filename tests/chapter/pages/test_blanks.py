"""Who is responsible, who helps, and whom to turn to: on the pages once it is filled in, on the desk until then."""

from datetime import timedelta

import pytest

from chapter import privacy
from chapter.models import Chapter, Page
from chapter.pages import authorities
from chapter.wordings import adopt_wording
from tests.factories import make_event, make_member, make_organiser

pytestmark = pytest.mark.django_db
FILLED_IN = {
    "postal_address": "Gata 1, 0001 By",
    "hosted_by": "Skyen AS, Norge",
    "mail_sent_by": "Posten AB, Sverige",
    "first_contact_name": "Kari",
    "first_contact_reach": "kari@example.org",
    "second_contact_name": "Per",
    "second_contact_reach": "123 45 678",
}
DESK = "chapter/pages/_blanks_on_desk.html"


def page_of(client, key):
    return client.get(f"/en/{key}/").content.decode()


def desk_of(client):
    """Of a chapter that has met: one that has not is shown its first steps instead."""
    make_event(starts_in=timedelta(days=-200))
    client.force_login(make_organiser(), backend="django.contrib.auth.backends.ModelBackend")
    groups = client.get("/en/organise/").context["groups"]
    return {task.template: task.context for _key, _heading, tasks in groups for task in tasks}


def test_a_fresh_chapter_has_blanks_that_the_desk_names(client):
    assert desk_of(client)[DESK]["blanks"] == Chapter.load().blanks
    assert len(Chapter.load().blanks) == len(FILLED_IN)


def test_the_desk_is_silent_once_all_is_filled_in(client):
    Chapter.objects.update(**FILLED_IN)
    assert DESK not in desk_of(client)


def test_the_form_asks_for_all_of_it(client):
    client.force_login(make_organiser(), backend="django.contrib.auth.backends.ModelBackend")
    assert set(FILLED_IN) <= set(client.get("/en/organise/chapter/").context["form"].fields)


def test_the_privacy_page_says_who_is_responsible_and_who_helps(client):
    Chapter.objects.update(name="One Team Gov By", contact_email="hei@example.org", **FILLED_IN)
    page = page_of(client, "privacy")
    for said in (
        "One Team Gov By<br>Gata 1, 0001 By",
        "mailto:hei@example.org",
        "Skyen AS, Norge",
        "Posten AB, Sverige",
    ):
        assert said in page


def test_the_chapters_own_text_does_not_lose_it(client):
    Chapter.objects.update(**FILLED_IN)
    for key in ("privacy", "code-of-conduct"):
        adopt_wording(Page.objects.get(key=key), language="en", title="Ours", body="Short.")
    assert "Skyen AS, Norge" in page_of(client, "privacy")
    assert "123 45 678" in page_of(client, "code-of-conduct")


def test_the_code_of_conduct_names_two_people(client):
    Chapter.objects.update(**FILLED_IN)
    page = page_of(client, "code-of-conduct")
    assert "<dt>Kari</dt>" in page and 'href="mailto:kari@example.org"' in page
    assert "<dt>Per</dt>" in page


def test_a_name_without_a_way_to_reach_it_is_not_shown(client):
    Chapter.objects.update(**{**FILLED_IN, "first_contact_reach": ""})
    assert Chapter.load().contacts == [("Per", "123 45 678")]


def test_readers_see_no_blank(client):
    page = page_of(client, "privacy") + page_of(client, "code-of-conduct")
    assert "Still to be filled in" not in page and "People to turn to" not in page


@pytest.mark.parametrize(
    ("zone", "address"),
    [
        ("Europe/Oslo", "https://www.datatilsynet.no/"),
        ("Europe/Stockholm", "https://www.imy.se/"),
        ("Europe/Paris", authorities.ELSEWHERE),
    ],
)
def test_complaints_go_to_the_authority_of_the_chapters_country(client, zone, address):
    Chapter.objects.update(time_zone=zone)
    assert f'href="{address}"' in page_of(client, "privacy")


def test_whoever_deletes_the_account_is_named_no_longer():
    member = make_member(name="Kari", email="per@example.org")
    Chapter.objects.update(**{**FILLED_IN, "second_contact_reach": "Per@Example.org"})
    privacy.erase(member, keep_texts=True)
    assert Chapter.load().contacts == []
