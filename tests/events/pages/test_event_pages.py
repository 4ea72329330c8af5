"""The public lists and the event's page."""

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from chapter.models import Chapter
from chapter.panels import panels_for
from chapter.wordings import adopt_wording
from events.models import Event
from principles.models import Principle
from tests.factories import (
    make_event,
    make_member,
    make_microaction,
    make_organiser,
    make_photo,
    make_post,
    make_rsvp,
    make_venue,
)

pytestmark = pytest.mark.django_db
State = Event.State


def titles(response):
    return re.findall(r'(?:ticket|past)__title"><a [^>]*>([^<]+)<', response.content.decode())


def json_ld(response):
    return json.loads(re.search(r'ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)[1])


@pytest.fixture(autouse=True)
def _english(client):
    from django.utils import translation

    with translation.override("en"):
        yield


def test_upcoming_is_nearest_first_and_shows_what_is_off(client):
    make_event(title="Later", starts_in=timedelta(days=9))
    make_event(title="Sooner", starts_in=timedelta(days=2))
    make_event(title="Off", starts_in=timedelta(days=3), state=State.CANCELLED)
    make_event(title="Secret", state=State.DRAFT)
    make_event(title="Over", starts_in=timedelta(days=-2))
    page = client.get(reverse("events"))
    assert titles(page) == ["Sooner", "Off", "Later"]
    assert page.content.decode().count("chip--cancelled") == 1


def test_an_event_that_has_begun_is_still_there(client):
    make_event(title="Now", starts_in=timedelta(minutes=-10))
    assert titles(client.get(reverse("events"))) == ["Now"]


def test_filters_by_kind_town_and_online(client):
    make_event(title="Talk here", kind="talk", venue=make_venue(city="Lillevik"))
    make_event(title="Coffee here", venue=make_venue(city="Lillevik"))
    make_event(title="Talk online", kind="talk", online_url="https://meet.example.org/1")
    url = reverse("events")
    assert titles(client.get(url, {"kind": "talk"})) == ["Talk here", "Talk online"]
    assert titles(client.get(url, {"place": "Lillevik"})) == ["Talk here", "Coffee here"]
    assert titles(client.get(url, {"kind": "talk", "place": "online"})) == ["Talk online"]


@pytest.mark.parametrize("query", ["kind=nonsense", "place=%00", "page=abc", "kind=talk&kind=x", "page=-1"])
def test_what_is_no_filter_is_ignored(client, query):
    make_event(title="Coffee")
    assert titles(client.get(f"{reverse('events')}?{query}")) == ["Coffee"]


def test_empty_lists_say_what_to_do(client):
    assert "No event is planned yet" in client.get(reverse("events")).content.decode()
    make_event(kind="talk")
    assert "Nothing like that is planned" in client.get(reverse("events"), {"kind": "workshop"}).content.decode()
    assert "Nothing has happened here yet" in client.get(reverse("events_past")).content.decode()


def test_drafts_are_listed_for_organisers_only(client):
    make_event(title="Secret", state=State.DRAFT)
    assert titles(client.get(reverse("events"))) == []
    client.force_login(make_member())
    assert titles(client.get(reverse("events"))) == []
    client.force_login(make_organiser())
    assert titles(client.get(reverse("events"))) == ["Secret"]


def test_past_is_latest_first_by_year(client):
    make_event(title="In 2024", starts_at=datetime(2024, 5, 2, 15, tzinfo=UTC))
    make_event(title="In 2023", starts_at=datetime(2023, 5, 2, 15, tzinfo=UTC))
    make_event(title="Never was", starts_at=datetime(2024, 6, 2, 15, tzinfo=UTC), state=State.CANCELLED)
    url = reverse("events_past")
    assert titles(client.get(url)) == ["In 2024", "In 2023"]
    assert titles(client.get(url, {"year": "2023"})) == ["In 2023"]
    assert titles(client.get(url, {"year": "10" * 20})) == ["In 2024", "In 2023"]


def test_new_year_begins_on_the_clock_of_the_event(client):
    make_event(title="Nyttår", starts_at=datetime(2023, 12, 31, 23, 30, tzinfo=UTC), time_zone="Europe/Oslo")
    response = client.get(reverse("events_past"), {"year": "2024"})
    assert (titles(response), response.context["years"]) == (["Nyttår"], [2024])


def test_past_is_paged(client):
    for n in range(21):
        make_event(title=f"No. {n}", starts_in=timedelta(days=-n - 1))
    first = client.get(reverse("events_past"))
    assert len(titles(first)) == 20
    assert titles(client.get(reverse("events_past"), {"page": first.context["page"].after})) == ["No. 20"]


def test_past_says_under_years_what_came_of_each(client):
    led, bare = (
        make_event(title="Led", starts_at=datetime(2024, 5, 2, 15, tzinfo=UTC)),
        make_event(title="Bare", starts_at=datetime(2023, 5, 2, 15, tzinfo=UTC)),
    )
    make_post(title="Hva vi lærte", summary_of=led, language="nb")
    make_post(title="What we learned", summary_of=led, language="en")
    make_post(title="A draft", summary_of=bare, is_draft=True)
    for n in range(3):
        make_microaction(event=led, status="done", result=f"Result {n}")
    make_microaction(event=led, status="done", result="Secret", visibility="event")
    make_microaction(event=bare, status="done", result="Held", held=True)
    make_photo(event=led, alt="Cups"), make_photo(event=led), make_photo(event=led, hidden=True)
    text = client.get(reverse("events_past")).content.decode()
    of_2024, of_2023 = re.split(r"<h2>2023</h2>", text.split("<h2>2024</h2>")[1])
    for part in ("What we learned", "Result 2", "and 2 more results", 'alt="Cups"', "2 photos"):
        assert part in of_2024
    assert "past--bare" in of_2023
    for part in ("Hva vi lærte", "Result 1", "Secret", "Held", "A draft"):
        assert part not in text


@pytest.mark.parametrize(("name", "days", "queries"), [("events", 3, 8), ("events_past", -30, 8)])
@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_the_same_whatever_their_length(client, django_assert_num_queries, name, days, queries, rows):
    for n in range(rows):
        event = make_event(starts_in=timedelta(days=days + n), principles=[1, 2 + n], venue=make_venue(), capacity=3)
        make_rsvp(event=event)
    Chapter.load()
    with django_assert_num_queries(queries):
        client.get(reverse(name))


def test_page_says_when_and_where(client):
    venue = make_venue(name="Room", directions="Up the stairs", access_notes="A lift", language="en")
    start = datetime(2099, 7, 2, 15, tzinfo=UTC)
    event = make_event(title="Coffee", starts_at=start, venue=venue, capacity=5, language="en")
    event.hosts.add(make_organiser(name="Kari Eksempel"))
    make_rsvp(event=event)
    text = client.get(event.get_absolute_url()).content.decode()
    for part in ["Thursday 2 July 2099", "17:00–18:00", 'datetime="2099-07-02T17:00:00+02:00"', "Up the stairs"]:
        assert part in text
    for part in ["A lift", "Kari Eksempel", 'data-seats-left="4"']:
        assert part in text
    assert "Oslo time" not in text


def test_zone_is_named_where_it_is_not_the_chapters(client):
    start = datetime(2099, 7, 2, 15, tzinfo=UTC)
    event = make_event(starts_at=start, time_zone="Europe/Helsinki")
    text = client.get(event.get_absolute_url()).content.decode()
    assert "18:00–19:00" in text
    assert "time zone: Helsinki" in text


def test_link_to_the_online_meeting_is_never_on_the_page(client):
    event = make_event(online_url="https://meet.example.org/secret")
    make_rsvp(event=event)
    page = client.get(event.get_absolute_url()).content.decode()
    assert "Online" in page
    assert "meet.example.org" not in page


def test_draft_is_for_organisers(client):
    event = make_event(state=State.DRAFT)
    urls = [event.get_absolute_url(), reverse("event_ics", args=[event.slug])]
    assert [client.get(url).status_code for url in urls] == [404, 404]
    client.force_login(make_organiser())
    assert [client.get(url).status_code for url in urls] == [200, 200]


def test_reason_is_shown_when_it_is_off(client):
    for state in (State.CANCELLED, State.POSTPONED):
        event = make_event(state=state, state_reason="The room <is> flooded")
        assert "The room &lt;is&gt; flooded" in client.get(event.get_absolute_url()).content.decode()


def test_text_in_another_language_says_so(client):
    event = make_event(title="Kaffe", body="Velkommen", language="nb")
    page = client.get(event.get_absolute_url()).content.decode()
    assert '<h1 lang="nb">Kaffe</h1>' in page
    assert "Shown in Norwegian" in page
    adopt_wording(event, language="en", title="Coffee", body="Welcome")
    page = client.get(event.get_absolute_url()).content.decode()
    assert "<h1>Coffee</h1>" in page
    assert "Shown in" not in page


def test_hreflang_names_only_languages_with_a_text(client):
    event = make_event(language="nb")
    adopt_wording(event, language="en", title="Coffee")
    page = client.get(event.get_absolute_url()).content.decode()
    assert re.findall(r'rel="alternate" hreflang="(\w+)"', page) == ["nb", "en"]


def test_principle_shows_the_next_three_and_the_latest_three(rf):
    for n in range(4):
        make_event(title=f"Next {n}", starts_in=timedelta(days=n + 1), principles=[3])
        make_event(title=f"Last {n}", starts_in=timedelta(days=-n - 1), principles=[3])
    make_event(title="Other", principles=[4])
    request = rf.get("/")
    request.user = AnonymousUser()
    panels = panels_for("principle", Principle.objects.get(number=3), request)
    [panel] = [panel for panel in panels if "upcoming" in panel.context]
    assert [e.wording.title for e in panel.context["upcoming"]] == ["Next 0", "Next 1", "Next 2"]
    assert [e.wording.title for e in panel.context["past"]] == ["Last 0", "Last 1", "Last 2"]


# Data for machines


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({}, "EventScheduled"),
        ({"state": State.CANCELLED}, "EventCancelled"),
        ({"state": State.POSTPONED}, "EventPostponed"),
        ({"moved_from": datetime(2099, 1, 1, 12, tzinfo=UTC)}, "EventRescheduled"),
        ({"moved_from": datetime(2099, 1, 1, 12, tzinfo=UTC), "state": State.CANCELLED}, "EventCancelled"),
    ],
)
def test_json_ld_tells_the_state(client, fields, status):
    event = make_event(starts_at=datetime(2099, 2, 1, 12, tzinfo=UTC), **fields)
    data = json_ld(client.get(event.get_absolute_url()))
    assert data["eventStatus"] == f"https://schema.org/{status}"
    assert data["startDate"] == "2099-02-01T13:00:00+01:00"
    assert data.get("previousStartDate") == ("2099-01-01T13:00:00+01:00" if status == "EventRescheduled" else None)


def test_json_ld_counts_seats_and_hides_the_link(client):
    event = make_event(venue=make_venue(), online_url="https://meet.example.org/secret", capacity=3)
    make_rsvp(event=event)
    data = json_ld(client.get(event.get_absolute_url()))
    assert data["eventAttendanceMode"].endswith("MixedEventAttendanceMode")
    assert [place["@type"] for place in data["location"]] == ["Place", "VirtualLocation"]
    assert data["location"][1]["url"] == data["url"]
    assert (data["maximumAttendeeCapacity"], data["remainingAttendeeCapacity"]) == (3, 2)
    assert (data["organizer"]["name"], data["inLanguage"]) == (Chapter.load().name, "nb")


def test_json_ld_of_a_hostile_title_stays_data(client):
    title = '</script><script>alert(1)</script> & "quotes"'
    response = client.get(make_event(title=title).get_absolute_url())
    assert json_ld(response)["name"] == title
    assert b"<script>alert" not in response.content


def test_draft_has_no_data_for_machines(client):
    client.force_login(make_organiser())
    assert b"ld+json" not in client.get(make_event(state=State.DRAFT).get_absolute_url()).content


def test_pages_set_no_cookie(client):
    event = make_event()
    pages = [reverse("events"), reverse("events_past"), reverse("events_feed"), event.get_absolute_url()]
    assert [dict(client.get(url).cookies) for url in pages] == [{}, {}, {}, {}]


def test_page_costs_the_same_with_many_people(client, django_assert_max_num_queries):
    event = make_event(capacity=30, venue=make_venue(), principles=[1, 2, 3])
    for _ in range(12):
        make_rsvp(event=event, queued_at=timezone.now())
    with django_assert_max_num_queries(16):
        client.get(event.get_absolute_url())


def test_past_event_opens_with_what_came_of_it(client):
    event = make_event(starts_in=timedelta(days=-3))
    make_post(title="What we said", language="nb", summary_of=event)
    page = client.get(event.get_absolute_url()).content.decode()
    assert page.index("What we said") < page.index('class="facts')
