"""Our events on other pages: in a frame, as data, and what to copy."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from chapter.wordings import adopt_wording
from events.models import Event, Series
from tests.factories import make_event, make_organiser, make_rsvp, make_venue

pytestmark = pytest.mark.django_db
State = Event.State


def get(client, name, query="", **headers):
    with translation.override("en"):
        return client.get(reverse(name) + query, headers=headers)


def titles(client, query=""):
    return [event["title"] for event in get(client, "events_json", query).json()["events"]]


def make_series(slug="third-thursday"):
    series = Series.objects.create(slug=slug, starts_on=timezone.localdate(), starts_at=time(11, 30))
    adopt_wording(series, language="en", title="Third Thursday")
    return series


# The frame


def test_frame_may_stand_on_any_page_and_sets_no_cookie(client):
    make_event()
    response = get(client, "embed")
    assert "frame-ancestors *" in response["Content-Security-Policy"]
    assert "X-Frame-Options" not in response
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not response.cookies


def test_frame_has_no_script_and_no_form_and_leaves_by_the_top(client):
    make_event(title="Coffee")
    page = get(client, "embed").content.decode()
    assert ("<script" in page, "<form" in page) == (False, False)
    assert page.count("<a ") == page.count('target="_top"') == 3


def test_frame_shows_everybody_the_same(client):
    make_event(title="Secret", state=State.DRAFT)
    make_event(title="Coffee")
    seen = get(client, "embed").content
    client.force_login(make_organiser())
    assert get(client, "embed").content == seen
    assert b"Secret" not in seen


@pytest.mark.parametrize(
    ("state", "word"), [(State.CANCELLED, "Cancelled"), (State.POSTPONED, "Postponed"), (State.PUBLISHED, "")]
)
def test_frame_says_what_became_of_an_event(client, state, word):
    make_event(state=state)
    assert [w for w in ("Cancelled", "Postponed") if f">{w}</strong>" in get(client, "embed").content.decode()] == (
        [word] if word else []
    )


def test_frame_shows_five_or_as_many_as_it_is_asked_for(client):
    for _ in range(7):
        make_event()
    assert [get(client, "embed", query).content.count(b"<article") for query in ("", "?n=2", "?n=0", "?n=x")] == [
        5,
        2,
        5,
        5,
    ]


def test_frame_without_events_says_so(client):
    assert b"Nothing is planned right now" in get(client, "embed").content


@pytest.mark.parametrize("name", ["events", "event", "embed_help", "events_feed", "me"])
def test_no_other_page_may_be_framed(client, name):
    response = client.get(reverse(name, args=[make_event().slug] if name == "event" else []))
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"


# Data


def test_data_has_the_public_facts(client):
    venue = make_venue()
    event = make_event(
        title="Coffee",
        language="en",
        venue=venue,
        capacity=9,
        starts_at=datetime(2099, 7, 2, 15, tzinfo=UTC),
        online_url="https://meet.example.org/secret",
        principles=[3],
    )
    make_rsvp(event=event, name="Kari Eksempel")
    response = get(client, "events_json")
    [found] = response.json()["events"]
    assert (found["id"], found["title"], found["seats_left"]) == (str(event.uid), "Coffee", 8)
    assert (found["starts_at"], found["time_zone"]) == ("2099-07-02T17:00:00+02:00", "Europe/Oslo")
    assert found["venue"] == {"name": "Kafé Eksempel", "address": "Eksempelgata 1", "city": "Eksempelby"}
    assert found["url"] == f"http://localhost:8000/en/events/{event.slug}/"
    assert [word for word in ("Kari", "meet.example.org", "example.org") if word in response.content.decode()] == []


def test_data_has_the_fields_that_the_help_page_names(client):
    make_event()
    page = get(client, "embed_help").content.decode()
    [found] = get(client, "events_json").json()["events"]
    named = {name for part in page.split('<th scope="row"><code>')[1:] for name in part.split("<")[0].split(", ")}
    assert set(found) == named


def test_data_may_be_fetched_by_any_page_and_kept_a_while(client):
    make_event()
    response = get(client, "events_json", origin="https://intranet.example.org")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    assert response["Cache-Control"] == "public, max-age=300"
    again = get(client, "events_json", if_none_match=response["ETag"])
    assert (again.status_code, again["Access-Control-Allow-Origin"]) == (304, "*")
    make_event()
    assert get(client, "events_json", if_none_match=response["ETag"]).status_code == 200


# What is chosen


def test_choice_by_kind_place_and_series(client):
    series = make_series()
    make_event(title="Talk", kind="talk", starts_in=timedelta(days=1))
    make_event(title="There", venue=make_venue(city="Ås"), starts_in=timedelta(days=2))
    make_event(title="Thursday", series=series, starts_in=timedelta(days=3))
    assert titles(client, "?kind=talk") == ["Talk"]
    assert titles(client, "?place=Ås") == ["There"]
    assert titles(client, "?series=third-thursday") == ["Thursday"]
    assert titles(client, "?kind=rave&place=Atlantis&series=nope&n=-4") == ["Talk", "There", "Thursday"]


def test_town_with_nothing_planned_stays_chosen(client):
    make_event(title="Then", venue=make_venue(city="Ås"), starts_in=timedelta(days=-3))
    make_event(title="Elsewhere")
    assert titles(client, "?place=Ås") == []


def test_series_of_which_nothing_was_announced_is_not_offered(client):
    make_event(series=make_series(), state=State.DRAFT)
    assert b"Third Thursday" not in get(client, "embed_help").content


# What to copy


def test_help_gives_the_code_for_what_was_chosen(client):
    make_event(kind="talk")
    page = get(client, "embed_help", "?kind=talk&n=3").content.decode()
    assert "&lt;iframe src=&quot;http://localhost:8000/en/events/embed/?kind=talk&amp;amp;n=3&quot;" in page
    assert "http://localhost:8000/en/events/events.json?kind=talk&amp;n=3" in page
    assert 'value="http://localhost:8000/en/events/feed.ics?kind=talk"' in page


def test_events_page_leads_there(client):
    assert b'href="/en/events/embed/help/"' in get(client, "events").content
