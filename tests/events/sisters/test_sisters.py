"""Other chapters' calendars: asked by a job, shown from what is stored, and kept as they were when a feed breaks."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse

from chapter.models import AuditEntry
from events import tasks
from events.models import SisterChapter, SisterEvent
from events.sisters import actions as sisters
from tests.chapter.transfer.test_fetching import site  # noqa: F401
from tests.events.reading.files import calendar
from tests.events.reading.test_hostile import REFUSED
from tests.factories import make_organiser, make_sister, make_sister_event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
BREAKFAST = "UID:b\nSUMMARY:Breakfast\nDTSTART;TZID=Europe/London:20261203T083000\nLOCATION:Café\\, Anytown\nURL:https://example.org/b"
LUNCH = "UID:l\nSUMMARY:Lunch\nDTSTART;TZID=Europe/London:20261201T120000\nRRULE:FREQ=WEEKLY;COUNT=3"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def feed(site):  # noqa: F811
    """A chapter whose calendar a server on this machine gives out."""
    site.pages["/events.ics"] = 200, {"ETag": '"v1"'}, calendar(BREAKFAST, LUNCH)
    return make_sister(feed_url=site.at("/events.ics"), fetched_at=None, home_url="https://example.org/")


def titles():
    return list(SisterEvent.objects.coming().values_list("title", flat=True))


def test_a_feed_is_stored_with_its_own_times(feed):
    assert sisters.refresh_all() == 1
    assert titles() == ["Lunch", "Breakfast", "Lunch", "Lunch"]
    breakfast = SisterEvent.objects.get(uid="b")
    assert (f"{breakfast.local_start:%H:%M}", breakfast.place, breakfast.page) == (
        "08:30",
        "Café, Anytown",
        "https://example.org/b",
    )


def test_what_is_gone_from_the_feed_is_gone_here(feed, site):  # noqa: F811
    tasks.refresh_sisters(0)
    site.pages["/events.ics"] = 200, {"ETag": '"v2"'}, calendar(BREAKFAST, LUNCH + "\nSTATUS:CANCELLED")
    tasks.refresh_sisters(0)
    assert titles() == ["Breakfast"]


def test_a_feed_that_has_not_changed_is_not_sent_again_on_the_same_day(feed, site, today):  # noqa: F811
    sisters.refresh(feed.pk)
    sisters.refresh(feed.pk)
    assert [headers.get("If-None-Match") for _, headers in site.asked] == [None, '"v1"']
    assert len(titles()) == 4
    today.shift(timedelta(days=1))
    sisters.refresh(feed.pk)
    assert site.asked[-1][1].get("If-None-Match") is None


# Within twelve months three of them are no more than a long read.
BROKEN = [*REFUSED[:7], *REFUSED[9:]]


@pytest.mark.parametrize(("content", "code"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_or_hostile_feed_keeps_its_last_good_state(feed, site, content, code):  # noqa: F811
    sisters.refresh(feed.pk)
    site.pages["/events.ics"] = 200, {}, content
    assert sisters.refresh(feed.pk) is False
    feed.refresh_from_db()
    assert (feed.trouble, feed.fetched_at, len(titles())) == (code, NOW, 4)


def test_a_feed_that_comes_back_is_no_trouble_any_more(feed, site):  # noqa: F811
    good = site.pages.pop("/events.ics")
    sisters.refresh(feed.pk)
    site.pages["/events.ics"] = good
    sisters.refresh(feed.pk)
    feed.refresh_from_db()
    assert (feed.trouble, len(titles())) == ("", 4)


def test_one_broken_feed_keeps_no_other_from_being_asked(feed, settings):
    make_sister(feed_url="http://10.0.0.1/events.ics")
    assert sisters.refresh_all() == 1
    assert list(sisters.broken().values_list("trouble", flat=True)) == ["not_public"]


def test_after_thirty_days_without_a_word_its_events_are_no_longer_shown(client):
    make_sister_event(title="Old news", chapter=make_sister(fetched_at=NOW - timedelta(days=31), trouble="slow"))
    make_sister_event(title="Fresh news", chapter=make_sister(fetched_at=NOW - timedelta(days=29), trouble="slow"))
    page = client.get(reverse("elsewhere")).content.decode()
    assert ("Old news" in page, "Fresh news" in page) == (False, True)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example.org", "ftp://example.org/", "x" * 400]
)
def test_a_link_that_is_no_web_page_leads_to_the_chapter(feed, site, url):  # noqa: F811
    site.pages["/events.ics"] = 200, {}, calendar(BREAKFAST.replace("https://example.org/b", url))
    sisters.refresh(feed.pk)
    assert SisterEvent.objects.get().page == "https://example.org/"


# Pages


def test_the_events_page_shows_the_next_three_and_asks_nobody(client):
    for number in range(7):
        make_sister_event(title=f"Theirs {number}", starts_in=timedelta(days=number + 1), url="https://example.org/x")
    page = client.get(reverse("events")).content.decode()
    assert re.findall(r'<a href="https://example.org/x" rel="noopener">Theirs (\d)', page) == list("012")
    assert not re.findall(r'(?:src|action|data)="https?://', page)


def test_what_another_chapter_writes_is_text(client):
    make_sister_event(title="<script>alert(1)</script>", place='"><img src=x onerror=alert(1)>')
    page = client.get(reverse("elsewhere")).content.decode()
    assert ("<script>alert" in page, "<img src=x" in page) == (False, False)


def test_the_desk_says_which_feed_is_broken_and_since_when(client, settings):
    make_sister(name="Good")
    make_sister(name="Eksempelriket", trouble="unknown_host", fetched_at=NOW - timedelta(days=3))
    client.force_login(make_organiser())
    page = " ".join(client.get("/en/organise/").content.decode().split())
    assert "No contact since Thursday 19 November 2026. We can’t find a server with this name." in page
    assert "Good" not in page


# Organisers


@pytest.fixture
def organiser(client, settings):
    member = make_organiser()
    client.force_login(member)
    return member


def post(client, page, *args, **fields):
    return client.post(reverse(page, args=args), {"name": "Eksempelriket", "home_url": "", **fields})


def test_a_new_chapter_is_listed_with_its_events_at_once(client, organiser, feed):
    address = feed.feed_url
    feed.delete()
    assert post(client, "sister_new", feed_url=address).status_code == 302
    assert (SisterChapter.objects.get().trouble, len(titles())) == ("", 4)
    assert [(line.verb, line.about) for line in AuditEntry.objects.all()] == [("sister_added", "Eksempelriket")]


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("http://127.0.0.1:1/events.ics", "address"),
        ("http://169.254.169.254/latest/meta-data/", "not_public"),
        ("https://localhost/events.ics", "not_public"),
        ("webcal://[::1]/events.ics", "not_public"),
    ],
)
def test_an_address_inside_is_refused_beside_its_field(client, organiser, address, code):
    answer = post(client, "sister_new", feed_url=address)
    assert answer.context["form"].errors["feed_url"] == [sisters.trouble_text(code)]
    assert (SisterChapter.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_a_page_that_is_no_calendar_is_refused_beside_its_field(client, organiser, site):  # noqa: F811
    site.pages["/"] = 200, {}, b"<html>"
    answer = post(client, "sister_new", feed_url=site.at("/"))
    assert answer.context["form"].errors["feed_url"] == [sisters.trouble_text("no_calendar")]


def test_another_name_asks_nobody_and_another_address_does(client, organiser, feed, site):  # noqa: F811
    assert post(client, "sister_edit", feed.pk, name="Riket", feed_url=feed.feed_url).status_code == 302
    assert site.asked == []
    site.pages["/new.ics"] = 200, {}, calendar(BREAKFAST)
    assert post(client, "sister_edit", feed.pk, feed_url=site.at("/new.ics")).status_code == 302
    assert titles() == ["Breakfast"]
    assert [line.verb for line in AuditEntry.objects.all()] == ["sister_changed"] * 2


def test_a_chapter_off_the_list_takes_its_events_along(client, organiser):
    event = make_sister_event()
    client.post(reverse("sister_delete", args=[event.chapter_id]))
    assert (SisterChapter.objects.count(), SisterEvent.objects.count()) == (0, 0)
    assert AuditEntry.objects.get().verb == "sister_removed"


def test_an_address_that_changed_while_it_was_asked_keeps_the_new_one(feed):
    stale = SisterChapter.objects.get(pk=feed.pk)
    answer = sisters.ask(stale.feed_url)
    SisterChapter.objects.update(feed_url="https://example.org/new.ics")
    sisters.store(stale, answer)
    assert titles() == []


def test_a_calendar_is_fetched_by_the_import_too(feed):
    call_command("import_events", feed.feed_url, "--dry-run")


def test_a_time_zone_that_is_unknown_is_named_to_organisers(client, organiser, feed, site):  # noqa: F811
    odd = "UID:o\nSUMMARY:Odd\nDTSTART;TZID=Nowhere/At all:20261203T083000"
    site.pages["/events.ics"] = 200, {}, calendar(odd)
    sisters.refresh_all()
    page = client.get(reverse("sisters")).content.decode()
    assert ("Nowhere/At all" in page, "Nowhere" in client.get(reverse("elsewhere")).content.decode()) == (True, False)
    site.pages["/events.ics"] = 200, {}, calendar(BREAKFAST)
    sisters.refresh_all()
    assert "Nowhere/At all" not in client.get(reverse("sisters")).content.decode()


def notes_of(feed, site, content):  # noqa: F811
    site.pages["/events.ics"] = 200, {}, content
    assert sisters.refresh(feed.pk)
    feed.refresh_from_db()
    return [note["en"] for note in feed.remarks]


def test_what_is_whole_of_a_feed_that_breaks_off_is_shown_and_said(feed, site):  # noqa: F811
    assert notes_of(feed, site, calendar(BREAKFAST, LUNCH)[:-40]) == [
        "This file breaks off before its end. What should come after is missing.",
        "1 event can’t be read and isn’t shown.",
    ]
    assert titles() == ["Breakfast"]


def test_events_without_a_calendar_around_them_are_shown(feed, site):  # noqa: F811
    notes_of(feed, site, f"BEGIN:VEVENT\n{BREAKFAST}\nEND:VEVENT\n".encode())
    assert titles() == ["Breakfast"]


def test_what_is_not_public_is_not_shown(feed, site):  # noqa: F811
    hidden = ["CLASS:PRIVATE", "STATUS:DRAFT", "STATUS:CANCELLED", "X-MICROSOFT-CDO-SENSITIVITY:2"]
    events = [f"{BREAKFAST.replace('UID:b', f'UID:{number}')}\n{line}" for number, line in enumerate(hidden)]
    assert (notes_of(feed, site, calendar(LUNCH, *events)), titles()) == ([], ["Lunch"] * 3)


def test_more_events_than_are_shown_are_said(feed, site):  # noqa: F811
    assert notes_of(feed, site, calendar(LUNCH.replace("FREQ=WEEKLY;COUNT=3", "FREQ=DAILY;COUNT=101"))) == [
        "Only the next 100 events are shown."
    ]
    assert len(titles()) == 100
