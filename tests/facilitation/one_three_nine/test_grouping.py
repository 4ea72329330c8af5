"""Making groups, for one person or two thousand, in any order of coming and leaving."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitation.one_three_nine import grouping

PEOPLE = st.one_of(st.integers(0, 60), st.integers(1, 2000))
SIZES = st.integers(2, 10)
SEEDS = st.integers(0, 2**64)


def heads_of(groups):
    return [len(group) for group in groups]


@settings(deadline=None)
@given(people=PEOPLE, size=SIZES, seed=SEEDS)
def test_everybody_is_in_one_group_and_nobody_alone(people, size, seed):
    groups = grouping.make(range(people), size, seed=seed)
    assert sorted(person for group in groups for person in group) == list(range(people))
    assert people < 2 or min(heads_of(groups)) >= 2
    assert not groups or max(heads_of(groups)) - min(heads_of(groups)) <= 1


@settings(deadline=None)
@given(people=st.integers(2, 2000), seed=SEEDS)
def test_threes_have_two_to_four_people(people, seed):
    assert set(heads_of(grouping.make(range(people), 3, seed=seed))) <= {2, 3, 4}


@settings(deadline=None)
@given(people=st.integers(2, 2000), size=SIZES)
def test_groups_are_about_as_large_as_they_should_be(people, size):
    groups = heads_of(grouping.make(range(people), size, seed=1))
    assert max(groups) <= size * 1.5
    # Of fewer people there is one group, however few.
    assert min(groups) >= min(people, size * 2 / 3)


@settings(deadline=None)
@given(people=st.integers(1, 300), seed=SEEDS)
def test_the_same_seed_makes_the_same_groups(people, seed):
    assert grouping.make(range(people), 3, seed=seed) == grouping.make(range(people), 3, seed=seed)


def test_another_seed_makes_other_groups():
    assert grouping.make(range(50), 3, seed=1) != grouping.make(range(50), 3, seed=2)


@settings(deadline=None)
@given(places=st.lists(st.sampled_from([None, "A", "B", "C", "D"]), min_size=1, max_size=400), size=SIZES, seed=SEEDS)
def test_people_of_one_workplace_are_spread_as_far_as_can_be(places, size, seed):
    told = {person: place for person, place in enumerate(places) if place}
    groups = grouping.make(range(len(places)), size, seed=seed, workplaces=told)
    for place, number in Counter(told.values()).items():
        most = max(sum(told.get(person) == place for person in group) for group in groups)
        assert most == -(-number // len(groups))


@settings(deadline=None)
@given(groups=st.integers(0, 700), times=st.integers(2, 10))
def test_whole_groups_join_and_neighbours_stay_together(groups, times):
    joined = grouping.join(range(1, groups + 1), times)
    assert [group for larger in joined for group in larger] == list(range(1, groups + 1))
    assert groups < 2 or min(heads_of(joined)) >= 2
    assert not joined or (max(heads_of(joined)) - min(heads_of(joined)) <= 1 and max(heads_of(joined)) <= times * 1.5)


def test_nine_are_three_threes():
    assert heads_of(grouping.join(range(9), 3)) == [3, 3, 3]
    assert heads_of(grouping.join(range(10), 3)) == [4, 3, 3]


@pytest.mark.parametrize(("heads", "goes_to"), [({}, None), ({"a": 3, "b": 2, "c": 2}, "b"), ({"a": 1}, "a")])
def test_who_comes_late_joins_the_smallest(heads, goes_to):
    assert grouping.smallest(heads) == goes_to


@settings(deadline=None)
@given(heads=st.dictionaries(st.integers(), st.integers(0, 4), max_size=60))
def test_nobody_stays_alone_and_nobody_is_lost(heads):
    left = dict(heads)
    for gone, into in grouping.dissolving(heads):
        left[into] += left.pop(gone)
    assert sum(left.values()) == sum(heads.values())
    assert len(left) <= 1 or min(left.values()) >= 2


@settings(deadline=None)
@given(people=PEOPLE, events=st.lists(st.one_of(st.just("comes"), st.integers(0, 10_000)), max_size=80), seed=SEEDS)
def test_any_order_of_coming_and_leaving_leaves_nobody_alone(people, events, seed):
    groups = dict(enumerate(map(set, grouping.make(range(people), 3, seed=seed))))
    for number, event in enumerate(events):
        here = sorted(person for group in groups.values() for person in group)
        if event == "comes":
            into = grouping.smallest({key: len(group) for key, group in groups.items()})
            groups.setdefault(0 if into is None else into, set()).add(people + number)
        elif here:
            gone = here[event % len(here)]
            next(group for group in groups.values() if gone in group).remove(gone)
        for gone, into in grouping.dissolving({key: len(group) for key, group in groups.items()}):
            groups[into] |= groups.pop(gone)
        there = [len(group) for group in groups.values()]
        assert len(there) <= 1 or min(there) >= 2
