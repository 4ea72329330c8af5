"""What a series makes ahead of time, once; what it leaves out; and its end."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.utils import timezone

from chapter.models import AuditEntry, Delivery
from chapter.wordings import adopt_wording
from events import planning
from events.models import Event, Series
from events.series import actions as series
from tests.factories import make_event, make_member, make_organiser, make_rsvp, make_series, make_venue
from tests.threads import at_once

pytestmark = pytest.mark.django_db
NOW = "2027-01-10T12:00:00+01:00"
THURSDAYS = ["2027-01-21", "2027-02-18", "2027-03-18", "2027-04-15", "2027-05-20", "2027-06-17"]


@pytest.fixture(autouse=True)
def _january():
    with time_machine.travel(NOW, tick=False):
        yield


def made_of(found):
    return [str(day) for day in found.events.order_by("series_date").values_list("series_date", flat=True)]


def running(**fields):
    """A series with its first events."""
    found = make_series(**fields)
    series.top_up(found.pk)
    return found


# Making


def test_six_are_made_ahead_once():
    found = running()
    assert made_of(found) == THURSDAYS
    assert series.top_up(found.pk) == []
    assert made_of(found) == THURSDAYS


def test_job_keeps_six_ahead_as_time_goes_by():
    found = running()
    with time_machine.travel("2027-02-01T12:00:00+01:00"):
        assert series.top_up_all() == 1
        assert series.top_up_all() == 0
    assert made_of(found) == [*THURSDAYS, "2027-07-15"]


def test_event_of_today_counts_until_it_has_begun():
    with time_machine.travel("2027-01-21T11:29:00+01:00"):
        assert made_of(running()) == THURSDAYS
    with time_machine.travel("2027-01-21T11:31:00+01:00"):
        assert made_of(running())[0] == "2027-02-18"


@pytest.mark.django_db(transaction=True)
def test_two_jobs_at_once_make_each_date_once():
    found = make_series()
    made = at_once(lambda pk: len(series.top_up(pk)), *[found.pk] * 4)
    assert sorted(made) == [0, 0, 0, 6]
    assert made_of(found) == THURSDAYS


def test_each_event_gets_what_the_series_has():
    host, venue = make_organiser(), make_venue()
    found = make_series(title="Lunsj", venue=venue, capacity=12, minutes=90, kind="talk", principles=[2, 5])
    adopt_wording(found, language="sv", title="Lunch", body="Ta med mat")
    found.hosts.add(host)
    event = series.top_up(found.pk)[0]
    assert (event.slug, event.venue, event.capacity, event.kind) == ("2027-01-21-lunsj", venue, 12, "talk")
    assert (event.local_start.time(), event.local_end.time()) == (time(11, 30), time(13))
    assert [list(event.hosts.all()), [p.number for p in event.principles.order_by("number")]] == [[host], [2, 5]]
    texts = event.wordings.current().order_by("language").values_list("language", "title", "body")
    assert list(texts) == [("nb", "Lunsj", ""), ("sv", "Lunch", "Ta med mat")]


@pytest.mark.parametrize(("publishes", "state"), [(True, "published"), (False, "draft")])
def test_series_says_whether_events_are_announced(publishes, state):
    found = running(publishes=publishes, ahead=1)
    event = found.events.get()
    assert (event.state, event.published_at is None, event.is_edited) == (state, not publishes, False)


def test_hours_stay_across_the_clock_change():
    found = running()
    assert {event.local_start.time() for event in found.events.all()} == {time(11, 30)}
    assert len({event.starts_at.hour for event in found.events.all()}) == 2


def test_series_in_the_hour_that_does_not_exist_is_made_all_the_same():
    found = running(rule="weeks", weekday=6, starts_at=time(2, 30), starts_on=date(2027, 3, 20), ahead=2)
    assert [event.local_start.time() for event in found.events.order_by("id")] == [time(2, 30), time(3, 30)]


def test_one_broken_series_stops_no_other(caplog):
    broken, fine = make_series(), make_series()
    Series.objects.filter(pk=broken.pk).update(time_zone="Europe/Nowhere")
    assert series.top_up_all() == 6
    assert made_of(fine) == THURSDAYS
    assert f"series {broken.pk}" in caplog.text


def test_series_comes_to_its_last_day():
    found = running(ends_on=date(2027, 3, 18))
    assert made_of(found) == THURSDAYS[:3]


# Left out


def test_deleted_draft_is_not_made_again():
    found = running(publishes=False, ahead=2)
    assert planning.delete_draft(found.events.get(series_date=THURSDAYS[0]).pk)
    series.top_up(found.pk)
    assert made_of(found) == THURSDAYS[1:3]


def test_cancelled_event_stays_and_another_comes_at_the_end():
    found = running(ahead=2)
    planning.cancel(found.events.get(series_date=THURSDAYS[0]).pk, reason="Storm")
    series.top_up(found.pk)
    assert made_of(found) == THURSDAYS[:3]
    assert found.events.filter(state="cancelled").count() == 1


def test_moved_event_keeps_its_date_taken():
    found = running(ahead=2)
    event = found.events.get(series_date=THURSDAYS[0])
    Event.objects.filter(pk=event.pk).update(
        starts_at=event.starts_at + timedelta(days=1), ends_at=event.ends_at + timedelta(days=1)
    )
    assert series.top_up(found.pk) == []


def test_date_can_be_left_out_ahead_and_put_back():
    found = running(ahead=2)
    day = date(2027, 3, 18)
    assert series.skip(found.pk, date=day)
    with time_machine.travel("2027-02-01T12:00:00+01:00"):
        series.top_up(found.pk)
        assert made_of(found) == [*THURSDAYS[:2], THURSDAYS[3]]
        assert series.put_back(found.pk, date=day)
        assert made_of(found) == THURSDAYS[:4]
        assert not series.put_back(found.pk, date=day)


def test_leaving_out_a_draft_deletes_it_but_never_an_announced_event():
    drafts, announced = running(publishes=False, ahead=1), running(ahead=1)
    assert series.skip(drafts.pk, date=date(2027, 1, 21))
    assert made_of(drafts) == THURSDAYS[1:2]
    assert not series.skip(announced.pk, date=date(2027, 1, 21))
    assert (made_of(announced), announced.skips.count()) == (THURSDAYS[:1], 0)


def test_copy_of_an_event_stands_alone():
    event = running(ahead=1).events.get()
    copy = planning.duplicate(event.pk)
    assert (copy.series, copy.series_date, copy.is_edited) == (None, None, False)


def test_hand_on_an_event_makes_it_its_own():
    event = make_event()
    planning.write_text(event.pk, language="sv", title="Kaffe", body="", version=planning.fingerprint(event))
    event.refresh_from_db()
    assert event.is_edited


# Beginning and end


def test_create_makes_the_series_and_its_events_without_the_unticked():
    columns = {
        "starts_on": date(2027, 1, 1),
        "starts_at": time(17),
        "online_url": "https://meet.example.org/",
        "ahead": 2,
    }
    text = {"language": "nb", "title": "New", "body": ""}
    made = [series.create(columns=columns, text=text, skipped=[date(2027, 1, 21)], by=make_organiser()) for _ in "12"]
    assert [found.slug for found in made] == ["new-2", "new-3"]
    assert made_of(made[0]) == THURSDAYS[1:3]
    assert AuditEntry.objects.filter(verb="series_made").count() == 2


def test_end_makes_no_more_and_leaves_what_is_to_come():
    found = running(ahead=2)
    make_rsvp(event=found.events.first())
    assert series.end(found.pk) == 0
    with time_machine.travel("2027-03-01T12:00:00+01:00"):
        assert series.top_up(found.pk) == []
        assert series.top_up_all() == 0
    assert found.events.filter(state="published").count() == 2
    assert (Delivery.objects.count(), series.end(found.pk)) == (0, None)


def test_end_that_cancels_tells_everyone_who_comes_once():
    found = running(ahead=3)
    draft, coming, _empty = found.events.order_by("id")
    Event.objects.filter(pk=draft.pk).update(state="draft")
    rsvp = make_rsvp(event=coming, member=make_member())
    past = make_event(series=found, series_date=date(2026, 12, 17), starts_in=timedelta(days=-20))
    assert series.end(found.pk, cancels=True, reason="Nobody has time") == 1
    assert sorted(found.events.values_list("state", flat=True)) == ["cancelled", "cancelled", "published"]
    past.refresh_from_db()
    assert past.is_published
    assert [(d.kind, d.object_id) for d in Delivery.objects.all()] == [("event_cancelled", rsvp.pk)]
    assert timezone.now() == Series.objects.get().ended_at
