"""A 1-3-9 with people in it, without a browser."""

from uuid import uuid4

from facilitation.models import Activity, Board, Group, GroupMember
from facilitation.one_three_nine import groups, sheets
from facilitation.one_three_nine.groups import ALONE, GALLERY, GROUPS
from facilitation.table import joining
from tests.factories import make_activity, make_led_board, make_participant


def make_hall(*, people=9, sizes="1-3-9", minutes="0", board=None, **fields):
    """An activity in its first step, with so many people at its board, the leader among them."""
    board = board or make_led_board()
    for _number in range(people - board.participants.count()):
        make_participant(board=board)
    activity = make_activity(board=board, sizes=sizes, minutes=minutes, **fields)
    Board.objects.filter(pk=board.pk).update(activity=activity)
    return again(activity)


def again(activity):
    return Activity.objects.select_related("board__leader").get(pk=activity.pk)


def go_on(activity):
    """To the next step, and the activity as it is then."""
    activity = again(activity)
    groups.go_on(activity, by=activity.board.leader, step=activity.step, number=activity.number)
    return again(activity)


def go_to(activity, step, level=0):
    while (activity.step, activity.number) != (step, level):
        activity = go_on(activity)
    return activity


def write(activity, person, text, **fields):
    fields = {"client_id": uuid4(), "step": activity.step, "number": activity.number, **fields}
    return sheets.write(activity, by=person, text=text, **fields)


def group_of(activity, person):
    activity = again(activity)
    return groups.of(activity, person, level=activity.number)


def heads(activity):
    """How many are in each group of the level at which the activity is, in order."""
    at = Group.objects.at(again(activity)).with_heads()
    return list(at.values_list("heads", flat=True))


def people_of(group):
    return [member.participant for member in GroupMember.objects.filter(group=group).select_related("participant")]


def come(activity):
    return joining.join(activity.board)


def leave(activity, person):
    joining.leave(activity.board, by=person)


__all__ = ["ALONE", "GALLERY", "GROUPS", "again", "come", "go_on", "go_to", "group_of", "heads", "leave", "make_hall",
           "people_of", "write"]  # fmt: skip
