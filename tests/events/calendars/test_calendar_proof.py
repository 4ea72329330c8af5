"""Proof of the calendars: two libraries that share no code read what we write, through everything that happens to an event."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import vobject
from django.urls import reverse
from django.utils import translation

from chapter.wordings import adopt_wording
from events import calendars, planning
from events.calendars import personal_feed
from events.models import Event, EventWording, Venue
from tests.events.calendars.icsreader import read_events, read_lines
from tests.factories import make_event, make_member, make_rsvp, make_venue

pytestmark = pytest.mark.django_db
START = datetime(2099, 7, 2, 15, tzinfo=UTC)
ZONES = ("Europe/Oslo", "Europe/Stockholm")
LONG = "Åpen kaffe ☕ på Ørjans kjøkken, čáppa sátni 👩🏽‍💻; "


def by_icalendar(content):
    """[{name: value}] of the entries, as icalendar understands them; moments in UTC."""
    entries = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return [
        {
            "uid": str(entry["uid"]),
            "sequence": int(entry["sequence"]),
            "start": entry["dtstart"].dt.astimezone(UTC),
            "end": entry["dtend"].dt.astimezone(UTC),
            "status": str(entry["status"]),
            "summary": str(entry["summary"]),
            "location": str(entry["location"]),
        }
        for entry in entries
    ]


def by_vobject(content):
    """The same as vobject understands them; it takes the zone from the VTIMEZONE in the file."""
    entries = vobject.readOne(content.decode()).contents.get("vevent", [])
    return [
        {
            "uid": entry.uid.value,
            "sequence": int(entry.sequence.value),
            "start": entry.dtstart.value.astimezone(UTC),
            "end": entry.dtend.value.astimezone(UTC),
            "status": entry.status.value,
            "summary": entry.summary.value,
            "location": entry.location.value,
        }
        for entry in entries
    ]


def read(content):
    """What both of them read, once they agree; every line is checked on the way."""
    read_lines(content)
    assert by_vobject(content) == by_icalendar(content)
    return by_icalendar(content)


def fetch(client, path, **headers):
    response = client.get(path, headers=headers)
    return response, read(response.content) if response.status_code == 200 else None


def feed_path(language="en"):
    with translation.override(language):
        return reverse("events_feed")


def move(event, **new):
    columns = {name: getattr(event, name) for name in ("kind", "starts_at", "ends_at", "time_zone", "venue")}
    columns |= {"online_url": event.online_url, "capacity": event.capacity, **new}
    text = {"language": "en", "title": "Coffee", "body": ""}
    version = planning.fingerprint(event)
    people = {"hosts": [], "principles": [], "reason": "Rain"}
    planning.edit(event.pk, version=version, columns=columns, text=text, **people)


def moved(event):
    move(event, starts_at=START + timedelta(days=1), ends_at=START + timedelta(days=1, hours=1))


def elsewhere(event):
    move(event, venue=make_venue(name="Biblioteket Eksempel"))


def renamed(event):
    Venue.objects.filter(pk=event.venue_id).update(name="Kafé Ny")
    planning.venue_changed(event.venue)


def postponed(event):
    planning.postpone(event.pk, reason="Rain")


def cancelled(event):
    planning.cancel(event.pk, reason="Rain")


HAPPENINGS = [
    (moved, {"start": START + timedelta(days=1), "end": START + timedelta(days=1, hours=1)}),
    (elsewhere, {"location": "Biblioteket Eksempel, Eksempelgata 1, Eksempelby"}),
    (renamed, {"location": "Kafé Ny, Eksempelgata 1, Eksempelby"}),
    (postponed, {"status": "TENTATIVE", "summary": "POSTPONED: Coffee"}),
    (cancelled, {"status": "CANCELLED", "summary": "CANCELLED: Coffee"}),
]


def an_event(**fields):
    return make_event(title="Coffee", language="en", starts_at=START, venue=make_venue(), **fields)


@pytest.mark.parametrize(("happens", "difference"), HAPPENINGS, ids=[row[0].__name__ for row in HAPPENINGS])
def test_what_happens_is_read_at_the_next_fetch(client, happens, difference):
    event = an_event()
    first, [before] = fetch(client, feed_path())
    assert fetch(client, feed_path(), if_none_match=first["ETag"])[0].status_code == 304
    happens(event)
    second, [after] = fetch(client, feed_path(), if_none_match=first["ETag"])
    assert after == {**before, "sequence": before["sequence"] + 1, **difference}
    assert fetch(client, feed_path(), if_none_match=second["ETag"])[0].status_code == 304


@pytest.mark.parametrize(("happens", "difference"), HAPPENINGS, ids=[row[0].__name__ for row in HAPPENINGS])
def test_what_happens_is_read_in_the_members_own_feed(client, happens, difference):
    member, event = make_member(language="en"), an_event()
    make_rsvp(member=member, event=event)
    personal_feed.rotate(member)
    path = reverse("personal_feed", args=[member.personal_feed.token])
    first, [before] = fetch(client, path)
    happens(event)
    response, [after] = fetch(client, path, if_none_match=first["ETag"])
    expected = {**difference, "summary": _marked(difference.get("summary", before["summary"]))}
    assert after == {**before, "sequence": before["sequence"] + 1, **expected}
    assert response["Cache-Control"].startswith("private")


def _marked(summary):
    return f"Going: {summary}" if summary.startswith("POSTPONED") else summary


def test_cancelled_event_stays_in_the_feed_for_a_year(client, time_machine):
    event = an_event()
    cancelled(event)
    time_machine.move_to(START + timedelta(days=300), tick=False)
    assert [entry["status"] for entry in fetch(client, feed_path())[1]] == ["CANCELLED"]


def test_new_title_moves_nothing(client):
    event = an_event()
    [before] = fetch(client, feed_path())[1]
    adopt_wording(event, language="en", title="Tea")
    assert fetch(client, feed_path())[1] == [{**before, "summary": "Tea"}]


def test_same_event_has_the_same_uid_everywhere(client):
    event = an_event()
    found = [read(calendars.event_ics(event, language=language)) for language in ("nb", "sv", "en")]
    found += [fetch(client, feed_path(language))[1] for language in ("nb", "sv", "en")]
    assert {entry["uid"] for [entry] in found} == {str(event.uid)}


# Both clock changes


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    "start",
    [
        datetime(2027, 3, 28, 0, 59, tzinfo=UTC),
        datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
        datetime(2027, 10, 30, 23, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
    ],
    ids=["before-spring", "spring", "before-autumn", "first-round", "second-round"],
)
def test_nights_when_the_clock_changes(zone, start):
    [entry] = read(calendars.event_ics(make_event(starts_at=start, time_zone=zone), language="nb"))
    assert (entry["start"], entry["end"]) == (start, start + timedelta(hours=1))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("month", "day"), [(3, 25), (10, 22)])
def test_half_past_eleven_stays_half_past_eleven_across_the_change(client, zone, month, day):
    for week in (0, 7):
        event = make_event(time_zone=zone)
        local = datetime(2099, month, day, 11, 30, tzinfo=event.zone)
        local = (local.replace(tzinfo=None) + timedelta(days=week)).replace(tzinfo=event.zone)
        Event.objects.filter(pk=event.pk).update(starts_at=local, ends_at=local + timedelta(hours=1))
    response, entries = fetch(client, feed_path())
    assert [e[f"DTSTART;TZID={zone}"][-6:] for e in read_events(response.content)] == ["113000", "113000"]
    assert entries[1]["start"] - entries[0]["start"] == timedelta(days=7, hours=1 if month == 10 else -1)
    assert response.content.count(b"BEGIN:VTIMEZONE") == 1


def test_two_zones_in_one_feed_are_two_short_timezones(client):
    for zone in ZONES:
        make_event(time_zone=zone, starts_at=START)
    response, entries = fetch(client, feed_path())
    assert {entry["start"] for entry in entries} == {START}
    assert response.content.count(b"BEGIN:DAYLIGHT") == response.content.count(b"BEGIN:STANDARD") == 2


# Long and hostile texts


@pytest.mark.parametrize("shift", range(4))
def test_title_of_five_thousand_octets_is_folded_between_characters(shift):
    title = "x" * shift + (LONG * 90)
    event = make_event()
    event.best = [EventWording(title=title, language="nb")]
    assert len(title.encode()) > 5000
    [entry] = read(calendars.calendar([event]))
    assert entry["summary"] == title.strip()


def test_longest_title_and_text_that_the_database_takes():
    event = make_event(title="☕" * 200, body="👩🏽‍💻 blåbær " * 1500)
    [entry] = read(calendars.event_ics(event, language="nb"))
    assert entry["summary"] == "☕" * 200


@pytest.mark.parametrize(
    "text",
    [
        "a;b,c\\n:d\\",
        'x"y^n',
        "BEGIN:VEVENT\nEND:VCALENDAR",
        "a\r\nATTENDEE:x",
        "\x00\x07\x1b",
        "=?utf-8?q?x?=",
        " ",
        "%s{}",
    ],
)
def test_hostile_row_is_read_alike_by_both_and_leaves_the_others_alone(client, text):
    good, bad = an_event(), make_event()
    EventWording.objects.filter(event=bad).update(title=text.replace("\x00", ""), body_text=text.replace("\x00", ""))
    Event.objects.filter(pk=bad.pk).update(state_reason=text.replace("\x00", ""))
    _, entries = fetch(client, feed_path())
    assert {entry["uid"] for entry in entries} == {str(good.uid), str(bad.uid)}


# How it is served


@pytest.mark.parametrize(
    "accept", ["text/calendar", "*/*", "application/json", "text/weird;q=x", "", "image/png, ,;"]
)
def test_whatever_a_calendar_accepts_it_gets_the_calendar(client, accept):
    an_event()
    response, entries = fetch(client, feed_path(), accept=accept)
    assert (response["Content-Type"], len(entries)) == ("text/calendar; charset=utf-8", 1)


def test_head_has_what_get_has_but_the_body(client):
    an_event()
    get, head = client.get(feed_path()), client.head(feed_path())
    names = ("ETag", "Content-Type", "Content-Disposition")
    assert [head[name] for name in names] == [get[name] for name in names]
    assert (head.status_code, head.content) == (200, b"")
