"""The pages of series: what readers see, and how organisers make and change one."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chapter.models import Delivery
from chapter.wordings import adopt_wording
from events.models import Event, Series
from events.series import actions as series
from tests.events.calendars.icsreader import read_events
from tests.factories import make_event, make_rsvp, make_series, make_venue

pytestmark = pytest.mark.django_db
NEW, SHOWN = "/en/events/series/new/", ["2027-01-21", "2027-02-18", "2027-03-18"]


@pytest.fixture(autouse=True)
def _january():
    with time_machine.travel("2027-01-10T12:00:00+01:00", tick=False):
        yield


def fields(**changed):
    rule = {"rule": "weekday", "every_weeks": "1", "nth": "3", "weekday": "3", "day_of_month": "1", "ahead": "3"}
    when = {"starts_on": "2027-01-01", "start": "11:30", "end": "12:30", "time_zone": "Europe/Oslo"}
    what = {"title": "Lunch", "language": "en", "kind": "lean_coffee", "online_url": "https://meet.example.org/"}
    return {**what, **rule, **when, "publishes": "on", "shown": SHOWN, "dates": SHOWN, **changed}


def running(**fields):
    found = make_series(**{"ahead": 3, "language": "en", **fields})
    series.top_up(found.pk)
    return found


def edit_fields(client, found, **changed):
    """What the form of an existing series holds: all its dates are made, so none is asked about."""
    page = client.get(f"/en/events/series/{found.slug}/edit/")
    version = page.context["form"].initial["version"]
    return fields(version=version, shown=[], dates=[], starts_on="2020-01-01", **changed)


def days_of(found):
    return [str(day) for day in found.events.order_by("series_date").values_list("series_date", flat=True)]


# Making


def test_form_shows_the_dates_and_keeps_what_was_typed(organiser_client):
    page = organiser_client.post(NEW, {**fields(title="Our lunch", shown=[], dates=[]), "show": "1"})
    assert [str(row.date) for row in page.context["rows"]] == SHOWN
    assert "Thursday 21 January" in page.content.decode()
    assert (page.context["form"]["title"].value(), Series.objects.count()) == ("Our lunch", 0)


def test_the_dates_are_shown_before_there_is_a_title_or_a_place(organiser_client):
    page = organiser_client.post(NEW, {**fields(title="", online_url=""), "show": "1"})
    assert [str(row.date) for row in page.context["rows"]] == SHOWN
    assert (set(page.context["form"].errors), Series.objects.count()) == ({"title", "venue"}, 0)


def test_dates_are_in_the_readers_language(organiser_client):
    page = organiser_client.post("/nb/events/series/new/", {**fields(), "show": "1"})
    assert "Torsdag 21. januar" in page.content.decode()


def test_series_is_saved_with_the_dates_that_were_shown(organiser_client):
    response = organiser_client.post(NEW, fields())
    made = Series.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/en/events/series/{made.slug}/")
    assert days_of(made) == SHOWN


@pytest.mark.parametrize("shown", [[], SHOWN[:2], [*SHOWN, "2027-04-15"], ["nonsense"]])
def test_nothing_is_saved_before_just_these_dates_were_shown(organiser_client, shown):
    page = organiser_client.post(NEW, fields(shown=shown))
    assert "Nothing is saved yet" in page.content.decode()
    assert Series.objects.count() == 0


def test_date_without_its_tick_is_left_out_and_the_next_is_shown_first(organiser_client):
    page = organiser_client.post(NEW, fields(dates=SHOWN[1:]))
    assert [(str(row.date), row.is_skipped) for row in page.context["rows"]] == [
        (SHOWN[0], True), (SHOWN[1], False), (SHOWN[2], False), ("2027-04-15", False),
    ]  # fmt: skip
    organiser_client.post(NEW, fields(dates=[*SHOWN[1:], "2027-04-15"], shown=[*SHOWN, "2027-04-15"]))
    assert days_of(Series.objects.get()) == [*SHOWN[1:], "2027-04-15"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"nth": ""}, "nth"),
        ({"rule": "day", "day_of_month": ""}, "day_of_month"),
        ({"rule": "weeks", "every_weeks": "53"}, "every_weeks"),
        ({"end": "11:31"}, "end"),
        ({"ends_on": "2026-01-01"}, "ends_on"),
        ({"starts_on": "1999-01-01"}, "starts_on"),
        ({"online_url": ""}, "venue"),
        ({"ahead": "27"}, "ahead"),
    ],
)
def test_wrong_field_is_named(organiser_client, wrong, field):
    page = organiser_client.post(NEW, fields(**wrong))
    assert list(page.context["form"].errors) == [field]


def test_parts_of_another_rule_may_be_empty(organiser_client):
    days = ["2027-02-01", "2027-03-01", "2027-04-01"]
    organiser_client.post(NEW, fields(rule="day", nth="", weekday="", every_weeks="", shown=days, dates=days))
    assert days_of(Series.objects.get()) == days


# Reading


def test_page_says_how_often_and_shows_what_comes_and_what_has_been(client):
    found = running(skips_july=True)
    make_event(title="Long ago", series=found, series_date=date(2026, 12, 17), starts_in=timedelta(days=-24))
    page = client.get(f"/en/events/series/{found.slug}/").content.decode()
    assert "Third Thursday of every month, 11:30–12:30, not in July" in page
    assert page.count('class="ticket"') == 3 and page.count("ticket--past") == 1
    assert "For organisers" not in page and "Later dates" not in page


def test_event_page_names_its_series(client):
    found = running(title="Our lunches")
    page = client.get(f"/en/events/{found.events.first().slug}/").content.decode()
    assert f'<a href="/en/events/series/{found.slug}/">Our lunches</a>' in page


def test_feed_has_the_events_of_the_series_alone_and_no_drafts(client):
    found = running(title="Our lunches")
    make_event(title="Another")
    draft = found.events.last()
    Event.objects.filter(pk=draft.pk).update(state="draft")
    response = client.get(reverse("series_feed", args=[found.slug]))
    expected = {str(uid) for uid in found.events.exclude(pk=draft.pk).values_list("uid", flat=True)}
    assert {entry["UID"] for entry in read_events(response.content)} == expected
    assert b"X-WR-CALNAME:Our lunches" in response.content


def test_page_takes_the_same_queries_for_three_events_and_for_twenty(client):
    counts = []
    for ahead in (3, 20):
        found = running(ahead=ahead, venue=make_venue(), principles=[1, 2])
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/en/events/series/{found.slug}/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


# Editing


def test_text_is_saved_at_once(organiser_client):
    found = running()
    response = organiser_client.post(
        f"/en/events/series/{found.slug}/edit/", edit_fields(organiser_client, found, title="Coffee")
    )
    assert response.status_code == 302
    assert {event.wording_in("en").title for event in found.events.all()} == {"Coffee"}


def test_new_hour_asks_and_then_tells(organiser_client):
    found = running()
    make_rsvp(event=found.events.first())
    path, sent = (
        f"/en/events/series/{found.slug}/edit/",
        edit_fields(organiser_client, found, start="12:00", end="13:00"),
    )
    page = organiser_client.post(path, sent)
    assert "We’ll email 1 person who is coming or on the waitlist." in page.content.decode()
    sent["agreed"] = page.context["plan"].key
    assert organiser_client.post(path, sent).context["form"].errors == {"reason": ["Tell people who are coming why."]}
    assert Delivery.objects.count() == 0
    assert organiser_client.post(path, {**sent, "reason": "The kitchen"}).status_code == 302
    assert Delivery.objects.get().kind == "event_moved"


def test_question_carries_along_everything_that_was_typed(organiser_client):
    found = running()
    sent = edit_fields(organiser_client, found, start="12:00", end="13:00", title="Coffee", principles=["1", "2"])
    page = organiser_client.post(f"/en/events/series/{found.slug}/edit/", sent)
    carried = [pair for pair in page.context["sent"] if pair[0] in ("title", "principles", "start")]
    assert sorted(carried) == [("principles", "1"), ("principles", "2"), ("start", "12:00"), ("title", "Coffee")]
    back = organiser_client.post(
        f"/en/events/series/{found.slug}/edit/", {**sent, "back": "1", "agreed": page.context["plan"].key}
    )
    assert (back.context["form"]["title"].value(), found.events.first().local_start.time()) == (
        "Coffee",
        time(11, 30),
    )


def test_later_begins_at_the_chosen_event(organiser_client):
    found = running()
    second = found.events.order_by("series_date")[1]
    sent = edit_fields(organiser_client, found, capacity="7")
    assert organiser_client.post(f"/en/events/{second.slug}/later/", sent).status_code == 302
    assert list(found.events.order_by("series_date").values_list("capacity", flat=True)) == [None, 7, 7]


def test_edit_page_of_an_event_offers_this_and_later(organiser_client):
    event = running().events.first()
    page = organiser_client.get(f"/en/events/{event.slug}/edit/").content.decode()
    assert f'href="/en/events/{event.slug}/later/"' in page


def test_somebody_elses_change_is_not_overwritten_unseen(organiser_client):
    found = running()
    sent = edit_fields(organiser_client, found, title="Coffee")
    adopt_wording(found, language="en", title="Tea")
    page = organiser_client.post(f"/en/events/series/{found.slug}/edit/", sent)
    assert "someone else changed this series" in page.content.decode()
    assert found.wordings.current().get().title == "Tea"


def test_date_is_left_out_and_put_back_from_the_page(organiser_client):
    found = running()
    path, day = f"/en/events/series/{found.slug}/skip/", "2027-04-15"
    organiser_client.post(path, {"date": day, "out": "on"})
    page = organiser_client.get(found.get_absolute_url())
    assert [str(row.date) for row in page.context["left_out"]] == [day]
    organiser_client.post(path, {"date": day, "out": ""})
    assert found.skips.count() == 0


def test_end_asks_for_a_reason_when_it_cancels(organiser_client):
    found = running()
    path = f"/en/events/series/{found.slug}/end/"
    page = organiser_client.post(path, {"cancels": "on"})
    assert page.context["form"].errors == {"reason": ["Tell people who are coming why."]}
    organiser_client.post(path, {"cancels": "on", "reason": "No room"})
    assert set(found.events.values_list("state", flat=True)) == {"cancelled"}
    assert organiser_client.get(path).status_code == 404


def test_text_in_another_language_is_written(organiser_client):
    found = running()
    path = f"/en/events/series/{found.slug}/text/sv/"
    version = organiser_client.get(path).context["form"].initial["version"]
    organiser_client.post(path, {"title": "Fika", "body": "", "version": version})
    assert {event.wording_in("sv").title for event in found.events.all()} == {"Fika"}
