"""The bench says "met" only when each goal is met."""

import pytest

from bench import board as bench_board


def found(*, milliseconds=100, seen_by=2, memory=150):
    sent = {f"note {n}": float(n) for n in range(20)}
    seen = {note: [moment + milliseconds / 1000] * seen_by for note, moment in sent.items()}
    return {"viewers": 2, "sent": sent, "seen": seen, "memory": memory, "pages": {"/nb/": [0.05]}}


def test_met_goals_end_well(capsys):
    assert bench_board._report(found()) == 0
    assert "40 of 40 deliveries" in capsys.readouterr().out


@pytest.mark.parametrize("missed", [{"milliseconds": 260}, {"seen_by": 1}, {"memory": 201}])
def test_a_missed_goal_ends_badly(missed, capsys):
    assert bench_board._report(found(**missed)) == 1
    assert capsys.readouterr().out.count("MISSED") == 1
