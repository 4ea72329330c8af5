"""What people and machines are told of an event that was moved, postponed or cancelled, in each language."""

import json
import re
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from django.utils import translation

from chapter.wordings import adopt_wording
from events import planning
from events.calendars import links as calendar_links
from events.models import Event, Rsvp
from tests.events.pages.test_event_pages import titles
from tests.events.planning.test_changes import edit
from tests.factories import make_event, make_rsvp, make_venue
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
NOON = datetime(2099, 5, 7, 10, tzinfo=UTC)
TITLES = {"nb": "Kaffe", "sv": "Fika", "en": "Coffee"}
SAID = {
    "cancel": {
        "nb": ("Avlyst: Kaffe", "Dette arrangementet blir dessverre ikke holdt."),
        "sv": ("Inställt: Fika", "Evenemanget blir inte av."),
        "en": ("Cancelled: Coffee", "This event won’t take place."),
    },
    "postpone": {
        "nb": ("Utsatt: Kaffe", "torsdag 7. mai 2099"),
        "sv": ("Uppskjutet: Fika", "torsdag 7 maj 2099"),
        "en": ("Postponed: Coffee", "Thursday 7 May 2099"),
    },
    "move": {
        "nb": ("Endret: Kaffe", "fredag 8. mai 2099"),
        "sv": ("Ändrat: Fika", "fredag 8 maj 2099"),
        "en": ("Changed: Coffee", "Friday 8 May 2099"),
    },
}


def make_trilingual(**fields):
    event = make_event(title=TITLES["nb"], language="nb", starts_at=NOON, venue=make_venue(), **fields)
    for language in ("sv", "en"):
        adopt_wording(event, language=language, title=TITLES[language])
    return event


def change(event, verb):
    if verb == "move":
        day = timedelta(days=1)
        return edit(event, title="Kaffe", starts_at=NOON + day, ends_at=event.ends_at + day, reason="Storm <1>")
    return getattr(planning, verb)(event.pk, reason="Storm <1>")


@pytest.mark.parametrize("language", TITLES)
@pytest.mark.parametrize("verb", SAID)
def test_letter_says_what_happened_and_why(mailoutbox, verb, language):
    event = make_trilingual()
    rsvp = make_rsvp(event=event, language=language)
    assert change(event, verb) == 1
    deliver_all()
    [mail], (subject, sentence) = mailoutbox, SAID[verb][language]
    html = mail.alternatives[0].content
    assert mail.subject == subject
    assert all(sentence in text for text in (mail.body, html))
    assert "Storm <1>" in mail.body
    assert "Storm &lt;1&gt;" in html
    assert f"/{language}/events/{event.slug}/" in mail.body
    assert (rsvp.token in mail.body) == (verb != "cancel")


def test_letter_to_a_reader_of_a_missing_language_has_the_next_title(mailoutbox):
    event = make_event(title="Kaffe", language="nb", starts_at=NOON)
    make_rsvp(event=event, language="sv")
    planning.cancel(event.pk, reason="Storm")
    deliver_all()
    assert mailoutbox[0].subject == "Inställt: Kaffe"


# Data for machines


def data_of(client, event):
    text = client.get(reverse("event", args=[event.slug])).text
    return json.loads(re.search(r'ld\+json">(.*?)</script>', text, re.DOTALL)[1])


@pytest.mark.parametrize(
    ("place", "mode", "kinds"),
    [
        ({}, "OfflineEventAttendanceMode", "Place"),
        ({"venue": None, "online_url": "https://meet.example.org/1"}, "OnlineEventAttendanceMode", "VirtualLocation"),
    ],
)
def test_place_is_one_thing_where_there_is_one(client, place, mode, kinds):
    event = make_event(**{"venue": make_venue(), **place})
    data = data_of(client, event)
    assert (data["eventAttendanceMode"], data["location"]["@type"]) == (f"https://schema.org/{mode}", kinds)
    assert "meet.example.org" not in json.dumps(data)


def test_moved_event_keeps_the_date_people_knew_on_its_own_clock(client):
    event = make_trilingual(time_zone="Europe/Helsinki")
    change(event, "move")
    data = data_of(client, event)
    assert (data["previousStartDate"], data["startDate"]) == (
        "2099-05-07T13:00:00+03:00",
        "2099-05-08T13:00:00+03:00",
    )


def test_new_place_at_the_same_time_is_no_new_date(client):
    event = make_trilingual()
    edit(event, title="Kaffe", venue=make_venue(name="Elsewhere", city="Lillevik"))
    data = data_of(client, event)
    assert (data["eventStatus"], data["location"]["name"]) == ("https://schema.org/EventScheduled", "Elsewhere")
    assert "previousStartDate" not in data


@pytest.mark.parametrize(
    "fields", [{"state": "cancelled"}, {"state": "postponed"}, {"starts_in": timedelta(days=-1)}]
)
def test_closed_event_offers_no_seat(client, fields):
    data = data_of(client, make_event(capacity=5, **fields))
    assert (data["maximumAttendeeCapacity"], data["remainingAttendeeCapacity"]) == (5, 0)


def test_waiting_people_leave_no_seat_to_offer(client):
    event = make_event(capacity=2)
    for status in (Rsvp.Status.GOING, Rsvp.Status.WAITLISTED, Rsvp.Status.CANCELLED):
        make_rsvp(event=event, status=status)
    assert data_of(client, event)["remainingAttendeeCapacity"] == 0


# Links to calendars


def query_of(address):
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


@pytest.mark.parametrize("language", TITLES)
def test_links_carry_title_place_moment_and_page_in_the_readers_language(language):
    event = make_trilingual(online_url="https://meet.example.org/secret")
    with translation.override(language):
        google, outlook, office = (query_of(address) for _, address in calendar_links.add_links(event))
    page = f"http://localhost:8000/{language}/events/{event.slug}/"
    assert (google["action"], google["ctz"]) == ("TEMPLATE", "Europe/Oslo")
    assert (google["dates"], google["text"], google["details"]) == (
        "20990507T100000Z/20990507T110000Z",
        TITLES[language],
        page,
    )
    assert (outlook["startdt"], outlook["enddt"]) == ("2099-05-07T10:00:00Z", "2099-05-07T11:00:00Z")
    assert (outlook["subject"], outlook["body"], outlook) == (TITLES[language], page, office)
    assert google["location"].startswith("Kafé Eksempel, Eksempelgata 1, Eksempelby / ")


def test_marks_in_a_title_change_no_parameter():
    event = make_event(title="A&text=B #1 +æ", language="en")
    with translation.override("en"):
        google = query_of(dict(calendar_links.add_links(event))["Google Calendar"])
    assert google["text"] == "A&text=B #1 +æ"


# Lists


def test_filters_and_pages_combine(client):
    here, there = make_venue(city="Lillevik"), make_venue(city="Storvik")
    for number in range(21):
        make_event(title=f"Talk {number}", kind="talk", venue=here, starts_in=timedelta(days=number + 1))
    make_event(title="Elsewhere", kind="talk", venue=there)
    make_event(title="Workshop", kind="workshop", venue=here)
    wanted = {"kind": "talk", "place": "Lillevik"}
    with translation.override("en"):
        first = client.get(reverse("events"), wanted)
        assert len(titles(first)) == 20
        second = {**wanted, "page": first.context["page"].after}
        assert titles(client.get(reverse("events"), second)) == ["Talk 20"]
        assert titles(client.get(reverse("events"), {"kind": "workshop", "place": "Storvik"})) == []


def test_towns_to_choose_from_are_those_of_coming_public_events(client):
    for city in ("Storvik", "de Eksempelby", "Lillevik", "Lillevik"):
        make_event(venue=make_venue(city=city))
    make_event(venue=make_venue(city="Gammelby"), starts_in=timedelta(days=-3))
    make_event(venue=make_venue(city="Hemmelig"), state=Event.State.DRAFT)
    form = client.get(reverse("events")).context["filters"]
    assert [value for value, _ in form.fields["place"].choices] == [
        "",
        "de Eksempelby",
        "Lillevik",
        "Storvik",
        "online",
    ]


def test_year_and_page_combine(client):
    for day in range(1, 22):
        make_event(title=f"May {day}", starts_at=datetime(2023, 5, day, 15, tzinfo=UTC))
    make_event(title="Other year", starts_at=datetime(2024, 5, 1, 15, tzinfo=UTC))
    with translation.override("en"):
        first = client.get(reverse("events_past"), {"year": "2023"})
        response = client.get(reverse("events_past"), {"year": "2023", "page": first.context["page"].after})
    assert (titles(response), response.context["years"]) == (["May 1"], [2024, 2023])
