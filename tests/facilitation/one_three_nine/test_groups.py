"""Groups as they are made, joined, come to and left."""

from datetime import timedelta

import pytest
from django.utils import timezone

from facilitation.activities import actions, clock
from facilitation.board_lock import TooLate
from facilitation.models import Board, Group, GroupMember, SheetLine, Workplace
from facilitation.one_three_nine import groups, plan, sheets
from facilitation.table.leading import NotLeading
from tests.facilitation.one_three_nine.hall import (
    ALONE,
    GALLERY,
    GROUPS,
    again,
    come,
    go_on,
    go_to,
    group_of,
    heads,
    leave,
    make_hall,
    people_of,
    write,
)

pytestmark = pytest.mark.django_db


def steps_of(activity):
    found = [(activity.step, activity.number)]
    while activity.step != GALLERY:
        activity = go_on(activity)
        found.append((activity.step, activity.number))
    return found


def test_one_three_nine_step_by_step():
    activity = make_hall(people=27)
    assert steps_of(activity) == [(ALONE, 0), (GROUPS, 1), (GROUPS, 2), (GALLERY, 0)]
    assert [Group.objects.filter(level=level).count() for level in (1, 2)] == [9, 3]
    assert {larger.small_groups.count() for larger in Group.objects.filter(level=2)} == {3}
    assert GroupMember.objects.filter(level=1).count() == GroupMember.objects.filter(level=2).count() == 27


def test_one_two_four_eight():
    activity = make_hall(people=16, sizes="1-2-4-8")
    assert len(steps_of(activity)) == 5
    assert [Group.objects.filter(level=level).count() for level in (1, 2, 3)] == [8, 4, 2]


def test_of_a_single_group_there_is_no_larger_one():
    assert steps_of(make_hall(people=4)) == [(ALONE, 0), (GROUPS, 1), (GALLERY, 0)]


@pytest.mark.parametrize("people", [1, 2])
def test_a_hall_of_one_or_two_comes_to_the_gallery(people):
    activity = go_to(make_hall(people=people), GROUPS, 1)
    assert heads(activity) == [people]
    assert go_on(activity).step == GALLERY


def test_the_people_of_small_groups_are_together_in_the_larger():
    activity = go_to(make_hall(people=18), GROUPS, 1)
    before = {group.pk: set(people_of(group)) for group in Group.objects.at(activity)}
    go_on(activity)
    for small in Group.objects.filter(level=1):
        assert before[small.pk] <= set(people_of(small.joined_into))


def test_the_larger_group_meets_where_its_first_small_group_sits():
    activity = go_to(make_hall(people=6), GROUPS, 1)
    Group.objects.filter(level=1, number=1).update(whereabouts="by the window", fewer=1)
    go_on(activity)
    larger = Group.objects.get(level=2)
    assert (larger.whereabouts, larger.fewer) == ("by the window", 1)


def test_people_of_one_workplace_are_spread():
    activity = make_hall(people=12, mixes=True)
    for number, person in enumerate(activity.board.participants.all()):
        name = "Skatt" if number % 3 == 0 else ["NAV", "nav"][number % 2]
        sheets.tell_workplace(activity, by=person, name=name)
    told = {place.participant_id: place.name.casefold() for place in Workplace.objects.all()}
    activity = go_to(activity, GROUPS, 1)
    for group in Group.objects.at(activity):
        assert sorted(told[person.pk] for person in people_of(group)) == ["nav", "nav", "skatt"]
    go_on(activity)
    assert Workplace.objects.count() == 0


def test_two_presses_go_one_step():
    activity = make_hall()
    leader = activity.board.leader
    groups.go_on(activity, by=leader, step=ALONE, number=0)
    with pytest.raises(TooLate):
        groups.go_on(activity, by=leader, step=ALONE, number=0)
    assert again(activity).number == 1


def test_only_whoever_leads_goes_on():
    activity = make_hall()
    with pytest.raises(NotLeading):
        groups.go_on(activity, by=come(activity), step=ALONE, number=0)


def test_the_clock_goes_on_by_itself_through_all_levels(time_machine):
    activity = make_hall(minutes="3-8-12")
    groups.set_clock(activity, by=activity.board.leader, step=ALONE, number=0, minutes=3)
    found = []
    for minutes in (4, 9, 13):
        time_machine.move_to(timezone.now() + timedelta(minutes=minutes))
        assert clock.keep(Board.objects.select_related("activity").get())
        activity = again(activity)
        found.append((activity.step, activity.number, activity.ends_at is not None))
    assert found == [(GROUPS, 1, True), (GROUPS, 2, True), (GALLERY, 0, False)]


def test_the_leader_gives_more_time_or_takes_the_clock_away():
    activity = go_to(make_hall(minutes="3-8-12"), GROUPS, 1)
    leader = activity.board.leader
    groups.set_clock(activity, by=leader, step=GROUPS, number=1, minutes=2)
    assert again(activity).ends_at - timezone.now() < timedelta(minutes=2)
    groups.set_clock(activity, by=leader, step=GROUPS, number=1, minutes=0)
    assert again(activity).ends_at is None


def test_the_gallery_has_no_clock():
    activity = go_to(make_hall(people=2), GALLERY)
    with pytest.raises(TooLate):
        groups.set_clock(activity, by=activity.board.leader, step=GALLERY, number=0, minutes=2)


def test_groups_are_made_again_until_one_has_written():
    activity = go_to(make_hall(people=6), GROUPS, 1)
    leader = activity.board.leader
    groups.mix_again(activity, by=leader, number=1)
    assert heads(activity) == [3, 3]
    write(activity, leader, "Coffee")
    with pytest.raises(groups.HaveWritten):
        groups.mix_again(activity, by=leader, number=1)


# Coming and leaving


def test_who_comes_late_joins_the_smallest():
    activity = go_to(make_hall(people=8), GROUPS, 1)
    assert sorted(heads(activity)) == [2, 3, 3]
    late = come(activity)
    assert heads(activity) == [3, 3, 3]
    assert late in people_of(group_of(activity, late))


def test_who_comes_first_while_groups_sit_makes_a_group():
    activity = go_to(make_hall(people=1), GROUPS, 1)
    Group.objects.all().delete()
    come(activity)
    assert heads(activity) == [1]


def test_who_comes_to_another_step_is_in_no_group():
    activity = make_hall()
    come(activity)
    assert GroupMember.objects.count() == 0
    assert go_to(activity, GALLERY)
    come(activity)
    assert not GroupMember.objects.filter(participant__number=11).exists()


def test_who_is_left_alone_joins_another_group_and_the_sheet_goes_along():
    activity = go_to(make_hall(people=5), GROUPS, 1)
    pair = next(group for group in Group.objects.at(activity) if group.members.count() == 2)
    stays, goes = sorted(people_of(pair), key=lambda person: person == activity.board.leader, reverse=True)
    write(activity, stays, "Coffee")
    leave(activity, goes)
    assert heads(activity) == [4]
    assert group_of(activity, stays).lines.get().text == "Coffee"


def test_a_larger_group_that_dissolves_takes_its_small_groups_along():
    activity = go_to(make_hall(people=12, sizes="1-3-6"), GROUPS, 2)
    first, second = Group.objects.at(activity)
    for person in people_of(first):
        if person != activity.board.leader and first.members.count() > 1:
            leave(activity, person)
    for person in people_of(second):
        if person != activity.board.leader and second.members.count() > 1 and Group.objects.at(activity).count() == 2:
            leave(activity, person)
    left = Group.objects.at(activity).get()
    assert left.small_groups.count() == 4


def test_one_fewer_counts_and_is_taken_back():
    activity = go_to(make_hall(people=6), GROUPS, 1)
    group = group_of(activity, activity.board.leader)
    groups.say_fewer(activity, by=activity.board.leader, number=1, fewer=1)
    assert sorted(heads(activity)) == [2, 3]
    come(activity)
    assert sorted(heads(activity)) == [3, 3]
    groups.say_fewer(activity, by=activity.board.leader, number=1, fewer=0)
    assert Group.objects.get(pk=group.pk).fewer == 0


def test_who_says_that_all_others_are_away_joins_another_group():
    activity = go_to(make_hall(people=6), GROUPS, 1)
    groups.say_fewer(activity, by=activity.board.leader, number=1, fewer=2)
    assert heads(activity) == [4]
    with pytest.raises(TooLate):
        groups.say_fewer(activity, by=activity.board.leader, number=1, fewer=6)


def test_whereabouts_are_said_by_the_group_and_by_the_leader():
    activity = go_to(make_hall(people=6), GROUPS, 1)
    leader = activity.board.leader
    own = group_of(activity, leader)
    other = Group.objects.at(activity).exclude(pk=own.pk).get()
    guest = people_of(other)[0]
    sheets.say_where(activity, by=guest, number=1, whereabouts="by the window")
    assert Group.objects.get(pk=other.pk).whereabouts == "by the window"
    sheets.say_where(activity, by=leader, number=1, whereabouts="on the stairs", group=other)
    assert Group.objects.get(pk=other.pk).whereabouts == "on the stairs"
    with pytest.raises(NotLeading):
        sheets.say_where(activity, by=guest, number=1, whereabouts="elsewhere", group=own)


def test_a_change_of_the_sheet_or_the_people_raises_the_version_of_that_group_alone():
    activity = go_to(make_hall(people=6), GROUPS, 1)
    own = group_of(activity, activity.board.leader)
    write(activity, activity.board.leader, "Coffee")
    versions = dict(Group.objects.values_list("pk", "version"))
    assert versions.pop(own.pk) == 1 and set(versions.values()) == {0}


def test_a_sheet_that_stayed_empty_takes_over_what_its_small_groups_wrote():
    activity = go_to(make_hall(people=6), GROUPS, 1)
    for person in activity.board.participants.all():
        write(activity, person, f"Line {person.number}")
    activity = go_to(activity, GALLERY)
    assert Group.objects.posters().get().lines.count() == 6


def test_lines_taken_over_stay_the_only_ones_on_a_poster():
    activity = go_to(make_hall(people=6), GROUPS, 1)
    line = write(activity, activity.board.leader, "Coffee")
    write(activity, activity.board.leader, "Tea")
    activity = go_on(activity)
    sheets.take(line, by=activity.board.leader, number=2)
    go_to(activity, GALLERY)
    assert [line.text for line in Group.objects.posters().get().lines.all()] == ["Coffee"]


def test_closing_a_board_in_the_middle_closes_the_activity():
    activity = go_to(make_hall(people=6), GROUPS, 1)
    write(activity, activity.board.leader, "Coffee")
    actions.close(activity, by=activity.board.leader)
    assert again(activity).is_closed
    assert GroupMember.objects.count() == 0
    assert SheetLine.objects.get().group is not None


def test_questions_and_the_minutes_of_steps_to_come_may_be_changed():
    activity = make_hall(question="Old", minutes="3-8-12")
    leader, before = activity.board.leader, activity.ends_at
    words = {"question": "New", "minutes": "3-5-0", "questions": "Alone?\nIn threes?"}
    groups.replan(activity, by=leader, **words)
    activity.refresh_from_db()
    assert (plan.question(activity, 0), activity.ends_at) == ("Alone?", before)
    activity = go_on(activity)
    assert (plan.question(activity, 1), activity.seconds) == ("In threes?", 5 * 60)
    activity = go_on(activity)
    assert (plan.question(activity, 2), activity.ends_at) == ("New", None)


def test_only_the_leader_changes_the_plan_and_not_that_of_a_gallery():
    activity = make_hall()
    words = {"question": "New", "minutes": "3", "questions": ""}
    with pytest.raises(NotLeading):
        groups.replan(activity, by=activity.board.participants.last(), **words)
    go_to(activity, GALLERY)
    with pytest.raises(TooLate):
        groups.replan(activity, by=activity.board.leader, **words)
