"""Loading the demo chapter: once, never in production, and with dates that are right on any day."""

from datetime import date, datetime, timedelta
from itertools import groupby

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import F
from django.utils import timezone

from blog.models import Comment, Post
from chapter.models import Delivery, Image, Member
from events.models import Event, Rsvp
from facilitation.models import Board, BoardPledge, Participant, RetroItem, Round, Takeaway, Topic
from microactions.models import Cheer, Makker, Microaction
from otg_site.demo import chapter as demo_chapter
from otg_site.demo.chapter import calendar
from otg_site.demo.chapter.pictures import pictures
from principles.models import Principle

pytestmark = pytest.mark.django_db

LUNCH = "Lean Coffee: månedlig lunsjinnsjekk"
BOARDS = (Board, Participant, Topic, Round, Takeaway, RetroItem, BoardPledge)
COUNTED = (Member, Event, Rsvp, Microaction, Makker, Cheer, Post, Comment, Image, *BOARDS)
ACTED = (Rsvp, Microaction, Makker, Comment, Topic, Takeaway, RetroItem)


def counts():
    return [model.objects.count() for model in COUNTED]


def test_loading_twice_changes_nothing_and_mails_nobody(capsys):
    call_command("load_demo")
    before = counts()
    Member.objects.filter(email="kari@example.org").update(name="Kari was here")
    call_command("load_demo")
    assert counts() == before
    assert capsys.readouterr().out.splitlines() == ["The demo chapter is open.", "The demo chapter is there already."]
    assert not Delivery.objects.filter(sent_at=None).exists()
    assert Member.objects.get(email="kari@example.org").name == "Kari was here"


def test_is_refused_in_production(settings):
    settings.SITE_MODE = "production"
    with pytest.raises(CommandError, match="not for production"):
        call_command("load_demo")
    assert not Member.objects.exists()


def test_asks_for_the_shipped_texts_first():
    Principle.objects.all().delete()
    with pytest.raises(CommandError, match=r"manage\.py prepare"):
        call_command("load_demo")
    assert not Member.objects.exists()


@pytest.fixture(
    params=[
        "2026-11-21 12:00",
        "2026-12-17 11:45",  # fifteen minutes after a lunch
        "2027-01-03 08:00",  # a Sunday in a month without one
        "2027-04-01 23:30",  # after the clocks went forward; tomorrow already in Oslo
        "2028-02-29 00:30",
    ]
)
def a_day(request):
    """The demo without its pictures, loaded on this day (UTC)."""
    with time_machine.travel(datetime.fromisoformat(f"{request.param}+00:00"), tick=False):
        demo_chapter.load_rows(calendar.Calendar.now())
        yield timezone.now()


def test_all_dates_are_right_on_any_day(a_day):
    assert_lunches_are_third_thursdays_at_half_past_eleven()
    assert_nobody_acted_in_the_future(a_day)
    assert_results_came_when_due()
    assert_next_event_is_near(a_day)


def assert_lunches_are_third_thursdays_at_half_past_eleven():
    starts = [event.local_start for event in Event.objects.filter(wordings__title=LUNCH)]
    assert {(f"{start:%a %H:%M}", (start.day - 1) // 7) for start in starts} == {("Thu 11:30", 2)}
    assert {start.utcoffset() for start in starts} == {timedelta(hours=1), timedelta(hours=2)}


def assert_nobody_acted_in_the_future(now):
    acted = [model.objects.filter(created_at__gt=now) for model in ACTED]
    assert [list(rows) for rows in acted] == [[] for _ in ACTED]
    assert not Participant.objects.filter(joined_at__gt=now).exists()
    assert not Board.objects.filter(closed_at__gt=now).exists()
    assert not Makker.objects.filter(accepted_at__gt=now).exists()
    assert not Rsvp.objects.exclude(attendance="").filter(event__ends_at__gt=now).exists()
    assert not Post.objects.published().filter(published_at__lt=F("summary_of__ends_at")).exists()
    assert Post.objects.scheduled().count() == 1


def assert_results_came_when_due():
    results = Microaction.objects.with_result()
    assert not results.filter(result_at__lte=F("created_at")).exists()
    assert not results.filter(result_at__date__lt=F("due_on")).exists()


def assert_next_event_is_near(now):
    event = Event.objects.upcoming().first()
    assert timedelta(days=2) < event.starts_at - now < timedelta(days=6)
    assert event.local_start.isoweekday() <= 5


# The parts


def test_a_weekend_moves_to_its_monday():
    saturday = calendar.Calendar(moment=None, today=date(2026, 11, 21))
    assert [f"{saturday.workday(n):%a}" for n in range(4)] == ["Mon", "Mon", "Mon", "Tue"]


def test_third_thursdays_are_between_the_fifteenth_and_the_twenty_first():
    days = [calendar.third_thursday(year, month) for year in range(2024, 2034) for month in range(1, 13)]
    assert {f"{day:%a}" for day in days} == {"Thu"}
    assert {day.day for day in days} == set(range(15, 22))


def test_a_picture_is_drawn_alike_every_time_and_differs_from_the_next():
    wall, other = pictures.Scene(3, 2, (2, 3)), pictures.Scene(2, 2, (5, 6))
    drawings = [pictures.poster(scene).read() for scene in (wall, wall, other)]
    assert [len(list(same)) for _, same in groupby(drawings)] == [2, 1]
