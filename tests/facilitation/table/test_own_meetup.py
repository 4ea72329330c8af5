"""A topic that was continued three times may become a meetup of its own."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from events.models import Event
from facilitation.table import own_meetup
from tests.factories import (
    make_board,
    make_event,
    make_member,
    make_organiser,
    make_round,
    make_topic,
    make_venue,
)
from tests.threads import at_once

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")


def make_long_talk(*, extensions=3, event=None, **fields):
    """A topic that was continued so often, on a board in Swedish."""
    topic = make_topic(board=make_board(event=event, phase="talk", language="sv"), **fields)
    for _ in range(extensions):
        make_round(topic=topic, result="continue")
    return topic


def draft(topic, **fields):
    return own_meetup.draft_own_meetup(topic, **{"member": make_organiser(), **fields})


def test_draft_has_the_topic_as_title_and_the_organiser_as_host():
    organiser = make_organiser()
    event = draft(make_long_talk(text="Hur börjar vi?"), member=organiser)
    [wording] = event.wordings.all()
    assert (event.is_draft, wording.title, wording.language) == (True, "Hur börjar vi?", "sv")
    assert list(event.hosts.all()) == [organiser]


def test_draft_is_four_weeks_later_at_the_same_place_and_wall_clock_time():
    start = datetime(2036, 10, 8, 17, 0, tzinfo=OSLO)  # in summer time; four weeks later is winter
    old = make_event(starts_at=start, hours=2, venue=make_venue())
    event = draft(make_long_talk(event=old))
    assert event.local_start == datetime(2036, 11, 5, 17, 0, tzinfo=OSLO)
    assert event.ends_at - event.starts_at == timedelta(hours=2)
    assert event.venue == old.venue


def test_draft_from_an_old_board_is_still_to_come():
    old = make_event(starts_in=timedelta(weeks=-10))
    event = draft(make_long_talk(event=old))
    assert event.local_start.weekday() == old.local_start.weekday()
    assert timezone.now() < event.starts_at <= timezone.now() + timedelta(weeks=1)


def test_drafting_twice_gives_the_same_draft():
    topic = make_long_talk()
    assert draft(topic) == draft(topic)
    assert Event.objects.drafts().count() == 1


@pytest.mark.django_db(transaction=True)
def test_drafting_at_once_gives_the_same_draft():
    topic, member = make_long_talk(), make_organiser()
    results = at_once(lambda one: own_meetup.draft_own_meetup(one, member=member), *[topic] * 4)
    assert set(results) == {Event.objects.drafts().get()}


def test_draft_that_was_thrown_away_can_be_made_anew():
    topic = make_long_talk()
    draft(topic).delete()
    assert draft(topic).is_draft


def test_two_extensions_are_not_enough():
    topic = make_long_talk(extensions=2)
    make_round(topic=topic, result="move_on")
    with pytest.raises(own_meetup.TooSoon):
        draft(topic)
    assert Event.objects.drafts().count() == 0


def test_closed_board_may_still_get_its_draft():
    topic = make_long_talk()
    type(topic.board).objects.update(phase="closed", closed_at=timezone.now(), sealed_at=timezone.now())
    assert draft(topic).is_draft


def test_only_organisers_draft():
    topic = make_long_talk()
    with pytest.raises(own_meetup.OrganisersOnly):
        draft(topic, member=make_member())
    assert Event.objects.drafts().count() == 0
