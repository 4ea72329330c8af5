"""The bench says "met" only when each goal is met."""

import pytest

from bench import board as bench_board


def found(*, milliseconds=100, seen_by=2, memory=150):
    sent = {f"note {n}": float(n) for n in range(20)}
    seen = {note: [moment + milliseconds / 1000] * seen_by for note, moment in sent.items()}
    return {"viewers": 2, "sent": sent, "seen": seen, "memory": memory, "pages": {"/nb/": [0.05]}}


def test_all_is_delivered_in_time_by_a_small_process():
    rows = list(bench_board._rows(found()))
    assert [row.get("met") for row in rows] == [True, True, None]
    assert (rows[0]["p95 ms"], rows[0]["failed"]) == (pytest.approx(100), 0)


@pytest.mark.parametrize("missed", [{"milliseconds": 260}, {"seen_by": 1}, {"memory": 201}])
def test_a_missed_goal_is_said(missed):
    assert [row.get("met") for row in bench_board._rows(found(**missed))].count(False) == 1
