"""The demo's boards: one that is over, with sums and without persons, and one to try."""

from collections import Counter

import pytest
from django.db import transaction
from django.db.models import F, Q
from django.test import override_settings
from django.utils import timezone

from blog.models import Post
from events.models import Event, Rsvp
from facilitation.models import CODE_LETTERS, Board, Dot, RetroItem, Round, Takeaway, Thumb, Topic
from facilitation.table.joining import join
from microactions import dates
from microactions.models import Microaction
from otg_site.demo import run as running_demo
from tests import database

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo(kept_demo, django_db_blocker):
    """For the whole file, and rolled back after it."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=kept_demo), transaction.atomic():
        database.restore("demo")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def past_board(demo):
    return Board.objects.get(code="suppe3")


@pytest.fixture
def open_board(demo):
    return Board.objects.get(code="kaffe2")


# The board that is over


def test_latest_lunch_has_a_sealed_board_and_still_no_summary(past_board):
    assert past_board.event == Event.objects.past().first()
    assert past_board.is_sealed and past_board.closed_at <= timezone.now()
    assert not Post.objects.filter(summary_of=past_board.event).exists()


def test_as_many_sat_at_the_board_as_came(past_board):
    came = past_board.event.rsvps.filter(attendance=Rsvp.Attendance.CAME).count()
    assert past_board.participants.count() == came == 9
    assert Counter(past_board.participants.values_list("been_before", flat=True)) == {True: 6, False: 2, None: 1}
    assert past_board.leader.is_organiser


def test_nobody_can_tell_who_placed_a_dot_or_thumb(past_board):
    assert not Dot.objects.exists() and not Thumb.objects.exists()
    assert sum(past_board.topics.values_list("sealed_dots", flat=True)) == 26 <= 9 * past_board.dots_each


def test_three_variants_became_the_topic_with_most_dots(past_board):
    queue = list(past_board.topics.standing().in_queue_order())
    assert [topic.dots for topic in queue] == [10, 7, 5, 3, 1, 0]
    assert queue[0].variants.count() == 2
    assert [topic.state for topic in queue] == ["done"] * 3 + ["waiting"] * 3


def test_rounds_follow_the_thumbs_or_say_that_they_were_overruled(past_board):
    rounds = Round.objects.filter(topic__board=past_board)
    followed = Q(up__gt=F("down"), result="continue") | Q(up__lte=F("down"), result="move_on")
    assert [one.overruled for one in rounds.exclude(followed)] == [True]
    assert not rounds.filter(followed, overruled=True).exists()
    assert max(one.up + one.side + one.down for one in rounds) <= past_board.participants.count()
    assert rounds.filter(up=F("down"), result="move_on").exists()


def test_the_talk_took_place_at_the_table(past_board):
    event, rounds = past_board.event, Round.objects.filter(topic__board=past_board).order_by("started_at")
    ends = [one.ends_at for one in rounds]
    assert [one.started_at for one in rounds][1:] == ends[:-1]
    assert event.starts_at < rounds.first().started_at and ends[-1] < event.ends_at
    notes = Takeaway.objects.filter(topic__board=past_board)
    assert notes.count() == 9
    assert not notes.exclude(created_at__range=(event.starts_at, event.ends_at)).exists()


def test_four_pluses_and_three_deltas_are_left(past_board):
    kinds = RetroItem.objects.filter(board=past_board).values_list("kind", flat=True)
    assert Counter(kinds) == {"plus": 4, "delta": 3}


def test_microactions_of_the_board_belong_to_its_event(past_board):
    pledged = past_board.pledges.select_related("microaction", "participant")
    assert {one.microaction.event_id for one in pledged} == {past_board.at_event_id}
    assert len({one.participant for one in pledged}) == len(pledged) == 7
    told = [one.microaction.visibility for one in pledged if one.in_summary]
    assert told == ["public"] * 4


# The board to try


def test_next_lean_coffee_has_a_board_with_notes_and_nobody_leading(open_board):
    published = Event.objects.upcoming().filter(kind="lean_coffee", state="published")
    assert open_board.event == published.first()
    assert open_board.leader is None and open_board.topics.count() == 5
    assert not open_board.topics.filter(author=None).exists()


def test_first_organiser_who_joins_the_open_board_leads_it(open_board):
    assert join(open_board, nickname="Gjest").board.leader is None
    organiser = join(open_board, nickname="Kaffe-Ola", is_organiser=True)
    open_board.refresh_from_db()
    assert open_board.leader == organiser


def test_welcome_names_the_open_board(open_board):
    assert f"/b/{open_board.code} " in running_demo.WELCOME.replace("\n", " ")
    codes = Board.objects.values_list("code", flat=True)
    assert set("".join(codes)) <= set(CODE_LETTERS)


# Both


def test_every_stored_text_would_pass_its_form(demo):
    for row in (row for model in (Board, Topic, Takeaway, RetroItem) for row in model.objects.all()):
        row.clean_fields()


# What follows a microaction


def test_next_meetup_came_of_a_public_microaction_with_a_name(demo):
    event = Event.objects.upcoming().first()
    origin = Microaction.objects.public().get(led_to=event)
    assert origin.name == "Kari Eksempel" and origin.event.ends_at < event.starts_at


def test_there_are_results_since_the_latest_lunch(past_board):
    results = Microaction.objects.with_result().filter(event=past_board.event)
    assert sorted(results.values_list("visibility", flat=True)) == ["event", "public"]


def test_kari_has_a_makker_and_is_one(demo):
    assert Microaction.objects.get(member__email="kari@example.org", makker__status="accepted").visibility == "makker"
    assert Microaction.objects.get(makker__member__email="kari@example.org").member.name == "Amina Innbilt"


def test_one_microaction_is_unknown_after_all_its_mails(demo):
    row = Microaction.objects.unknown(dates.today()).get()
    assert row.mails == 3 and row.asked_again_at < timezone.now()


def test_mails_about_a_microaction_are_counted(demo):
    open_ones = Microaction.objects.open()
    sent = {row.mails - bool(row.reminded_at) - bool(row.asked_at) - bool(row.asked_again_at) for row in open_ones}
    assert sent == {0}
    assert not open_ones.filter(reminded_at__lt=F("created_at")).exists()


# The unconferences


def test_a_day_that_is_over_has_its_cards_posters_and_sessions(demo):
    day = Board.objects.get(code="vegg46")
    assert day.is_closed and [activity.is_closed for activity in day.activities.all()] == [True] * 3
    cards, groups, sessions = day.activities.all()
    assert [card.paper_total for card in cards.cards.in_result_order()[:3]] == [25, 25, 23]
    assert groups.groups.posters().count() == 4
    assert sessions.sessions.placed().count() == 3
    own = Board.objects.get(session__activity=sessions)
    assert (own.event, own.is_closed, own.topics.count()) == (day.event, True, 2)


def test_sessions_are_pitched_for_the_day_to_come(demo):
    day = Board.objects.get(code="vegg47")
    assert (day.activity.kind, day.activity.step, day.activity.sessions.count()) == ("sessions", "pitch", 4)
