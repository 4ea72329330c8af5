"""The bench of growth says "met" only when a page meets the goals that it has."""

import pytest

from bench import growth

KB = 40_000


@pytest.mark.parametrize(
    ("small", "big", "is_met"), [(20, 30, True), (20, 31, False), (250, 300, True), (250, 301, False)]
)
def test_a_page_may_neither_grow_by_more_than_half_nor_take_long(small, big, is_met):
    assert growth._row("wall", (small, KB), (big, KB))["met"] is is_met


@pytest.mark.parametrize(("big", "is_met"), [(300, True), (301, False)])
def test_what_is_added_up_anew_may_grow_but_not_take_long(big, is_met):
    row = growth._row(f"figures{growth.ANEW}", (20, KB), (big, KB))
    assert (row["met"], "ratio" in row) == (is_met, False)
