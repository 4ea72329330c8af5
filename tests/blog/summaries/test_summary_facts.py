"""What a board's summary tells, sentence by sentence; what it does not know or must not tell, it leaves out."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from blog.summaries import actions as summaries
from blog.summaries.words import fitting, in_words
from chapter.text import markdown
from events.models import Event
from facilitation.models import Board, RetroItem, Topic
from microactions.models import Microaction
from tests.factories import (
    make_board,
    make_board_pledge,
    make_event,
    make_microaction,
    make_organiser,
    make_participant,
    make_retro_item,
    make_round,
    make_takeaway,
    make_topic,
    make_venue,
)

pytestmark = pytest.mark.django_db
PAST = datetime(2025, 9, 17, 15, 0, tzinfo=UTC)
HOSTILE = "# *a* <b>b</b> [x](https://evil.example) ![i](/media/images/a.webp) `c` 1. > ~~d~~ &lt; \\ _e_ | f"


def closed_board(**fields):
    return make_board(
        event=make_event(starts_at=PAST, language="en"), **{"language": "en", "phase": "closed", **fields}
    )


def start(board):
    return summaries.start_summary(board.event, make_organiser())


def composed(board):
    return start(board).composed


def sit(board, number, **fields):
    for _ in range(number):
        make_participant(board=board, **fields)


# People


@pytest.mark.parametrize(
    ("organisers", "returning", "new", "silent", "said"),
    [
        (1, 0, 0, 0, "Only one of us was at the table."),
        (2, 0, 0, 0, "There were two of us at the table, all organisers."),
        (0, 3, 0, 0, "There were three of us at the table, and all of us had been before."),
        (0, 0, 12, 0, "There were twelve of us at the table, all new."),
        (0, 0, 0, 13, "There were 13 of us at the table."),
        (
            2,
            1,
            1,
            0,
            "There were four of us at the table: two organisers, one who had been here before and one new face.",
        ),
        (1, 0, 0, 4, "There were five of us at the table, including one organiser."),
    ],
)
def test_people_are_counted_in_words(organisers, returning, new, silent, said):
    board = closed_board()
    sit(board, organisers, is_organiser=True, been_before=True)
    sit(board, returning, been_before=True)
    sit(board, new, been_before=False)
    sit(board, silent)
    assert composed(board)["people"] == said


def test_people_on_paper_count_where_one_device_wrote_for_the_room():
    on_paper = {"room_returning": 1, "room_new": 3}
    board = closed_board(one_device=True, **on_paper)
    sit(board, 1, is_organiser=True)
    assert composed(board)["people"].startswith(
        "There were five of us at the table: one organiser, one who had been here before"
    )
    assert "people" not in composed(closed_board(**on_paper))


def test_nickname_with_markdown_in_it_is_only_a_name():
    board = closed_board()
    sit(board, 2, nickname="*Kari* [x](/y)", name_in_summary=True)
    assert "Those who wanted to be named: *Kari* [x](/y) and *Kari* [x](/y)." in start(board).body_text


# How it was done


def test_facilitators_decision_is_told_as_such():
    topic = make_topic(board=closed_board(), text="Coffee", state=Topic.State.DONE)
    for overruled in (False, True, True):
        make_round(topic=topic, result="continue", overruled=overruled)
    said = composed(topic.board)["method"]
    assert "We voted to continue “Coffee” once. The person leading continued “Coffee” two times." in said


def test_lunch_has_its_own_minutes():
    topic = make_topic(board=closed_board(pace="lunch"), state=Topic.State.DONE)
    make_round(topic=topic, result="move_on")
    assert "A topic got five minutes to begin with, then three, then two." in composed(topic.board)["method"]


def test_phase_that_did_not_take_place_is_not_told():
    board = closed_board()
    make_topic(board=board, text="Coffee")
    make_retro_item(board=board)
    found = composed(board)
    assert found["method"].endswith(
        "Lean Coffee, step by step: we wrote one note and looked back with plus and delta."
    )
    assert found["topics"] == "# Topics\n\n1. Coffee"
    assert {"discussed", "microactions", "delta", "next"}.isdisjoint(found)


def test_empty_board_leaves_the_writers_prompts_and_where_it_came_from():
    assert set(composed(closed_board())) == {"title", "lead", "how_was_it", "thanks", "closing", "made_from"}


@pytest.mark.parametrize(("phase", "topics"), [("gather", None), ("dots", "# Topics\n\n1. A\n2. B")])
def test_what_the_board_still_hides_is_not_told(phase, topics):
    board = closed_board(phase=phase)
    make_topic(board=board, text="A", dots=1)
    make_topic(board=board, text="B", dots=2)
    assert composed(board).get("topics") == topics


def test_what_was_noted_under_a_variant_stands_under_the_topic():
    board = closed_board()
    topic = make_topic(board=board, text="Coffee")
    make_takeaway(topic=make_topic(board=board, text="Tea", merged_into=topic), text="Milk")
    assert composed(board)["discussed"] == "# What we talked about\n\n## Coffee\n\n- Milk"


# Where it came from


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"name": "Anna E."}, "This meetup began with a microaction by Anna E.: “Do it”."),
        ({}, "This meetup began with a microaction: “Do it”."),
        ({"name": "Anna E.", "held": True}, "This meetup began with an earlier microaction."),
        ({"visibility": "me"}, "This meetup began with an earlier microaction."),
        ({"status": "pending"}, ""),
        ({"status": "let_go"}, ""),
    ],
)
def test_origin_is_told_as_far_as_its_person_shares_it(fields, said):
    board = closed_board()
    make_microaction(what="Do it", led_to=board.event, **fields)
    assert composed(board)["lead"] == f"{said} We met on Wednesday 17 September 2025.".strip()


def test_lead_that_would_be_too_long_is_shortened_visibly():
    board = closed_board()
    earlier = make_event(title="T" * 150, slug="t", language="en", starts_at=PAST)
    make_microaction(what="W" * 140, name="N" * 80, event=earlier, led_to=board.event)
    lead = composed(board)["lead"]
    assert (len(lead), lead[-1]) == (400, "…")


@pytest.mark.parametrize(
    ("fields", "in_summary", "is_told"),
    [
        ({"visibility": "public"}, False, True),
        ({"visibility": "me"}, True, True),
        ({"visibility": "event"}, True, True),
        ({"visibility": "event"}, False, False),
        ({"visibility": "makker"}, False, False),
        ({"visibility": "public", "held": True}, True, False),
        ({"visibility": "me", "status": Microaction.Status.PENDING}, True, False),
        ({"visibility": "public", "status": Microaction.Status.LET_GO}, True, False),
    ],
)
def test_microactions_are_told_by_choice_alone(fields, in_summary, is_told):
    board = closed_board()
    make_board_pledge(board=board, what="Do it", in_summary=in_summary, **fields)
    assert ("Do it" in start(board).body) is is_told


def test_next_meetup_may_begin_with_the_end_of_this_one():
    # A whole day begins at the midnight that ends the one before.
    event = make_event(starts_in=timedelta(days=-1), hours=48, language="en")
    board = make_board(event=event, language="en", phase="closed")
    make_event(title="The day after", starts_at=event.ends_at)
    assert "The day after" in composed(board)["next"]


def test_next_meetup_is_one_that_will_be():
    board = closed_board()
    make_event(title="Called off", starts_in=timedelta(days=1), state=Event.State.CANCELLED)
    make_event(title="A draft", starts_in=timedelta(days=1), state=Event.State.DRAFT)
    make_event(title="Later", starts_in=timedelta(days=9))
    make_event(title="Next *one*", starts_in=timedelta(days=5))
    assert ">Next *one*</a>" in markdown.to_html(composed(board)["next"])


# Lines


def test_markdown_of_the_table_is_shown_and_does_nothing():
    board = closed_board()
    topic = make_topic(board=board, text=HOSTILE, dots=1, state=Topic.State.DONE)
    make_topic(board=board, text="✎ > prompt", merged_into=topic)
    make_round(topic=topic, result="continue")
    for text in (HOSTILE, "- [ ] x", "1. y", "====", "***", "✎ write", "WWW.evil.example"):
        make_takeaway(topic=topic, text=text)
        make_retro_item(board=board, text=text)
    post = start(board)
    assert post.body_text.count(HOSTILE) == 6
    assert not any(tag in post.body_html for tag in ("<b>", "<a ", "<img", "<code", "<em>", "<s>", "<hr", "<h1"))
    shown = [
        text
        for text in ("- [ ] x", "1. y", "====", "***", "✎ write")
        if post.body_html.count(f"<li>{text}</li>") != 2
    ]
    assert shown == []


def test_two_hundred_lines_fit_and_are_all_there(django_assert_max_num_queries):
    board = closed_board()
    topics = [make_topic(board=board, text=f"Topic {n}", dots=200 - n) for n in range(200)]
    for n in range(200):
        make_takeaway(topic=topics[n % 3], text=f"Remember sentence number {n} of this long evening.")
        make_retro_item(board=board, kind=RetroItem.Kind.PLUS, text=f"Good {n}")
    with django_assert_max_num_queries(60):
        post = start(board)
    assert post.body_html.count("<li>") == 200 + 200 + 200 + 200
    assert "more are on the board" not in post.body


def test_what_does_not_fit_is_counted():
    board = closed_board()
    topics = [make_topic(board=board, text="[" * 140) for _ in range(200)]
    for n in range(200):
        make_takeaway(topic=topics[n], text="*" * 400)
        make_retro_item(board=board, kind=RetroItem.Kind.DELTA, text="_" * 280)
    post = start(board)
    assert len(post.body) < 50_000
    assert post.composed["topics"].endswith("175 more are on the board.")
    assert post.composed["delta"].endswith("196 more are on the board.")


@pytest.mark.parametrize(
    ("lines", "kept"), [([], ([], 0)), (["aa", "b"], (["aa", "b"], 0)), (["aa", "bb"], (["aa"], 1))]
)
def test_fitting_keeps_whole_lines(lines, kept):
    assert fitting(lines, characters=3) == kept


def test_numbers_are_words_as_long_as_anybody_writes_them():
    with translation.override("en"):
        assert [in_words(number) for number in (2, 12, 13)] == ["two", "twelve", "13"]


# Language and place


@pytest.mark.parametrize("language", ["nb", "sv", "en"])
def test_board_decides_the_language(language):
    board = make_board(event=make_event(starts_at=PAST), language=language, phase="closed")
    assert start(board).language == language


def test_meetup_whose_board_is_closed_can_be_summed_up_before_its_end(organiser):
    event = make_event(starts_in=timedelta(minutes=-50))
    assert organiser.post(f"/nb/blog/summary/{event.slug}/").status_code == 404
    make_board(event=event, phase=Board.Phase.CLOSED)
    assert organiser.post(f"/nb/blog/summary/{event.slug}/").status_code == 302


def test_a_written_place_without_a_town_is_told_as_it_is():
    park = make_venue(name="Slottsparken", address="", city="", is_listed=False)
    event = make_event(starts_at=PAST, language="en", venue=park)
    post = summaries.start_summary(event, make_organiser())
    assert "We met on Wednesday 17 September 2025: Slottsparken." in post.lead
