"""Calendar files: read back by the library and by a reader of our own."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import http_date

from chapter.models import Chapter
from chapter.wordings import adopt_wording
from events import calendars, planning
from events.calendars import links as calendar_links
from events.calendars import vtimezones
from events.models import Event
from tests.events.calendars.icsreader import read_events, read_lines
from tests.factories import make_event, make_organiser, make_venue

pytestmark = pytest.mark.django_db
State = Event.State
WINTER = datetime(2099, 1, 8, 16, tzinfo=UTC)
HOSTILE = ["Coffee\r\nATTENDEE:x", "a\rb", "a\x0bb\x0c\x85\u2028c", "æ" * 190, "a;b,c\\n:d", "BEGIN:VEVENT"]


def feed(client, language="en", **headers):
    with translation.override(language):
        return client.get(reverse("events_feed"), headers=headers)


def one(event, language="en"):
    content = calendars.event_ics(event, language=language)
    [entry] = read_events(content)
    return content, entry


def test_file_says_when_where_and_who_it_is(client):
    event = make_event(title="Coffee", body="Bring a **question**", starts_at=WINTER, venue=make_venue(), sequence=2)
    content, entry = one(event)
    assert entry["UID"] == str(event.uid)
    assert entry["SUMMARY"] == "Coffee"
    assert entry["DTSTART;TZID=Europe/Oslo"] == "20990108T170000"
    assert entry["SEQUENCE"] == "2"
    assert entry["LOCATION"] == "Kafé Eksempel, Eksempelgata 1, Eksempelby"
    assert entry["DESCRIPTION"].startswith("Bring a question\n\n")
    assert read_lines(content)[3] == "METHOD:PUBLISH"


def test_library_reads_the_same_moment(client):
    event = make_event(starts_at=WINTER)
    [entry] = icalendar.Calendar.from_ical(one(event)[0]).walk("VEVENT")
    assert entry["dtstart"].dt.astimezone(UTC) == WINTER
    assert entry["dtend"].dt.astimezone(UTC) == WINTER + timedelta(hours=1)


@pytest.mark.parametrize("title", HOSTILE)
def test_hostile_title_adds_no_line(client, title):
    event = make_event(title=title, body=title, state_reason=title[:300], venue=make_venue(name=title[:110]))
    content, entry = one(event)
    known = {
        "UID",
        "SEQUENCE",
        "DTSTAMP",
        "LAST-MODIFIED",
        "SUMMARY",
        "DESCRIPTION",
        "LOCATION",
        "STATUS",
        "TRANSP",
        "URL",
    }
    assert {name.partition(";")[0] for name in entry} == known | {"DTSTART", "DTEND"}
    [parsed] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert parsed["summary"] == entry["SUMMARY"]


def test_no_person_and_no_private_link_is_in_it():
    content, _ = one(make_event(online_url="https://meet.example.org/secret"))
    assert b"meet.example.org" not in content
    assert b"ATTENDEE" not in content
    assert b"LOCATION:Online" in content


# States


@pytest.mark.parametrize(
    ("state", "status", "summary"),
    [
        (State.PUBLISHED, "CONFIRMED", "Coffee"),
        (State.POSTPONED, "TENTATIVE", "POSTPONED: Coffee"),
        (State.CANCELLED, "CANCELLED", "CANCELLED: Coffee"),
    ],
)
def test_state_shows(state, status, summary):
    _, entry = one(make_event(title="Coffee", state=state))
    assert (entry["STATUS"], entry["SUMMARY"]) == (status, summary)


def test_feed_follows_a_move_and_a_cancellation(client):
    event = make_event(starts_at=WINTER)
    before = read_events(feed(client).content)[0]
    planning.cancel(event.pk, reason="Storm")
    after = read_events(feed(client).content)[0]
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) == int(before["SEQUENCE"]) + 1
    assert after["DTSTAMP"] >= before["DTSTAMP"]
    assert after["STATUS"] == "CANCELLED"


# The feed


def test_feed_has_twelve_months_back_and_no_draft(client):
    coming, lately = make_event(title="Coming"), make_event(title="Lately", starts_in=timedelta(days=-360))
    make_event(title="Long ago", starts_in=timedelta(days=-400))
    make_event(title="Secret", state=State.DRAFT)
    assert [e["UID"] for e in read_events(feed(client).content)] == [str(lately.uid), str(coming.uid)]


def test_feed_asks_to_be_read_every_four_hours(client):
    Chapter.objects.update_or_create(pk=1, defaults={"name": "OTG;X-EVIL:1,\\2"})
    lines = read_lines(feed(client).content)
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in lines
    assert "X-PUBLISHED-TTL:PT4H" in lines
    assert [line for line in lines if "NAME:" in line and "TZ" not in line] == [
        "NAME:OTG X-EVIL 1 2",
        "X-WR-CALNAME:OTG X-EVIL 1 2",
    ]


def test_feed_is_served_as_a_calendar(client):
    make_event()
    response = feed(client, accept="text/weird")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'inline; filename="events.ics"'
    assert not response.cookies


def test_feed_that_is_unchanged_is_304(client):
    event = make_event()
    first = feed(client)
    assert feed(client).content == first.content
    assert feed(client, if_none_match=first["ETag"]).status_code == 304
    planning.postpone(event.pk, reason="Storm")
    assert feed(client, if_none_match=first["ETag"]).status_code == 200


def test_feed_of_nothing_is_a_calendar(client):
    assert read_events(feed(client).content) == []


def test_feed_survives_a_bad_row(client, caplog):
    good, bad = make_event(), make_event()
    Event.objects.filter(pk=bad.pk).update(time_zone="Mars/Phobos")
    assert [e["UID"] for e in read_events(feed(client).content)] == [str(good.uid)]
    assert f"Event {bad.pk} is left out" in caplog.text


def test_feed_is_in_its_language_or_the_next(client):
    event = make_event(title="Kaffe", language="nb", starts_in=timedelta(days=1))
    adopt_wording(event, language="en", title="Coffee")
    make_event(title="Fika", language="sv", starts_in=timedelta(days=2))
    assert [e["SUMMARY"] for e in read_events(feed(client, "en").content)] == ["Coffee", "Fika"]
    assert [e["SUMMARY"] for e in read_events(feed(client, "sv").content)] == ["Kaffe", "Fika"]
    assert "/sv/events/" in read_events(feed(client, "sv").content)[0]["URL"]


@pytest.mark.parametrize("rows", [1, 3])
def test_feed_asks_the_same_whatever_its_length(client, django_assert_num_queries, rows):
    for _ in range(rows):
        make_event(venue=make_venue())
    Chapter.load()
    with django_assert_num_queries(4):
        feed(client)


def test_feed_of_a_selection_has_its_own_name_and_no_draft():
    chosen = make_event(kind=Event.Kind.TALK)
    make_event(kind=Event.Kind.WORKSHOP)
    make_event(kind=Event.Kind.TALK, state=State.DRAFT)
    content = calendars.feed_ics(language="en", events=Event.objects.filter(kind=Event.Kind.TALK), name="Talks")
    assert [e["UID"] for e in read_events(content)] == [str(chosen.uid)]
    assert "X-WR-CALNAME:Talks" in read_lines(content)


# Time zones


def test_vtimezone_has_one_rule_for_each_half_of_the_year():
    lines = read_lines(one(make_event(starts_at=WINTER))[0])
    zone = lines[lines.index("BEGIN:VTIMEZONE") : lines.index("END:VTIMEZONE")]
    assert zone.count("BEGIN:DAYLIGHT") == zone.count("BEGIN:STANDARD") == 1
    assert "DTSTART:19700329T020000" in zone
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in zone


@pytest.mark.parametrize(
    ("zone", "offsets"),
    [
        ("Europe/Oslo", {"CEST": "+0200", "CET": "+0100"}),
        ("Europe/Helsinki", {"EEST": "+0300", "EET": "+0200"}),
        ("Europe/London", {"BST": "+0100", "GMT": "+0000"}),
        ("Europe/Istanbul", {"+03": "+0300"}),
    ],
)
def test_vtimezone_is_right_for_the_zone(zone, offsets):
    part = vtimezones.component(zone, vtimezones.rules(zone, [2027]))
    found = {str(c["tzname"]): c["tzoffsetto"].to_ical() for c in part.subcomponents}
    assert found == offsets


@pytest.mark.parametrize(
    ("clock", "local"), [((0, 59), "01:59+0100"), ((1, 0), "03:00+0200"), ((1, 59), "03:59+0200")]
)
def test_spring_change_is_read_on_the_clock_before_it(clock, local):
    """As a reader that knows the zone from the VTIMEZONE alone understands it (RFC 5545, 3.6.5)."""
    part = vtimezones.component("Europe/Oslo", vtimezones.rules("Europe/Oslo", [2027]))
    moment = datetime(2027, 3, 28, *clock, tzinfo=UTC).astimezone(part.to_tz(lookup_tzid=False))
    assert moment.strftime("%H:%M%z") == local


def test_years_with_other_rules_are_written_in_utc():
    assert vtimezones.rules("Europe/Istanbul", range(2015, 2018)) is None
    event = make_event(starts_at=datetime(2016, 7, 1, 12, tzinfo=UTC), time_zone="Europe/Istanbul")
    content, entry = one(event)
    assert entry["DTSTART"] == "20160701T120000Z"
    assert b"VTIMEZONE" not in content


@pytest.mark.parametrize(
    ("start", "key", "value"),
    [
        (datetime(2027, 3, 28, 0, 30, tzinfo=UTC), "DTSTART;TZID=Europe/Oslo", "20270328T013000"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "DTSTART;TZID=Europe/Oslo", "20270328T030000"),
        (datetime(2027, 10, 31, 0, 30, tzinfo=UTC), "DTSTART;TZID=Europe/Oslo", "20271031T023000"),
        (datetime(2027, 10, 31, 1, 30, tzinfo=UTC), "DTSTART", "20271031T013000Z"),
    ],
)
def test_nights_of_the_clock_change(start, key, value):
    content, entry = one(make_event(starts_at=start))
    assert entry[key] == value
    [parsed] = icalendar.Calendar.from_ical(content).walk("VEVENT")
    assert parsed["dtstart"].dt.astimezone(UTC) == start


def test_utc_event_needs_no_zone():
    content, entry = one(make_event(starts_at=WINTER, time_zone="UTC"))
    assert entry["DTSTART"] == "20990108T160000Z"
    assert b"VTIMEZONE" not in content


# Links


def test_links_to_other_calendars_name_the_moment_and_no_secret():
    with translation.override("en"):
        event = make_event(title="Coffee & cake", starts_at=WINTER, online_url="https://meet.example.org/secret")
        links = dict(calendar_links.add_links(event))
    assert "dates=20990108T160000Z/20990108T170000Z" in links["Google Calendar"].replace("%2F", "/")
    assert "text=Coffee%20%26%20cake" in links["Google Calendar"]
    assert "startdt=2099-01-08T16%3A00%3A00Z" in links["Outlook.com"]
    assert not any("meet.example.org" in address for address in links.values())


def test_subscription_is_a_webcal_address():
    with translation.override("sv"):
        assert calendar_links.subscribe_links()[0][1].startswith("webcal://")
        assert calendar_links.subscribe_links()[0][1].endswith("/sv/events/feed.ics")


def test_dtstamp_is_the_last_change_not_now():
    changed = timezone.now().replace(microsecond=0) - timedelta(days=3)
    _, entry = one(make_event(changed_at=changed))
    assert entry["DTSTAMP"] == entry["LAST-MODIFIED"] == changed.strftime("%Y%m%dT%H%M%SZ")


# A choice from the feed


def chosen(client, query):
    with translation.override("en"):
        response = client.get(reverse("events_feed") + query)
    return [entry["SUMMARY"] for entry in read_events(response.content)], read_lines(response.content)


def test_feed_of_a_kind_and_a_place(client):
    make_event(title="Talk", kind="talk", venue=make_venue(city="Ås"), starts_in=timedelta(days=1))
    make_event(title="Coffee", venue=make_venue(city="Ås"), starts_in=timedelta(days=2))
    make_event(title="Far away", kind="talk", online_url="https://meet.example.org/x", starts_in=timedelta(days=3))
    assert chosen(client, "?kind=talk")[0] == ["Talk", "Far away"]
    assert chosen(client, "?place=Ås")[0] == ["Talk", "Coffee"]
    assert chosen(client, "?place=online")[0] == ["Far away"]
    found, lines = chosen(client, "?kind=talk&place=Ås")
    assert found == ["Talk"]
    assert "X-WR-CALNAME:One Team Gov – Talk – Ås" in lines


@pytest.mark.parametrize("query", ["?kind=rave", "?place=Atlantis", "?kind=&place=", "?place=%00", "?page=2"])
def test_feed_passes_over_what_it_does_not_know(client, query):
    make_event(title="Coffee")
    assert chosen(client, query)[0] == ["Coffee"]


def test_chosen_feed_is_304_until_it_changes(client):
    event = make_event(kind="talk")
    with translation.override("en"):
        path = reverse("events_feed") + "?kind=talk"
    first = client.get(path)
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304
    planning.cancel(event.pk, reason="Storm")
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 200


@pytest.mark.parametrize("happens", ["taken back", "deleted", "moved elsewhere"])
def test_event_that_is_gone_is_news_to_calendars_that_ask_by_time(client, happens):
    event = make_event(venue=make_venue(city="Ås"))
    other = make_event(venue=make_venue(city="Ås"), starts_in=timedelta(days=99))
    with translation.override("en"):
        path = reverse("events_feed") + "?place=Ås"
    first = client.get(path)
    asks = {"if-modified-since": first.get("Last-Modified") or first.get("Date") or http_date()}
    if happens == "moved elsewhere":
        Event.objects.filter(pk=event.pk).update(venue=make_venue(city="Oslo"))
    else:
        planning.unpublish(event.pk)
    if happens == "deleted":
        planning.delete_draft(event.pk)
    again = client.get(path, headers=asks)
    assert (again.status_code, [e["UID"] for e in read_events(again.content)]) == (200, [str(other.uid)])


def test_events_page_offers_the_feed_of_what_is_chosen(client):
    make_event(kind="talk")
    with translation.override("en"):
        page = client.get(reverse("events") + "?kind=talk").content.decode()
    assert 'href="webcal://localhost:8000/en/events/feed.ics?kind=talk"' in page
    assert "Subscribe to this selection" in page


# A feed has an end


def titles_in(client):
    return sorted(entry["SUMMARY"] for entry in read_events(feed(client).content))


@pytest.fixture
def small_limits(monkeypatch):
    for name in ("NEXT", "LAST", "CHANGED"):
        monkeypatch.setattr(f"events.calendars.ics.{name}", 2)


def test_feed_has_the_nearest_the_latest_and_what_changed_last(client, small_limits):
    long_ago = timezone.now() - timedelta(days=300)
    for days in (1, 2, 3, 4, -1, -2, -3, -4):
        make_event(title=f"Day {days}", starts_in=timedelta(days=days), changed_at=long_ago)
    for number in (3, 4):
        make_event(title=f"Far {number}", starts_in=timedelta(days=90), changed_at=timezone.now())
    assert titles_in(client) == ["Day -1", "Day -2", "Day 1", "Day 2", "Far 3", "Far 4"]


def test_feed_tells_of_a_meetup_far_ahead_that_is_cancelled(client, small_limits):
    now = timezone.now()
    made = [make_event(title=f"Day {days}", starts_in=timedelta(days=days), changed_at=now) for days in range(1, 9)]
    Event.objects.filter(pk__in=[event.pk for event in made[:-1]]).update(changed_at=now - timedelta(days=9))
    planning.cancel(event_id=made[-1].pk, reason="Snow", by=make_organiser())
    assert "CANCELLED: Day 8" in titles_in(client)


def test_feed_and_page_say_where_it_ends(client):
    sentence = "The next 300 events, the last 100 of the past year, and those changed most recently."
    with translation.override("en"):
        assert sentence in client.get(reverse("events")).text
    [line] = [line for line in read_lines(feed(client).content) if line.startswith("X-WR-CALDESC")]
    assert line.split() == f"X-WR-CALDESC:{sentence}".replace(",", "").split()
