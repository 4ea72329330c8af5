"""Announcing: nothing by accident, each once, as each has chosen."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as outbox
from django.urls import reverse
from django.utils import timezone

from chapter.models import Delivery
from events.models import Event
from events.planning import actions as planning
from followers.announcing import actions, meetups, sending, series
from followers.models import Announcement, Follower, News
from tests.factories import (
    make_announcement,
    make_event,
    make_follower,
    make_organiser,
    make_rsvp,
    make_series,
    make_venue,
)
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
OSLO = ZoneInfo("Europe/Oslo")


def tell():
    """What the job does each minute, and the worker after it."""
    meetups.call_off()
    actions.spread_due()
    sending.send_portion()
    deliver_all()


def told():
    return sorted(mail.to[0] for mail in outbox.outbox)


def test_each_follower_is_told_once_in_their_language():
    make_follower(email="kari@example.org")
    make_follower(email="sven@example.org", language="sv")
    make_announcement(event=make_event(title="Lean Coffee"))
    tell()
    tell()
    assert told() == ["kari@example.org", "sven@example.org"]
    mail = outbox.outbox[0]
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.extra_headers["List-Id"].startswith("<news.")
    assert any(file[0].endswith(".ics") for file in mail.attachments)


def test_only_those_who_said_yes_and_whose_mailbox_takes_mail():
    make_follower(is_confirmed=False)
    make_follower(paused_at=timezone.now())
    make_follower(wants_meetups=False, wants_posts=True)
    make_announcement()
    tell()
    assert told() == []


@pytest.mark.parametrize(
    ("choice", "is_told"),
    [
        ({"kinds": ["workshop"]}, True),
        ({"kinds": ["talk"]}, False),
        ({"towns": ["Eksempelby"]}, True),
        ({"towns": ["Annetsted"]}, False),
        ({"principles": [5]}, True),
        ({"principles": [6]}, False),
        ({"kinds": ["workshop"], "towns": ["Annetsted"]}, True),
    ],
)
def test_of_what_was_chosen(choice, is_told):
    make_follower(is_choosy=True, **choice)
    make_announcement(event=make_event(kind="workshop", venue=make_venue(), principles=[5]))
    tell()
    assert bool(told()) is is_told


def test_of_a_series_that_was_chosen():
    followed, other = make_series(), make_series()
    make_follower(is_choosy=True, series=[followed])
    make_announcement(event=make_event(series=other))
    tell()
    assert told() == []
    make_announcement(event=make_event(series=followed))
    tell()
    assert len(told()) == 1


def test_at_most_one_mail_a_day_with_several_in_it(time_machine):
    time_machine.move_to(datetime(2026, 11, 2, 9, tzinfo=OSLO))
    make_follower()
    make_announcement()
    tell()
    make_announcement(event=make_event(title="To"))
    make_announcement(event=make_event(title="Tre"))
    tell()
    assert len(told()) == 1
    time_machine.move_to(datetime(2026, 11, 3, 9, 5, tzinfo=OSLO))
    tell()
    assert len(told()) == 2
    assert "To" in outbox.outbox[1].body and "Tre" in outbox.outbox[1].body


@pytest.mark.parametrize(("rhythm", "turn"), [("weekly", (2026, 11, 9)), ("monthly", (2026, 12, 1))])
def test_weekly_and_monthly_wait_for_their_turn(time_machine, rhythm, turn):
    time_machine.move_to(datetime(2026, 11, 3, 12, tzinfo=OSLO))
    make_follower(rhythm=rhythm)
    make_announcement(event=make_event(starts_in=timedelta(days=90)))
    tell()
    assert told() == []
    time_machine.move_to(datetime(*turn, 7, 55, tzinfo=OSLO))
    tell()
    assert told() == []
    time_machine.move_to(datetime(*turn, 8, 5, tzinfo=OSLO))
    tell()
    assert len(told()) == 1


def test_what_was_queued_can_be_stopped_for_ten_minutes(time_machine):
    time_machine.move_to(datetime(2026, 11, 3, 12, tzinfo=OSLO), tick=False)
    make_follower()
    announcement = actions.announce("meetup", make_event().pk, by=make_organiser())
    time_machine.move_to(datetime(2026, 11, 3, 12, 9, tzinfo=OSLO), tick=False)
    tell()
    assert told() == []
    actions.stop(announcement.pk, by=None)
    time_machine.move_to(datetime(2026, 11, 3, 13, tzinfo=OSLO), tick=False)
    tell()
    assert told() == []


def test_stopping_half_way_stops_the_rest(settings):
    settings.MAIL_PER_MINUTE = 1
    make_follower()
    make_follower()
    announcement = make_announcement()
    tell()
    actions.stop(announcement.pk, by=None)
    tell()
    assert len(told()) == 1


def test_one_who_stops_while_it_is_sent_is_not_told(client):
    follower = make_follower()
    make_announcement()
    actions.spread_due()
    sending.send_portion()
    client.post(reverse("follow_stop", args=[follower.token]))
    deliver_all()
    assert told() == []


def test_publishing_editing_and_copying_tell_nobody():
    make_follower()
    event = make_event(state="draft")
    planning.publish(event.pk, by=make_organiser())
    planning.duplicate(event.pk)
    tell()
    assert not Announcement.objects.exists()
    assert told() == []


def test_an_organiser_is_asked_on_the_event_and_sees_the_mail(client):
    make_follower()
    event = make_event()
    client.force_login(make_organiser())
    page = reverse("tell", args=["meetup", event.pk])
    assert page in client.get(event.get_absolute_url()).content.decode()
    assert "iframe" in client.get(page).content.decode()
    assert client.get(reverse("tell_mail", args=["meetup", event.pk])).status_code == 200
    client.post(page, {})
    assert not Announcement.objects.exists()
    client.post(page, {"when": "tomorrow"})
    assert Announcement.objects.get().due_at.astimezone(OSLO).hour == 8


def test_who_decides_not_to_is_not_asked_again(client):
    make_follower()
    event = make_event()
    client.force_login(make_organiser())
    client.post(reverse("tell", args=["meetup", event.pk]), {"when": "not"})
    assert reverse("tell", args=["meetup", event.pk]) not in client.get(event.get_absolute_url()).content.decode()
    tell()
    assert told() == []


def test_a_meetup_that_is_called_off_is_told_once_to_those_who_were_told():
    make_follower(email="kari@example.org")
    going = make_follower(email="ola@example.org")
    event = make_event()
    make_rsvp(event=event, member=None, email=going.email, name="Ola")
    make_announcement(event=event)
    tell()
    make_follower(email="late@example.org")
    planning.cancel(event.pk, reason="Lokalet er stengt", by=make_organiser())
    tell()
    tell()
    news = [mail.to[0] for mail in outbox.outbox if "Lokalet" in mail.body and "follow" in mail.body]
    assert news == ["kari@example.org"]


def test_a_meetup_that_is_called_off_before_it_is_told_is_not_told():
    make_follower()
    event = make_event()
    make_announcement(event=event)
    planning.cancel(event.pk, reason="Nei", by=make_organiser())
    tell()
    assert told() == []


def test_nothing_is_added_while_the_mail_server_refuses(settings):
    settings.MAIL_PER_MINUTE = 2
    for _ in range(5):
        make_follower()
    make_announcement()
    actions.spread_due()
    assert [sending.send_portion() for _ in range(3)] == [2, 0, 0]
    deliver_all()
    assert sending.send_portion() == 2


def test_a_series_tells_of_each_date_once_in_its_time(time_machine):
    time_machine.move_to(datetime(2026, 11, 3, 12, tzinfo=OSLO))
    told_series = make_series()
    series.switch(told_series, on=True, by=make_organiser())
    make_event(series=told_series, starts_in=timedelta(days=20))
    near = make_event(series=told_series, starts_in=timedelta(days=13))
    make_event(series=make_series(), starts_in=timedelta(days=13))
    assert [series.announce_due(), series.announce_due()] == [1, 0]
    assert Announcement.objects.get().object_id == near.pk
    time_machine.move_to(datetime(2026, 11, 12, 23, tzinfo=OSLO))
    assert series.announce_due() == 0


def test_a_mailbox_that_is_gone_is_not_written_to_again(settings):
    follower = make_follower()
    make_announcement()
    actions.spread_due()
    sending.send_portion()
    from followers import bounces

    bounces.note(follower, is_for_good=True)
    deliver_all()
    assert told() == []
    assert Delivery.objects.get(kind="news").dropped_at
    assert Follower.objects.get().paused_at
    assert News.objects.untold().count() == 0


def test_two_at_once_announce_once():
    event, organiser = make_event(), make_organiser()
    actions.announce("meetup", event.pk, by=organiser)
    with pytest.raises(actions.AlreadyDecided):
        actions.announce("meetup", event.pk, by=organiser)
    assert Event.objects.get(pk=event.pk).is_published
