"""Each limit of the privacy page holds: at five moved dates nothing is kept past it, and the counts stay what they were."""

from datetime import timedelta

import pytest
from django.db.models import Q
from django.utils import timezone

from chapter.models import Chapter, Delivery, RateHit
from chapter.privacy import retention
from events.models import AccessNeed, Event, Photo, Proposal, Rsvp, WalkIn
from events.photos import taking_out
from microactions.models import Microaction
from tests.factories import make_access_need, make_event, make_microaction, make_photo, make_proposal, make_rsvp

pytestmark = pytest.mark.django_db
S = Rsvp.Status
DAYS = (1, 8, 20, 45, 400)


@pytest.fixture
def world():
    """Something of everything that goes by itself, all of it of today."""
    Chapter.objects.update(guests_kept_days=10)
    event = make_event(starts_in=timedelta(hours=3), asks_access_needs=True)
    make_rsvp(event=event, attendance="came"), make_rsvp(event=event), make_rsvp(event=event, status=S.PENDING)
    make_rsvp(event=make_event(starts_in=timedelta(days=300)), status=S.PENDING)
    make_access_need(event=event)
    for state in ("unconfirmed", "open", "declined"):
        make_proposal(state=state, decided_at=timezone.now() if state == "declined" else None)
    make_microaction(email="kari@example.org", status="pending")
    WalkIn.objects.create(event=event, name="Nora")
    taking_out.take_out(make_photo(), note="It is me.")
    Delivery.objects.create(kind="canary", object_id=1)
    RateHit.objects.create(key="canary", expires_at=timezone.now() + timedelta(hours=2))
    return event


def past_their_limit():
    """{what: rows that should be gone}, by the words of the privacy page alone."""
    now = timezone.now()

    def ago(days):
        return now - timedelta(days=days)

    unconfirmed = Q(status__in=[S.PENDING, S.EXPIRED])
    rows = {
        "guests": Rsvp.objects.filter(event__ends_at__lt=ago(10), member=None).exclude(name="", email=""),
        "pending": Rsvp.objects.filter(unconfirmed, created_at__lt=ago(7)),
        "walk-ins": WalkIn.objects.filter(event__ends_at__lt=ago(10)).exclude(name=""),
        "notes": Photo.objects.filter(hidden_at__lt=ago(30)).exclude(hidden_note=""),
        "needs": AccessNeed.objects.filter(rsvp__event__ends_at__lt=ago(7)),
        "pledges": Microaction.objects.filter(status="pending", created_at__lt=ago(7)),
        "unconfirmed proposals": Proposal.objects.filter(state="unconfirmed", created_at__lt=ago(7)),
        "declined proposals": Proposal.objects.filter(state="declined", decided_at__lt=ago(90)),
        "open proposals": Proposal.objects.filter(state="open", created_at__lt=ago(365)),
        "mails": Delivery.objects.filter(created_at__lt=ago(90)),
        "address hashes": RateHit.objects.filter(expires_at__lt=now),
    }
    return {what: found.count() for what, found in rows.items() if found.exists()}


@pytest.mark.parametrize("days", DAYS)
def test_nothing_is_kept_past_its_limit(world, time_machine, days):
    time_machine.move_to(timezone.now() + timedelta(days=days, hours=6))
    retention.run()
    assert past_their_limit() == {}


def test_it_holds_night_after_night(world, time_machine):
    start = timezone.now()
    for night in range(1, 31):
        time_machine.move_to(start + timedelta(days=night, hours=5))
        retention.run()
        assert past_their_limit() == {}


def test_without_the_job_the_limits_would_not_hold(world, time_machine):
    """The test above can fail."""
    time_machine.move_to(timezone.now() + timedelta(days=400))
    retention.run(dry_run=True)
    assert len(past_their_limit()) == 11


def test_the_counts_stay_when_the_names_are_gone(world, time_machine):
    def counted():
        event = Event.objects.with_seats().get(pk=world.pk)
        return event.going_count, event.rsvps.filter(attendance="came").count()

    before = counted()
    time_machine.move_to(timezone.now() + timedelta(days=45))
    retention.run()
    assert (counted(), before) == ((3, 1), (3, 1))
    assert world.rsvps.exclude(name="", email="").count() == 0


def test_another_number_of_days_holds_from_the_next_night(world, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=8))
    Chapter.objects.update(guests_kept_days=30)
    retention.run()
    assert (WalkIn.objects.get().name, world.rsvps.exclude(name="").count()) == ("Nora", 3)
    Chapter.objects.update(guests_kept_days=7)
    retention.run()
    assert (WalkIn.objects.get().name, world.rsvps.exclude(name="").count()) == ("", 0)


@pytest.mark.parametrize("days", ["0", "366", "x", ""])
def test_the_chapters_number_of_days_has_limits(organiser_client, days):
    from tests.everywhere.hostile import CHAPTER

    organiser_client.post("/en/organise/chapter/", {**CHAPTER, "guests_kept_days": days})
    assert Chapter.load().guests_kept_days == 30


def test_the_chapter_chooses_the_number_of_days(organiser_client):
    from tests.everywhere.hostile import CHAPTER

    organiser_client.post("/en/organise/chapter/", {**CHAPTER, "guests_kept_days": "14"})
    assert Chapter.load().guests_kept_days == 14
    assert "Guests: 14 days after the event" in organiser_client.get("/en/privacy/").content.decode()
