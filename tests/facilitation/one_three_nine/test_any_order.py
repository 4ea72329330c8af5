"""In any order of coming, leaving, saying who is away and going on, everybody sits in one group and nobody alone."""

from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitation.board_lock import TooLate
from facilitation.models import Group, GroupMember, SheetLine
from facilitation.one_three_nine import groups
from tests.facilitation.one_three_nine.hall import GALLERY, GROUPS, again, come, go_on, heads, leave, make_hall, write

EVENTS = st.lists(
    st.tuples(st.sampled_from(["comes", "leaves", "away", "writes", "goes on"]), st.integers(0, 1000)), max_size=25
)


def happen(activity, event, number):
    """Whoever leads stays to the end."""
    people = list(activity.board.participants.order_by("number"))
    person = people[number % len(people)]
    try:
        if event == "comes":
            come(activity)
        elif event == "leaves" and person != activity.board.leader:
            leave(activity, person)
        elif event == "away" and activity.step == GROUPS:
            groups.say_fewer(activity, by=person, number=activity.number, fewer=number % 3)
        elif event == "writes":
            write(activity, person, f"Line {uuid4()}")
        elif event == "goes on" and activity.step != GALLERY:
            go_on(activity)
    except TooLate:
        # Such as all of a group being away, or writing in the gallery.
        pass


@pytest.mark.django_db
@settings(deadline=None, max_examples=40)
@given(people=st.integers(1, 14), sizes=st.sampled_from(["1-3-9", "1-2-4-8", "1-3-6"]), events=EVENTS)
def test_everybody_sits_in_one_group_and_nobody_alone(people, sizes, events):
    activity = make_hall(people=people, sizes=sizes)
    for event, number in events:
        happen(activity, event, number)
        activity = again(activity)
        if activity.step != GROUPS:
            continue
        here = sorted(activity.board.participants.values_list("pk", flat=True))
        at = GroupMember.objects.filter(activity=activity, level=activity.number)
        assert sorted(at.values_list("participant", flat=True)) == here
        assert len(heads(activity)) == 1 or min(heads(activity)) >= 2
        # Nothing that a group wrote hangs in a group that is no more.
        left = Group.objects.filter(activity=activity).values("pk")
        assert not SheetLine.objects.filter(activity=activity, participant=None).exclude(group__in=left).exists()
