"""The list of a new chapter: five steps, each ticked off by what was done, and gone when all are."""

from datetime import timedelta

import pytest

from chapter.models import Chapter
from events.models import Event
from otg_site import first_run
from tests.factories import make_event, make_organiser, make_venue

pytestmark = pytest.mark.django_db
ALL = ["address", "people", "privacy", "venue", "event"]
BLANKS = {"postal_address": "Gata 1", "hosted_by": "Skyen AS", "mail_sent_by": "Posten AB"}
PEOPLE = {f"{which}_contact_{part}": "x" for which in ("first", "second") for part in ("name", "reach")}
DO = {
    "address": lambda: Chapter.objects.update(contact_email="hei@oneteamgov.no"),
    "people": lambda: Chapter.objects.update(**PEOPLE),
    "privacy": lambda: Chapter.objects.update(**BLANKS),
    "venue": make_venue,
    "event": lambda: make_event(venue=None),
}


@pytest.fixture(autouse=True)
def _production(settings):
    settings.PRODUCTION = True
    Chapter.objects.update(contact_email="hello@chapter.example.org")


def done():
    return [name for name, step in zip(ALL, first_run.steps(), strict=True) if step.is_done]


def test_a_fresh_chapter_has_all_five_before_it():
    assert done() == []


@pytest.mark.parametrize("name", ALL)
def test_each_is_ticked_off_by_what_was_done(name):
    DO[name]()
    assert done() == [name]


def test_half_of_a_person_is_none():
    Chapter.objects.update(**{**PEOPLE, "second_contact_reach": ""})
    assert done() == []


def test_draft_is_not_announced():
    make_event(venue=None, state=Event.State.DRAFT)
    assert done() == []


def test_list_goes_away_when_all_is_done():
    for do in DO.values():
        do()
    assert first_run.steps() == []


def test_chapter_that_has_met_is_no_new_one():
    make_event(starts_in=timedelta(days=-2))
    assert first_run.steps() == []


def desk(client):
    client.force_login(make_organiser(), backend="django.contrib.auth.backends.ModelBackend")
    return client.get("/en/organise/")


def test_desk_begins_with_it_and_says_nothing_twice(client):
    response = desk(client)
    page, templates = response.content.decode(), [p.template for _, _, ps in response.context["groups"] for p in ps]
    assert "0 of 5 done." in page
    assert 'href="/en/organise/chapter/#id_first_contact_name"' in page
    assert ("Nothing to do right now" in page, first_run.SAID & set(templates)) == (False, set())


def test_desk_says_again_what_a_chapter_left_open(client):
    make_event(starts_in=timedelta(days=-200))
    response = desk(client)
    templates = {panel.template for _, _, panels in response.context["groups"] for panel in panels}
    assert (templates >= first_run.SAID, "of 5 done" in response.content.decode()) == (True, False)


def test_fields_that_it_leads_to_are_there(client):
    urls = [step.url for step in first_run.steps()]
    client.force_login(make_organiser(), backend="django.contrib.auth.backends.ModelBackend")
    missing = []
    for url in urls:
        path, _, field = url.partition("#")
        if f'id="{field}"' not in client.get(path).content.decode() and field:
            missing.append(url)
    assert missing == []
