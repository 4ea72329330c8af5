"""A member's own feed: theirs alone, in their language, at an address that they can change."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from events import rsvps
from events.calendars import personal_feed
from events.models import Event, PersonalFeed, Rsvp
from tests.chapter.accounts.sign_in import arrive
from tests.events.calendars.icsreader import read_events, read_lines
from tests.factories import make_event, make_member, make_rsvp

pytestmark = pytest.mark.django_db
Status = Rsvp.Status


def address(member):
    personal_feed.rotate(member)
    return reverse("personal_feed", args=[member.personal_feed.token])


def entries(client, path):
    return read_events(client.get(path).content)


def test_it_has_what_the_member_goes_to_and_waits_for(client):
    member = make_member(language="en")
    going = make_rsvp(member=member, event=make_event(title="Coffee", language="en", starts_in=timedelta(days=1)))
    waits = make_rsvp(member=member, event=make_event(title="Tea", language="en"), status=Status.WAITLISTED)
    make_rsvp(member=member, event=make_event(), status=Status.CANCELLED)
    make_rsvp(member=make_member())
    first, second = entries(client, address(member))
    assert (first["UID"], first["SUMMARY"], first["STATUS"]) == (str(going.event.uid), "Going: Coffee", "CONFIRMED")
    assert (second["UID"], second["SUMMARY"], second["STATUS"]) == (
        str(waits.event.uid),
        "Waitlist: Tea",
        "TENTATIVE",
    )


def test_it_has_what_the_member_signed_up_for_as_a_guest(client):
    member = make_member(email="kari@example.org")
    rsvp = make_rsvp(email="KARI@example.org", name="Kari")
    assert [entry["UID"] for entry in entries(client, address(member))] == [str(rsvp.event.uid)]


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_it_speaks_the_members_language_whatever_the_reader_asks_for(client, language):
    member = make_member(language=language)
    make_rsvp(member=member)
    content = client.get(address(member), headers={"accept-language": "de"}).content
    assert f"/{language}/events/" in read_events(content)[0]["URL"]


def test_it_is_private_and_not_indexed(client):
    response = client.get(address(make_member()))
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert not response.cookies


def test_no_link_answers_for_the_member_and_none_leads_to_the_meeting(client):
    member = make_member()
    rsvp = make_rsvp(member=member, event=make_event(online_url="https://meet.example.org/secret"))
    content = client.get(address(member)).content.decode()
    assert rsvp.event.slug in content.replace("\r\n ", "")
    assert [word for word in (rsvp.token, "meet.example.org", member.email, "ATTENDEE") if word in content] == []


def test_cancelled_event_stays_and_says_so(client):
    member = make_member(language="en")
    make_rsvp(member=member, event=make_event(title="Coffee", state=Event.State.CANCELLED))
    [entry] = entries(client, address(member))
    assert (entry["STATUS"], entry["SUMMARY"]) == ("CANCELLED", "CANCELLED: Coffee")


@pytest.mark.parametrize(
    ("query", "status", "state", "alarms"),
    [
        ("", Status.GOING, Event.State.PUBLISHED, 0),
        ("?remind=1", Status.GOING, Event.State.PUBLISHED, 1),
        ("?remind=1", Status.WAITLISTED, Event.State.PUBLISHED, 0),
        ("?remind=1", Status.GOING, Event.State.CANCELLED, 0),
    ],
)
def test_it_rings_the_day_before_for_those_who_asked(client, query, status, state, alarms):
    member = make_member()
    make_rsvp(member=member, event=make_event(state=state), status=status)
    lines = read_lines(client.get(address(member) + query).content)
    assert (lines.count("BEGIN:VALARM"), lines.count("TRIGGER:-P1D")) == (alarms, alarms)


def test_before_whole_days_it_rings_at_nine_and_not_at_midnight(client):
    member = make_member()
    start = datetime(2027, 6, 1, tzinfo=ZoneInfo("Europe/Oslo"))
    make_rsvp(member=member, event=make_event(starts_at=start, hours=24, is_whole_days=True))
    assert "TRIGGER:-PT15H" in read_lines(client.get(f"{address(member)}?remind=1").content)


# The same bytes, and what changes them


def test_unchanged_is_304_and_a_head_has_the_headers_alone(client):
    member = make_member()
    make_rsvp(member=member)
    path = address(member)
    first = client.get(path)
    assert client.get(path).content == first.content
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304
    head = client.head(path)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", first["ETag"])


def test_304_is_private_too(client):
    path = address(make_member())
    response = client.get(path, headers={"if-none-match": client.get(path)["ETag"]})
    assert (response.status_code, response["Cache-Control"]) == (304, "private, no-cache")


def test_a_seat_that_came_and_one_that_was_given_back_are_news(client):
    member = make_member(language="en")
    rsvp = make_rsvp(member=member, event=make_event(title="Coffee", capacity=1), status=Status.WAITLISTED)
    path = address(member)
    given, taken_back = lambda: rsvps.fill_seats(rsvp.event), lambda: rsvps.cancel(rsvp_id=rsvp.pk)
    for happens, left in ((given, ["Going: Coffee"]), (taken_back, [])):
        before = client.get(path)["ETag"]
        happens()
        response = client.get(path, headers={"if-none-match": before})
        assert (response.status_code, [e["SUMMARY"] for e in read_events(response.content)]) == (200, left)


@pytest.mark.parametrize("rows", [1, 4])
def test_it_asks_the_same_whatever_its_length(client, django_assert_num_queries, rows):
    member = make_member()
    for _ in range(rows):
        make_rsvp(member=member)
    path = address(member)
    with django_assert_num_queries(6):
        client.get(path)


# The address


def test_new_address_kills_the_old_one(client):
    member = make_member()
    old = address(member)
    client.force_login(member)
    assert client.post(reverse("feed_rotate")).status_code == 302
    member.personal_feed.refresh_from_db()
    new = reverse("personal_feed", args=[member.personal_feed.token])
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    assert member.personal_feed.rotated_at is not None


def test_reading_the_address_that_makes_a_new_one_makes_none(client):
    client.force_login(make_member())
    assert client.get(reverse("feed_rotate")).status_code == 405
    assert not PersonalFeed.objects.exists()


def test_feed_of_somebody_who_was_shut_out_or_left_is_gone(client):
    shut_out, left = make_member(), make_member()
    paths = [address(shut_out), address(left)]
    shut_out.is_active = False
    shut_out.save()
    left.delete()
    assert [client.get(path).status_code for path in paths] == [404, 404]


def test_my_page_offers_an_address_and_then_shows_it(client):
    member = make_member()
    client.force_login(member)
    page = client.get(reverse("me")).content.decode()
    assert "webcal://" not in page
    client.post(reverse("feed_rotate"))
    page = client.get(reverse("me")).content.decode()
    token = PersonalFeed.objects.get(member=member).token
    assert f'href="webcal://localhost:8000/calendar/{token}.ics"' in page
    assert f'value="http://localhost:8000/calendar/{token}.ics?remind=1"' in page


def test_export_says_that_there_is_a_feed_and_never_its_address(client):
    member = make_member()
    token = address(member).rpartition("/")[2].removesuffix(".ics")
    arrive(client, member)
    exported = client.get(reverse("me_export"))
    assert exported.json()["data"]["events.PersonalFeed"][0]["rotated_at"] is None
    assert token not in exported.content.decode()
