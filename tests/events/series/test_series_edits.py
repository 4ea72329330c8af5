"""This and later: what an edit of a series changes, whom it tells, and what it never touches."""

from datetime import date, time, timedelta

import pytest
import time_machine

from chapter.models import AuditEntry, Delivery
from chapter.wordings import adopt_wording
from events import rsvps
from events.models import Event, Rsvp, Series
from events.series import actions as series
from events.series import edits as series_edits
from events.series.plan import plan
from principles.models import Principle
from tests.factories import make_board, make_event, make_member, make_organiser, make_rsvp, make_series, make_venue
from tests.mail import deliver_all
from tests.threads import at_once

pytestmark = pytest.mark.django_db
NOW = "2027-01-10T12:00:00+01:00"
WEDNESDAYS = {"weekday": 2}


@pytest.fixture(autouse=True)
def _january():
    with time_machine.travel(NOW, tick=False):
        yield


def running(*, ahead=3, **fields):
    found = make_series(ahead=ahead, **fields)
    series.top_up(found.pk)
    return found


def events_of(found):
    return list(found.events.order_by("series_date"))


def columns_of(found, **changed):
    return {**{name: getattr(found, name) for name in series_edits.OWN}, **changed}


def edit(
    found,
    *,
    title="Lunch",
    body="",
    agreed=None,
    hosts=(),
    principles=(),
    first=None,
    skips=None,
    reason="Why",
    **changed,
):
    """An edit that is said yes to, unless `agreed` says otherwise."""
    found = Series.objects.get(pk=found.pk)
    skipped = series_edits.with_skips(series_edits.skipped_dates(found), skips)
    key = plan(found, changed, first=first, skipped=skipped).key
    return series_edits.edit(
        found.pk,
        version=series_edits.fingerprint(found),
        columns=columns_of(found, **changed),
        text={"language": "nb", "title": title, "body": body},
        hosts=hosts,
        principles=principles,
        skips=skips,
        first=first,
        agreed=key if agreed is None else agreed,
        reason=reason,
    )


def days_of(found, **fields):
    return [str(event.series_date) for event in found.events.filter(**fields).order_by("series_date")]


# What is changed, and what is not


def test_edit_changes_all_that_is_on_the_list():
    found, venue, host = running(), make_venue(), make_organiser()
    theme = Principle.objects.get(number=4)
    changed = {"venue": venue, "online_url": "", "capacity": 7, "kind": "talk", "minutes": 90, "starts_at": time(12)}
    done = edit(found, title="Kaffe", body="Kom", hosts=[host], principles=[theme], **changed)
    assert done == series_edits.Done(events=3, told=0)
    for event in events_of(found):
        assert (event.venue, event.online_url, event.capacity, event.kind) == (venue, "", 7, "talk")
        assert (event.local_start.time(), event.local_end.time()) == (time(12), time(13, 30))
        assert (event.wording_in("nb").title, event.wording_in("nb").body) == ("Kaffe", "Kom")
        assert [list(event.hosts.all()), list(event.principles.all()), event.is_edited] == [[host], [theme], False]


def test_events_yet_to_be_made_are_as_the_series_now_says():
    found = running(ahead=1)
    edit(found, title="Kaffe", capacity=7, ahead=2)
    last = events_of(found)[1]
    assert (last.capacity, last.wording_in("nb").title) == (7, "Kaffe")


def test_only_what_was_changed_is_changed():
    found = running()
    Event.objects.filter(pk=events_of(found)[0].pk).update(capacity=3)
    adopt_wording(events_of(found)[0], language="sv", title="Annat")
    edit(found, title="Kaffe")
    event = events_of(found)[0]
    assert (event.capacity, event.wording_in("sv").title, event.sequence) == (3, "Annat", 0)


def test_later_leaves_the_earlier_ones():
    found = running()
    edit(found, first=date(2027, 2, 18), capacity=7, title="Kaffe")
    assert [event.capacity for event in events_of(found)] == [None, 7, 7]
    assert [event.wording_in("nb").title for event in events_of(found)] == ["Lunch", "Kaffe", "Kaffe"]


def test_hand_edited_past_cancelled_and_postponed_stay():
    found = running(ahead=4)
    own, cancelled, postponed, _last = events_of(found)
    Event.objects.filter(pk=own.pk).update(is_edited=True)
    Event.objects.filter(pk=cancelled.pk).update(state="cancelled")
    Event.objects.filter(pk=postponed.pk).update(state="postponed")
    make_event(series=found, series_date=date(2026, 12, 17), starts_in=timedelta(days=-24))
    before = list(found.events.exclude(pk=_last.pk).order_by("pk").values())
    edit(found, title="Kaffe", capacity=7, starts_at=time(12), weekday=2)
    assert list(Event.objects.filter(pk__in=[row["id"] for row in before]).order_by("pk").values()) == before


def test_no_rsvp_is_touched():
    found = running(capacity=1)
    make_rsvp(event=events_of(found)[0], member=make_member())
    for status in Rsvp.Status.values:
        make_rsvp(event=events_of(found)[1], status=status)
    before = list(Rsvp.objects.order_by("pk").values())
    edit(found, title="Kaffe", starts_at=time(12), **WEDNESDAYS)
    assert list(Rsvp.objects.order_by("pk").values()) == before


def test_more_seats_go_to_those_who_wait():
    found = running(capacity=1)
    event = events_of(found)[0]
    make_rsvp(event=event)
    waiting = make_rsvp(event=event, status=Rsvp.Status.WAITLISTED)
    edit(found, capacity=2)
    waiting.refresh_from_db()
    assert (waiting.status, Delivery.objects.get().kind) == (Rsvp.Status.GOING, "rsvp_promoted")


def test_seats_that_one_event_was_given_by_hand_stay():
    found = running(capacity=12)
    rsvps.change_capacity(event_id=events_of(found)[1].pk, capacity=20)
    edit(found, capacity=9)
    assert [event.capacity for event in events_of(found)] == [9, 20, 9]


# Telling


def test_texts_and_seats_tell_nobody_and_ask_nothing():
    found = running()
    make_rsvp(event=events_of(found)[0])
    assert edit(found, title="Kaffe", capacity=7, agreed="", reason="").told == 0
    assert (Delivery.objects.count(), events_of(found)[0].sequence) == (0, 0)


@pytest.mark.parametrize(
    "changed", [{"starts_at": time(12)}, {"venue_id": None, "online_url": "https://new.example.org/"}, WEDNESDAYS]
)
def test_new_time_or_place_asks_first(changed):
    changed.pop("venue_id", None)
    found = running()
    make_rsvp(event=events_of(found)[0])
    before = list(found.events.order_by("pk").values())
    for answer in ({"agreed": ""}, {"agreed": "of another day"}, {"reason": ""}):
        with pytest.raises(series_edits.AsksFirst) as asked:
            edit(found, **answer, **changed)
        assert (asked.value.plan.people, len(asked.value.plan.told)) == (1, 1)
    assert list(found.events.order_by("pk").values()) == before


def test_move_tells_everyone_who_comes_once(mailoutbox):
    found = running(capacity=1)
    for event in events_of(found)[:2]:
        make_rsvp(event=event, language="en")
        make_rsvp(event=event, status=Rsvp.Status.WAITLISTED, language="en")
        make_rsvp(event=event, status=Rsvp.Status.CANCELLED)
    assert edit(found, starts_at=time(12), reason="The kitchen opens later") == series_edits.Done(events=3, told=4)
    assert edit(found, starts_at=time(12)).told == 0
    deliver_all()
    assert len(mailoutbox) == len({mail.to[0] for mail in mailoutbox}) == 4
    assert all("The kitchen opens later" in mail.body and "12:00–13:00" in mail.body for mail in mailoutbox)
    assert [event.sequence for event in events_of(found)] == [1, 1, 1]


def test_drafts_move_without_a_question():
    found = running(publishes=False)
    assert edit(found, starts_at=time(12), agreed="", reason="").events == 3


# Another rule


def test_new_weekday_moves_each_event_to_its_new_date():
    found = running()
    before = {event.pk: event.uid for event in events_of(found)}
    edit(found, **WEDNESDAYS)
    assert days_of(found) == ["2027-01-20", "2027-02-17", "2027-03-17"]
    assert {event.pk: event.uid for event in events_of(found)} == before
    assert [event.local_start.date() for event in events_of(found)] == [
        date(2027, 1, 20),
        date(2027, 2, 17),
        date(2027, 3, 17),
    ]
    assert series.top_up(found.pk) == []


def test_events_that_find_no_date_go_unless_somebody_has_answered():
    found = running(rule="weeks", ahead=6)
    assert days_of(found)[1:4] == ["2027-01-21", "2027-01-28", "2027-02-04"]
    answered = make_rsvp(event=events_of(found)[2], status=Rsvp.Status.CANCELLED).event
    boarded = make_board(event=events_of(found)[3]).event
    edit(found, rule="day", day_of_month=20)
    assert days_of(found, is_edited=False) == ["2027-01-20", "2027-02-20", "2027-03-20", "2027-04-20"]
    left = list(found.events.filter(is_edited=True).order_by("series_date"))
    assert [event.pk for event in left] == [answered.pk, boarded.pk]
    assert [str(event.local_start.date()) for event in left] == ["2027-01-28", "2027-02-04"]


def test_moving_and_dropping_asks_though_nobody_is_told():
    found = running(rule="weeks", ahead=6)
    with pytest.raises(series_edits.AsksFirst) as asked:
        edit(found, rule="day", day_of_month=20, agreed="")
    assert (asked.value.plan.people, len(asked.value.plan.dropped)) == (0, 4)


def test_new_rule_from_an_event_on_gives_no_dates_among_the_earlier():
    found = running()
    edit(found, first=date(2027, 2, 18), nth=-1)
    assert days_of(found) == ["2027-01-21", "2027-02-25", "2027-03-25"]


def test_new_date_that_has_an_event_of_its_own_is_not_taken_twice():
    found = running()
    Event.objects.filter(pk=events_of(found)[0].pk).update(series_date=date(2027, 2, 17), is_edited=True)
    edit(found, **WEDNESDAYS)
    assert days_of(found) == ["2027-01-20", "2027-02-17", "2027-03-17"]


def test_hour_of_today_that_is_over_moves_nobody():
    with time_machine.travel("2027-01-21T10:00:00+01:00"):
        found = running()
        edit(found, starts_at=time(9))
        today, tomorrow = events_of(found)[:2]
        assert (today.local_start.time(), today.is_edited) == (time(11, 30), True)
        assert tomorrow.local_start.time() == time(9)


def test_dates_are_left_out_and_put_back_with_an_edit():
    found = running()
    edit(found, ahead=4, skips={date(2027, 4, 15): True})
    assert days_of(found)[3:] == ["2027-05-20"]
    edit(found, ahead=4, skips={date(2027, 4, 15): False})
    assert days_of(found)[3:] == ["2027-04-15", "2027-05-20"]


# Side by side


def test_stale_page_changes_nothing():
    found = running()
    version = series_edits.fingerprint(found)
    edit(found, title="Kaffe")
    text = {"language": "nb", "title": "Te", "body": ""}
    with pytest.raises(series_edits.ChangedMeanwhile):
        series_edits.edit(found.pk, version=version, columns=columns_of(found), text=text, hosts=[], principles=[])
    with pytest.raises(series_edits.ChangedMeanwhile):
        series_edits.write_text(found.pk, version=version, **text)


@pytest.mark.django_db(transaction=True)
def test_two_edits_at_once_one_wins():
    found = running()
    results = at_once(lambda title: edit(found, title=title), "Kaffe", "Te")
    assert sorted(type(result).__name__ for result in results) in (["ChangedMeanwhile", "Done"], ["Done", "Done"])
    assert len({event.wording_in("nb").title for event in events_of(found)}) == 1


def test_text_in_another_language_reaches_those_that_follow():
    found = running()
    own = events_of(found)[0]
    Event.objects.filter(pk=own.pk).update(is_edited=True)
    version = series_edits.fingerprint(found)
    series_edits.write_text(found.pk, language="sv", title="Fika", body="", version=version)
    assert [event.wording_in("sv").title for event in events_of(found)] == ["Lunch", "Fika", "Fika"]
    assert series.top_up(found.pk) == [] and Delivery.objects.count() == 0


def test_verbs_leave_lines_in_the_log():
    found, organiser = running(), make_organiser()
    text = {"language": "sv", "title": "Fika", "body": ""}
    series_edits.write_text(found.pk, version=series_edits.fingerprint(found), by=organiser, **text)
    series.skip(found.pk, date=date(2027, 9, 16), by=organiser)
    series.put_back(found.pk, date=date(2027, 9, 16), by=organiser)
    series.end(found.pk, by=organiser)
    verbs = AuditEntry.objects.filter(actor=organiser).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["series_text_written", "series_date_skipped", "series_date_put_back", "series_ended"]


@pytest.mark.parametrize("weeks", [1, 2, 3, 4])
@pytest.mark.parametrize("changed", [{"skips_july": True}, {"ends_on": date(2028, 1, 1)}, {"weekday": 1}], ids=str)
def test_later_keeps_counting_the_weeks_from_the_event_it_begins_with(weeks, changed):
    found = running(ahead=4, rule="weeks", every_weeks=weeks, starts_on=date(2027, 1, 7))
    before = [event.series_date for event in events_of(found)]
    edit(found, first=before[1], **changed)
    earlier = timedelta(days=2 if "weekday" in changed else 0)
    assert [event.series_date for event in events_of(found)] == [before[0], *[day - earlier for day in before[1:]]]


def test_host_that_one_event_was_given_by_hand_stays():
    found, first, second, own = running(), make_organiser(), make_organiser(), make_member()
    edit(found, hosts=[first])
    events_of(found)[0].hosts.add(own)
    edit(found, hosts=[second])
    assert [set(event.hosts.all()) for event in events_of(found)] == [{second, own}, {second}, {second}]
