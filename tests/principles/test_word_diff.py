"""What changed between two wordings: right words marked, nothing lost, and an end in time on hostile text."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapter.text import markdown
from principles.models import PrincipleWording
from principles.word_diff import MOST_WORDS, Piece, compare, plain_text


def text_of(source):
    return plain_text(PrincipleWording(body_html=markdown.to_html(source)))


def side(paragraphs, kind):
    kept = [[piece.text for piece in paragraph if piece.kind in ("same", kind)] for paragraph in paragraphs]
    return "\n".join("".join(texts) for texts in kept if texts)


def test_changed_words_are_marked():
    assert compare("We work openly today.", "We work quietly today.") == [
        [Piece("same", "We work"), Piece("removed", " openly"), Piece("added", " quietly"), Piece("same", " today.")]
    ]


def test_space_before_a_word_is_not_marked():
    piece = Piece("added", " new words")
    assert (piece.gap, piece.words) == (" ", "new words")


def test_same_text_has_no_marks():
    assert compare("One.\nTwo.", "One.\nTwo.") == [[Piece("same", "One.")], [Piece("same", "Two.")]]


def test_new_paragraph_is_a_paragraph_of_its_own():
    assert compare("One.", "One.\nTwo.") == [[Piece("same", "One.")], [Piece("added", "Two.")]]


def test_readers_text_has_a_line_per_paragraph_and_item():
    assert text_of("Over **all**:\n\n- yrken & fag\n- länder\n\nSlut <b>nu</b>.") == (
        "Over all:\n• yrken & fag\n• länder\nSlut <b>nu</b>."
    )


@pytest.mark.parametrize("words", [MOST_WORDS, 20_000])
def test_text_beyond_the_limit_is_compared_as_a_whole(words):
    pick = random.Random(7)
    old, new = (" ".join(str(pick.randrange(40)) for _ in range(words)) for _ in range(2))
    pieces = sum(len(line) for line in compare(old, new))
    assert (pieces > 2) == (words <= MOST_WORDS)


def test_twenty_thousand_paragraphs_are_compared_as_a_whole():
    assert compare("a\n" * 20_000, "b\nc")[-1] == [Piece("added", "c")]


LINES = st.lists(st.text(alphabet="ab <&•", min_size=1).map(str.strip).filter(bool), max_size=6).map("\n".join)


@settings(deadline=None)
@given(LINES, LINES)
def test_no_word_is_lost(old, new):
    paragraphs = compare(old, new)
    assert side(paragraphs, "removed").split() == old.split()
    assert side(paragraphs, "added").split() == new.split()
