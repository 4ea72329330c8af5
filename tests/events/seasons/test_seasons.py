"""The theme of a season: one at a time, announced ahead, and a suggestion for new events."""

import re
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from chapter.models import AuditEntry, Chapter
from events.models import Season
from events.planning import initial_of_new
from events.seasons import actions as seasons
from tests.factories import make_organiser, make_season

pytestmark = pytest.mark.django_db


def dates(first, last):
    today = timezone.localdate()
    return {"starts_on": today + timedelta(days=first), "ends_on": today + timedelta(days=last)}


def test_two_themes_at_once_are_refused_with_a_message(organiser_client):
    make_season(days=90)
    response = organiser_client.post(reverse("season_new"), {"principle": 4, **dates(90, 120)})
    assert (response.status_code, Season.objects.count()) == (200, 1)
    assert response.context["form"].non_field_errors()
    organiser_client.post(reverse("season_new"), {"principle": 4, **dates(91, 120)})
    assert Season.objects.count() == 2


def test_the_database_refuses_them_too():
    make_season(days=90)
    with pytest.raises(seasons.Overlaps):
        seasons.save(Season(principle_id=1, **dates(30, 31)), by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        make_season(starts_in=90)


def test_the_last_day_does_not_come_before_the_first(organiser_client):
    response = organiser_client.post(reverse("season_new"), {"principle": 4, **dates(9, 8)})
    assert (response.status_code, Season.objects.count()) == (200, 0)


def test_the_events_page_shows_the_theme_of_now_and_the_next(client):
    make_season(principle=4, days=10), make_season(principle=2, starts_in=20), make_season(principle=6, starts_in=200)
    html = client.get("/en/events/").content.decode()
    season = html[html.index('<aside class="season principle-4"') :].split("</aside>")[0]
    assert re.findall(r"/en/principles/(\d)/", season) == ["4", "2"]


def test_a_season_that_is_over_is_not_shown(client):
    make_season(principle=4, starts_in=-30, days=29)
    assert 'class="season ' not in client.get("/en/events/").content.decode()


def test_the_principle_says_when_it_is_the_theme(client):
    make_season(principle=4)
    pages = [client.get(f"/en/principles/{number}/").content.decode() for number in (4, 5)]
    assert ["This is our theme until" in page for page in pages] == [True, False]


def test_a_new_event_is_offered_the_theme(organiser_client):
    assert organiser_client.get(reverse("event_new")).context["form"].initial["principles"] == []
    make_season(principle=4)
    assert organiser_client.get(reverse("event_new")).context["form"].initial["principles"] == [4]


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (date(2026, 9, 1), date(2026, 11, 30), "This autumn’s theme"),
        (date(2026, 12, 1), date(2027, 2, 28), "This winter’s theme"),
        (date(2026, 1, 1), date(2026, 12, 31), "Our theme now"),
    ],
)
def test_a_season_has_the_name_of_its_middle(first, last, name):
    from django.utils import translation

    with translation.override("en"):
        assert str(Season(principle_id=1, starts_on=first, ends_on=last).name) == name


def test_taking_it_back_is_in_the_log(client):
    organiser, season = make_organiser(), make_season()
    client.force_login(organiser)
    client.post(reverse("season_delete", args=[season.pk]))
    assert not Season.objects.exists()
    line = AuditEntry.objects.get(verb="season_deleted", actor=organiser)
    assert line.about.startswith("3 ") and len(line.about) > 2


def test_the_suggestion_comes_on_the_chapters_clock(time_machine):
    time_machine.move_to("2027-08-31T22:30:00Z")
    Season.objects.create(principle_id=3, starts_on=date(2027, 9, 1), ends_on=date(2027, 11, 30))
    assert initial_of_new(Chapter.load(), make_organiser())["principles"] == [3]
