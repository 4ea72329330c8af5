"""Where bars stand."""

import pytest

from chapter import charts


def test_columns_stand_in_groups_and_what_was_not_counted_has_none():
    drawn = charts.columns(["Jan", "Feb"], [4, 2], [3, None])
    assert [(bar.kind, bar.value, bar.height) for bar in drawn.bars] == [(1, 4, 200), (1, 2, 100), (2, 3, 150)]
    first, second, beside_first = (float(bar.x[:-1]) for bar in drawn.bars)
    assert first < beside_first < second


@pytest.mark.parametrize(("most", "top"), [(0, 2), (2, 2), (3, 3), (7, 8), (11, 20), (26, 30), (41, 50), (801, 1000)])
def test_lines_end_at_a_round_number(most, top):
    assert [line.value for line in charts.columns(["a"], [most]).lines] == [0, top // 2, top]


def test_nothing_reaches_beyond_the_drawing():
    drawn = charts.columns(list("abcdefghijkl"), list(range(12)), list(range(12)))
    assert all(float(bar.x[:-1]) + float(bar.width[:-1]) <= 100 for bar in drawn.bars)
    assert all(bar.y >= 0 and bar.y + bar.height <= drawn.foot for bar in drawn.bars)


@pytest.mark.parametrize("rows", [[], [("a", 0)], [("a", 3), ("b", 12)]])
def test_longest_bar_leaves_room_for_its_number(rows):
    drawn = charts.bars(rows)
    assert all(float(row.bar.width[:-1]) <= 80 for row in drawn.rows)
    assert len(drawn.rows) == len(rows)
