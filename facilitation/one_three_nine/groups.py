"""Putting people into groups, and joining groups to larger ones. All of it under the locks of the board and the activity."""

from secrets import randbits

from django.utils.translation import gettext_lazy as _

from chapter.refusals import Refused

from .. import activities
from ..activities import actions
from ..board_lock import TooLate, unchanged
from ..models import Activity, Group, GroupMember, SheetLine, Workplace
from ..table import joining
from . import grouping, plan

ALONE, GROUPS, GALLERY = "alone", "groups", "gallery"


class HaveWritten(Refused):
    sentence = _("A group has already written on its sheet, so the groups stay as they are.")


# From step to step


def go_on(activity, *, by, step, number) -> None:
    """Go to the next step. Raises NotLeading, TooLate, Closed."""
    with activities.going_on(activity, by=by, step=step, number=number) as (board, activity):
        to_next_step(board, activity)


def to_next_step(board, activity) -> None:
    """Needs both locks. After the gallery nothing comes but the closing."""
    if activity.step == ALONE:
        _make_groups(board, activity)
    elif activity.step == GROUPS and _has_larger(activity):
        _join_groups(activity)
    elif activity.step == GROUPS:
        _hang_up(activity)
    else:
        raise TooLate


def mix_again(activity, *, by, number) -> None:
    """Make the groups of the first level anew. Raises HaveWritten once one has written, NotLeading, TooLate, Closed."""
    with activities.going_on(activity, by=by, step=GROUPS, number=1) as (board, activity):
        if SheetLine.objects.filter(group__activity=activity).exists():
            raise HaveWritten
        activity.groups.all().delete()
        _make_groups(board, activity)


def _make_groups(board, activity):
    people = board.participants.order_by("number").values_list("pk", flat=True)
    told = dict(activity.workplaces.values_list("participant", "name")) if activity.mixes else {}
    workplaces = {person: name.casefold() for person, name in told.items()}
    made = grouping.make(people, plan.levels(activity)[0], seed=randbits(64), workplaces=workplaces)
    groups = Group.objects.bulk_create(
        Group(activity=activity, level=1, number=number) for number, _people in enumerate(made, 1)
    )
    _store_members(activity, 1, {group.pk: members for group, members in zip(groups, made, strict=True)})
    _go_to_level(activity, 1)


def _has_larger(activity):
    is_last = activity.number >= len(plan.levels(activity))
    # Of one group alone there is no larger one.
    return not is_last and Group.objects.at(activity).count() > 1


def _join_groups(activity):
    # From here on nobody is put together at random any more.
    Workplace.objects.filter(activity=activity).delete()
    sizes, level = plan.levels(activity), activity.number + 1
    joined = grouping.join(Group.objects.at(activity), sizes[level - 1] // sizes[level - 2])
    made = Group.objects.bulk_create(
        Group(
            activity=activity,
            level=level,
            number=number,
            # They meet where the first of them sits.
            whereabouts=small[0].whereabouts,
            fewer=sum(group.fewer for group in small),
        )
        for number, small in enumerate(joined, 1)
    )
    into = {group.pk: larger for larger, small in zip(made, joined, strict=True) for group in small}
    for larger, small in zip(made, joined, strict=True):
        Group.objects.filter(pk__in=[group.pk for group in small]).update(joined_into=larger)
    people = {larger.pk: [] for larger in made}
    members = GroupMember.objects.filter(activity=activity, level=activity.number).order_by("pk")
    for group, participant in members.values_list("group", "participant"):
        people[into[group].pk].append(participant)
    _store_members(activity, level, people)
    _go_to_level(activity, level)


def _store_members(activity, level, people_of):
    GroupMember.objects.bulk_create(
        GroupMember(activity=activity, level=level, group_id=group, participant_id=person)
        for group, people in people_of.items()
        for person in people
    )


def _go_to_level(activity, level):
    activity.seconds = plan.seconds(activity, level) or activity.seconds
    actions.go(activity, GROUPS, number=level, timed=plan.seconds(activity, level) > 0)


def _hang_up(activity):
    """To the gallery. A sheet that stayed empty takes over what its small groups wrote: nothing that was written is lost."""
    Workplace.objects.filter(activity=activity).delete()
    for group in Group.objects.at(activity).filter(lines=None).prefetch_related("small_groups__lines"):
        lines = [line for small in group.small_groups.all() for line in small.lines.all() if not line.is_hidden]
        SheetLine.objects.filter(pk__in=[line.pk for line in lines]).update(group=group)
    actions.go(activity, GALLERY)


# The plan and the clock


def replan(activity, *, by, question, minutes, questions) -> None:
    """Change the questions, also of the step that is on, and the minutes of those to come. Raises NotLeading, TooLate, Closed."""
    with activities.going_on(activity, by=by) as (_board, activity):
        if activity.step not in (ALONE, GROUPS):
            raise TooLate
        activity.question, activity.minutes, activity.questions = question, minutes, questions


def set_clock(activity, *, by, step, number, minutes) -> None:
    """Give the step so many minutes from now on; 0 takes the clock away. Raises NotLeading, TooLate, Closed."""
    with activities.going_on(activity, by=by, step=step, number=number) as (_board, activity):
        if step not in (ALONE, GROUPS):
            raise TooLate
        activity.seconds = minutes * 60 or activity.seconds
        actions.go(activity, step, number=number, timed=minutes > 0)


# Coming and leaving


@joining.at_joining
def seat(board, participant) -> None:
    """Whoever comes while groups sit joins the smallest."""
    for activity in _in_groups(board):
        group = grouping.smallest(_heads(activity))
        if group is None:
            group = Group.objects.create(activity=activity, level=activity.number, number=1).pk
        GroupMember.objects.create(activity=activity, level=activity.number, group_id=group, participant=participant)
        Group(pk=group).touch()


@joining.at_leaving
def unseat(board, participant) -> None:
    """Whoever is left alone in a group joins the smallest other one, and the lines go along."""
    for activity in _in_groups(board):
        GroupMember.objects.filter(activity=activity, participant=participant).delete()
        _leave_nobody_alone(activity)


def say_fewer(activity, *, by, number, fewer) -> None:
    """A group says how many of it are not there; for its people. Raises TooLate for others, or for all of them; Closed."""
    with activities.going_on(activity, step=GROUPS, number=number) as (board, activity):
        group = of(activity, by, level=number)
        if fewer >= group.members.count():
            raise TooLate
        if group.fewer == fewer:
            return unchanged(board)
        Group.objects.filter(pk=group.pk).update(fewer=fewer)
        group.touch()
        _leave_nobody_alone(activity)


def of(activity, participant, *, level, lock=False) -> Group:
    """The group in which somebody is at this level. Raises TooLate for who is in none."""
    groups = Group.objects.at(activity, level).filter(members__participant=participant)
    group = (groups.select_for_update(of=("self",)) if lock else groups).first()
    if group is None:
        raise TooLate
    return group


def _in_groups(board):
    rows = board.activities.filter(kind=Activity.Kind.ONE_THREE_NINE, step=GROUPS, closed_at=None)
    return rows.select_for_update()


def _heads(activity):
    return dict(Group.objects.at(activity).with_heads().values_list("pk", "heads"))


def _leave_nobody_alone(activity):
    for gone, into in grouping.dissolving(_heads(activity)):
        _dissolve(Group.objects.get(pk=gone), Group.objects.get(pk=into))


def _dissolve(group, into):
    GroupMember.objects.filter(group=group).update(group=into)
    SheetLine.objects.filter(group=group).update(group=into)
    Group.objects.filter(joined_into=group).update(joined_into=into)
    Group.objects.filter(pk=into.pk).update(fewer=into.fewer + group.fewer)
    into.touch()
    group.delete()
