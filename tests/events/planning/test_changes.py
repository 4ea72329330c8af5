"""The verbs of organisers: who is told what, once, and what a late click does."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from chapter.mail import queue as mail
from chapter.models import Delivery
from chapter.wordings import adopt_wording
from events import planning
from events.models import Event, Rsvp
from tests.events.calendars.icsreader import read_events
from tests.factories import make_event, make_member, make_organiser, make_rsvp, make_venue
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
State, Status = Event.State, Rsvp.Status
NOON = datetime(2099, 5, 7, 10, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def make_full_house(**fields):
    """An event with one who is going, one who waits, and three who are to hear nothing."""
    event = make_event(venue=make_venue(), starts_at=NOON, capacity=1, **fields)
    make_rsvp(event=event, email="going@example.org", language="en")
    make_rsvp(event=event, member=make_member(email="waiting@example.org"), status=Status.WAITLISTED)
    for status in (Status.PENDING, Status.CANCELLED, Status.REMOVED):
        make_rsvp(event=event, status=status)
    return event


def edit(event, *, reason="The room is taken", title="Lean Coffee", version=None, **columns):
    names = ("kind", "starts_at", "ends_at", "time_zone", "venue", "online_url", "capacity")
    return planning.edit(
        event.pk,
        version=version or planning.fingerprint(event),
        columns={**{name: getattr(event, name) for name in names}, **columns},
        text={"language": "nb", "title": title, "body": ""},
        hosts=[],
        principles=[],
        reason=reason,
    )


def told():
    return sorted(Delivery.objects.values_list("kind", flat=True))


# Telling


@pytest.mark.parametrize("verb", ["cancel", "postpone"])
def test_everyone_going_or_waiting_is_told_once(verb, mailoutbox):
    event = make_full_house()
    assert getattr(planning, verb)(event.pk, reason="Storm warning") == 2
    assert getattr(planning, verb)(event.pk, reason="Again") is None
    deliver_all()
    assert sorted(m.to[0] for m in mailoutbox) == ["going@example.org", "waiting@example.org"]
    assert all("Storm warning" in m.body and "Storm warning" in m.alternatives[0].content for m in mailoutbox)


def test_queueing_twice_for_the_same_change_is_once():
    rsvp = make_rsvp()
    assert mail.post_all("event_moved", [rsvp.pk], sequence=3) == 1
    assert mail.post_all("event_moved", [rsvp.pk], sequence=3) == 0
    assert mail.post_all("event_moved", [rsvp.pk], sequence=4) == 1


def test_letter_is_in_the_language_of_the_rsvp(mailoutbox):
    event = make_event(title="Kaffe", starts_at=NOON)
    adopt_wording(event, language="en", title="Coffee")
    for language in ("en", "nb"):
        make_rsvp(event=event, language=language)
    planning.cancel(event.pk, reason="Storm")
    deliver_all()
    assert [m.extra_headers["Content-Language"] for m in mailoutbox] == ["en", "nb"]
    assert mailoutbox[0].subject == "Cancelled: Coffee"
    assert "Kaffe" in mailoutbox[1].subject


def test_letter_carries_the_calendar_entry_as_it_is_now(mailoutbox):
    event = make_full_house(sequence=4)
    planning.cancel(event.pk, reason="Storm")
    deliver_all()
    name, content, kind = mailoutbox[0].attachments[0]
    [entry] = read_events(content if isinstance(content, bytes) else content.encode())
    assert (name, kind) == (f"{event.slug}.ics", "text/calendar; method=PUBLISH")
    assert (entry["UID"], entry["SEQUENCE"], entry["STATUS"]) == (str(event.uid), "5", "CANCELLED")


def test_move_is_told_with_the_new_time_and_a_way_out(mailoutbox):
    event = make_full_house()
    assert edit(event, starts_at=NOON + timedelta(days=1), ends_at=NOON + timedelta(days=1, hours=2)) == 2
    deliver_all()
    letter = next(m for m in mailoutbox if m.to == ["going@example.org"])
    assert "Friday 8 May 2099, 12:00–14:00" in letter.body
    assert "The room is taken" in letter.body
    assert event.rsvps.get(email="going@example.org").token in letter.body


def test_private_link_is_for_those_who_are_in(mailoutbox):
    event = make_full_house()
    edit(event, online_url="https://meet.example.org/secret")
    deliver_all()
    assert {m.to[0]: "meet.example.org" in m.body for m in mailoutbox} == {
        "going@example.org": True,
        "waiting@example.org": False,
    }


def test_letter_that_is_overtaken_is_not_sent(mailoutbox):
    event = make_full_house()
    edit(event, starts_at=NOON - timedelta(hours=1))
    event.refresh_from_db()
    edit(event, starts_at=NOON - timedelta(hours=2))
    planning.cancel(event.pk, reason="Storm")
    deliver_all()
    assert set(Delivery.objects.exclude(dropped_at=None).values_list("kind", flat=True)) == {"event_moved"}
    assert len(mailoutbox) == 2


def test_whoever_left_meanwhile_hears_nothing(mailoutbox):
    event = make_full_house()
    planning.cancel(event.pk, reason="Storm")
    event.rsvps.filter(email="going@example.org").update(status=Status.CANCELLED)
    deliver_all()
    assert [m.to for m in mailoutbox] == [["waiting@example.org"]]


def test_telling_costs_the_same_for_many(django_assert_max_num_queries):
    event = make_event()
    for _ in range(30):
        make_rsvp(event=event)
    with django_assert_max_num_queries(14):
        assert planning.cancel(event.pk, reason="Storm") == 30


# Moving


def test_move_raises_the_sequence_and_remembers_the_old_time():
    event = make_event(starts_at=NOON)
    edit(event, starts_at=NOON - timedelta(hours=1))
    moved = Event.objects.get(pk=event.pk)
    assert (moved.sequence, moved.moved_from, moved.state_reason) == (1, NOON, "The room is taken")
    assert moved.changed_at > event.changed_at


def test_new_place_is_a_move_too():
    event = make_full_house()
    assert edit(event, venue=make_venue(name="Elsewhere")) == 2
    assert Event.objects.get(pk=event.pk).moved_from is None


def test_new_text_moves_nothing_and_tells_nobody():
    event = make_full_house()
    assert edit(event, title="A better title") == 0
    edited = Event.objects.get(pk=event.pk)
    assert (edited.wording.title, edited.sequence, edited.slug) == ("A better title", 0, event.slug)
    assert edited.changed_at > event.changed_at
    assert told() == []


def test_draft_past_or_postponed_event_moves_in_silence():
    silent = [{"state": State.DRAFT}, {"state": State.POSTPONED}, {"starts_at": timezone.now() - timedelta(days=3)}]
    for fields in silent:
        event = make_event(**{"starts_at": NOON, **fields})
        make_rsvp(event=event)
        assert edit(event, ends_at=event.ends_at + timedelta(hours=1)) == 0
    assert told() == []


def test_more_seats_go_to_those_who_wait():
    event = make_event(starts_at=NOON, capacity=1)
    make_rsvp(event=event)
    waiting = make_rsvp(event=event, status=Status.WAITLISTED)
    edit(event, capacity=2)
    waiting.refresh_from_db()
    assert waiting.is_going


def test_edit_of_a_changed_event_is_refused():
    event = make_event(starts_at=NOON)
    version = planning.fingerprint(event)
    edit(event, title="Theirs")
    with pytest.raises(planning.ChangedMeanwhile):
        edit(event, title="Mine", version=version)
    assert Event.objects.get(pk=event.pk).wording.title == "Theirs"


def test_venue_with_another_address_changes_coming_events_only():
    venue = make_venue()
    coming, past = make_event(venue=venue), make_event(venue=venue, starts_in=timedelta(days=-3))
    planning.venue_changed(venue)
    coming.refresh_from_db()
    past.refresh_from_db()
    assert (coming.sequence, past.sequence) == (1, 0)


# States


def test_publish_announces_once():
    event = make_event(state=State.DRAFT)
    assert planning.publish(event.pk) == 0
    assert planning.publish(event.pk) is None
    event.refresh_from_db()
    assert (event.state, event.sequence, event.published_at is None) == (State.PUBLISHED, 1, False)


def test_new_date_of_a_postponed_event_is_told(mailoutbox):
    event = make_full_house()
    planning.postpone(event.pk, reason="Storm")
    event.refresh_from_db()
    edit(event, starts_at=NOON + timedelta(hours=1), ends_at=NOON + timedelta(hours=3), reason="")
    assert planning.publish(event.pk) == 2
    deliver_all()
    event.refresh_from_db()
    assert (event.is_published, event.moved_from) == (True, NOON)
    assert [m.to[0] for m in mailoutbox] == ["going@example.org", "waiting@example.org"]


def test_what_is_over_is_neither_cancelled_nor_postponed():
    event = make_event(starts_in=timedelta(days=-1))
    assert [planning.cancel(event.pk, reason="x"), planning.postpone(event.pk, reason="x")] == [None, None]
    event.refresh_from_db()
    assert event.is_published


def test_cancelled_is_for_good():
    event = make_event(state=State.CANCELLED)
    late = [planning.publish(event.pk), planning.postpone(event.pk, reason="x"), planning.unpublish(event.pk)]
    assert late == [None, None, None]


def test_draft_again_only_while_nobody_has_answered():
    alone, answered = make_event(), make_event()
    make_rsvp(event=answered, status=Status.CANCELLED)
    assert [planning.unpublish(alone.pk), planning.unpublish(answered.pk)] == [0, None]


# Making


def make_draft(title="Lean Coffee", **columns):
    fields = {"starts_at": NOON, "ends_at": NOON + timedelta(hours=2), **columns}
    return planning.create(
        columns=fields, text={"language": "nb", "title": title, "body": "Kom"}, by=make_organiser()
    )


def test_address_is_date_and_title_and_its_own():
    slugs = [make_draft().slug, make_draft().slug, make_draft("Åpent møte på Ørland æ").slug, make_draft("🎉").slug]
    assert slugs[:2] == ["2099-05-07-lean-coffee", "2099-05-07-lean-coffee-2"]
    assert slugs[2:] == ["2099-05-07-apent-mote-pa-orland-ae", "2099-05-07"]


def test_address_follows_a_draft_and_stays_when_published():
    event = make_draft()
    edit(event, title="Workshop")
    event.refresh_from_db()
    assert event.slug == "2099-05-07-workshop"
    planning.publish(event.pk)
    event.refresh_from_db()
    edit(event, title="Something else", starts_at=NOON - timedelta(days=1))
    assert Event.objects.get(pk=event.pk).slug == "2099-05-07-workshop"


def test_duplicate_is_a_draft_a_week_later_on_the_same_clock():
    old = make_draft(starts_at=datetime(2027, 10, 28, 15, tzinfo=UTC), ends_at=datetime(2027, 10, 28, 17, tzinfo=UTC))
    make_rsvp(event=old)
    adopt_wording(old, language="en", title="Coffee")
    new = planning.duplicate(old.pk)
    assert (new.state, new.rsvps.count(), new.uid == old.uid) == (State.DRAFT, 0, False)
    assert new.local_start.isoformat() == "2027-11-04T17:00:00+01:00"
    assert sorted(new.wordings.values_list("language", "title")) == [("en", "Coffee"), ("nb", "Lean Coffee")]


def test_duplicate_of_a_past_event_is_to_come():
    old = make_event(starts_in=timedelta(days=-30))
    new = planning.duplicate(old.pk)
    assert timedelta() < new.starts_at - timezone.now() <= timedelta(days=7)
    assert new.local_start.weekday() == old.local_start.weekday()


def test_draft_under_the_wrong_language_just_changes_it():
    event = make_draft()
    planning.edit(
        event.pk,
        version=planning.fingerprint(event),
        columns={name: getattr(event, name) for name in ("kind", *planning.TIME, *planning.PLACE, "capacity")},
        text={"language": "sv", "title": "Fika", "body": ""},
        hosts=[],
        principles=[],
    )
    assert list(event.wordings.current().values_list("language", "title")) == [("sv", "Fika")]
