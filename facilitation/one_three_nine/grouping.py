"""Who sits with whom: pure functions, of which `groups.py` stores the answers.

A group is never one person alone as long as there are two people. `heads` says of each group, by any key, how many are
there.
"""

from collections import Counter
from random import Random


def make(people, size, *, seed, workplaces=None) -> list[list]:
    """Groups of about `size` at random, whose numbers of people differ by one at most.

    `workplaces`: {person: where they work}, of those who told; people of one are spread over as many groups as can be.
    """
    people, workplaces = list(people), workplaces or {}
    random = Random(seed)  # noqa: S311  where somebody sits is no secret
    random.shuffle(people)
    count = Counter(workplaces.get(person) for person in people)
    # Dealt out one after the other, those of one workplace go to groups that stand side by side.
    order = {place: number for number, (place, _) in enumerate(count.most_common())}
    people.sort(key=lambda person: (workplaces.get(person) is None, order[workplaces.get(person)]))
    groups = [
        people[start :: number_of_groups(len(people), size)] for start in range(number_of_groups(len(people), size))
    ]
    random.shuffle(groups)
    return groups


def number_of_groups(people, size) -> int:
    """How many groups of about `size`: for three they have two to four people."""
    # Half a group too many makes the others larger, so that none is left with one person.
    return max(1, -(-(2 * people - size) // (2 * size))) if people else 0


def join(groups, times) -> list[list]:
    """Larger groups of about `times` whole groups. Neighbours by number, who sit close, come together."""
    groups = list(groups)
    number = number_of_groups(len(groups), times)
    least, more = divmod(len(groups), number) if number else (0, 0)
    joined, start = [], 0
    for index in range(number):
        end = start + least + (index < more)
        joined.append(groups[start:end])
        start = end
    return joined


def smallest(heads):
    """Where somebody who comes late goes; None without any group. Of equal ones the first."""
    return min(heads, key=heads.get, default=None)


def dissolving(heads) -> list[tuple]:
    """(group, group that it goes into) until nobody is alone, in this order."""
    heads, moves = dict(heads), []
    while len(heads) > 1 and (alone := smallest(heads)) is not None and heads[alone] < 2:
        gone = heads.pop(alone)
        into = smallest(heads)
        heads[into] += gone
        moves.append((alone, into))
    return moves
