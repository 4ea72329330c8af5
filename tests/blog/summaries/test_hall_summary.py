"""A whole unconference as a draft: exactly its cards, posters, sessions and microactions, and nobody’s name."""

import re
from itertools import pairwise

import pytest

from blog.summaries import actions as summaries
from facilitation.models import Activity, Card
from principles.models import Principle
from tests.blog.summaries.hall_day import (
    CARDS,
    DELTA,
    MICROACTIONS,
    PLUS,
    POSTERS,
    QUESTION,
    SECRET,
    SESSIONS,
    SUMS,
    add_board_of_session,
    hall_day,
)
from tests.blog.summaries.test_golden_summary import lists_in
from tests.factories import make_board, make_event, make_organiser

pytestmark = pytest.mark.django_db


def draft_of(event):
    return summaries.start_summary(event, make_organiser(name="Ola Arrangør"))


@pytest.fixture
def draft():
    return draft_of(hall_day())


def titles(language):
    return [row.wording.title for row in Principle.objects.with_wordings(language)]


def test_lists_are_exactly_those_of_the_day_in_their_order(draft):
    notes = [lines for lines, _ in SESSIONS.values() if lines]
    frame = [f"✓ {title}" for title in titles("nb")]
    with_sums = [f"{text} ({total})" for text, total in zip(CARDS, SUMS, strict=True)]
    expected = [sorted(with_sums, key=lambda line: -int(line.rpartition("(")[2][:-1]))]
    found = lists_in(draft.body_html)
    assert sorted(found[0]) == sorted(expected[0]) and [line.rpartition("(")[2] for line in found[0]] == [
        f"{total})" for total in SUMS
    ]
    assert found[1:] == [*POSTERS.values(), *notes, MICROACTIONS, PLUS, DELTA, frame]


def test_numbers_of_the_day(draft):
    lists = lists_in(draft.body_html)
    assert (len(lists[0]), len(POSTERS), len(MICROACTIONS), len(lists[-1])) == (12, 4, 8, 7)
    assert "Vi var 24 rundt bordet" in draft.body_text or "24" in draft.body_text


def test_each_poster_and_session_has_its_heading(draft):
    headings = re.findall(r"<h(\d)[^>]*>(.*?)</h\d>", draft.body_html)
    assert ("2", QUESTION) in headings
    posters = [text for level, text in headings if level == "3" and "ruppe" in text]
    assert posters == ["Gruppe 1 · ved vinduet", "Gruppe 2 · under trappa", "Gruppe 3", "Gruppe 4 · på scenen"]
    assert [text for _, text in headings if text in SESSIONS] == list(SESSIONS)
    assert "Tre brev skrives om før jul." in draft.body_text


def test_what_a_session_talked_about_at_its_own_board_is_told_with_the_session():
    event, title = hall_day(), next(iter(SESSIONS))
    add_board_of_session(event, title)
    text = draft_of(event).body
    part = text[text.index(title) :].split("##")[0]
    assert "- Hvem svarer publikum?: Svar innen en uke." in part
    assert SECRET not in text


def test_levels_of_headings_never_skip_one(draft):
    levels = [1, *(int(level) for level in re.findall(r"<h(\d)", draft.body_html))]
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_nobody_and_nothing_hidden_is_told(draft):
    assert SECRET not in f"{draft.title} {draft.lead} {draft.body} {draft.composed}"


def test_points_that_the_room_has_not_seen_are_not_told():
    board = make_board(event=make_event(title="Kaffe"))
    activity = board.activities.create(
        kind=Activity.Kind.TWENTY_FIVE, step="reveal", client_id="7d1fb0c4-4b5a-4a53-9a0b-0a2f6a3c9d10"
    )
    Card.objects.create(activity=activity, client_id=activity.client_id, text=f"{SECRET} kort", paper_total=20)
    assert SECRET not in draft_of(board.event).body


def test_an_evening_without_activities_has_no_frame():
    board = make_board(event=make_event(title="Kaffe"))
    assert "✓" not in draft_of(board.event).body


def test_a_full_hall_fits_into_a_post():
    event = hall_day()
    activity = event.board.activities.get(kind="25-10")
    Card.objects.bulk_create(
        Card(activity=activity, client_id=f"00000000-0000-4000-8000-{n:012}", text="x" * 200, paper_total=5)
        for n in range(1400)
    )
    post = draft_of(event)
    assert len(post.body) < 50_000
    assert "andre" in post.body_text or "til" in post.body_text
