"""The bench of a hall says "met" only when no card, score or phone was forgotten."""

from argparse import Namespace

import pytest

from bench.hall import __main__ as bench_hall

STAY = Namespace(leave=0, late=0, kill=False)


def found(*, told=None, **changes):
    """Six people whose five rounds went well, but for what is said."""
    scores = [[card, rater, round, 3] for card in range(6) for round, rater in enumerate(set(range(6)) - {card}, 1)]
    arrivals = {"round 1": [[0.0, 101.0], [0.0, 101.5]]}
    good = {"scores": scores, "unanswered": [], "refused": [], "took": [0.1], "fetched": [0.1], "arrivals": arrivals}
    good |= {"own": [], "again": [], "trouble": {}}
    rest = {"cards": dict.fromkeys(range(6), (15, 5)), "own_scores": [], "begun": {"round 1": 100.0}, "memory": [200]}
    return {"told": {**good, **(told or {})}, **rest, "pages": {}, "page_trouble": 0, **changes}


def missed(found, options=STAY):
    return [row["what"] for row in bench_hall._rows(found, options) if row.get("met") is False]


def test_a_day_that_went_well_misses_nothing():
    assert missed(found()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"cards": {**dict.fromkeys(range(5), (15, 5)), 5: (12, 4)}},
        {"cards": {**dict.fromkeys(range(5), (15, 5)), 5: (14, 5)}},
        {"told": {"own": [3]}},
        {"told": {"again": [[3, 4]]}},
        {"told": {"took": [0.6]}},
        {"begun": {"round 1": 99.0}},
        {"memory": [401]},
    ],
)
def test_what_went_wrong_is_said(change):
    assert missed(found(**change)) != []


def test_a_score_that_was_never_answered_may_be_kept_or_not():
    for kept in [(15, 5), (12, 4)]:
        told = {"scores": [score for score in found()["told"]["scores"] if score[:2] != [5, 4]], "unanswered": [5]}
        cards = {**dict.fromkeys(range(5), (15, 5)), 5: kept}
        assert missed(found(told=told, cards=cards), Namespace(leave=0, late=0, kill=True)) == []


def test_whoever_came_later_was_not_kept_waiting():
    arrivals = {"round 1": [[0.0, 101.0], [130.0, 131.0]]}
    assert missed(found(told={"arrivals": arrivals})) == []
