"""Lines: one's own, and those of a sheet where a whole group writes."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from facilitation.board_lock import TooLate
from facilitation.models import Group, Heart, SheetLine
from facilitation.one_three_nine import gallery, groups, sheets
from facilitation.table.leading import NotLeading
from facilitation.table.steps import Full
from tests.facilitation.one_three_nine.hall import (
    ALONE,
    GALLERY,
    GROUPS,
    again,
    come,
    go_on,
    go_to,
    group_of,
    leave,
    make_hall,
    people_of,
    write,
)

pytestmark = pytest.mark.django_db


def texts(rows):
    return [line.text for line in rows.order_by("pk")]


def strangers(activity):
    """Two people of different groups, neither of whom leads."""
    first, second = Group.objects.at(activity)[:2]
    return tuple(
        next(person for person in people_of(group) if person != activity.board.leader) for group in (first, second)
    )


def test_a_line_sent_twice_is_stored_once():
    activity, name = make_hall(), uuid4()
    first, again_ = (write(activity, activity.board.leader, "Coffee", client_id=name) for _ in range(2))
    assert first == again_


def test_the_name_of_somebody_elses_line_does_not_give_it():
    activity, name = make_hall(), uuid4()
    write(activity, activity.board.leader, "Coffee", client_id=name)
    with pytest.raises(TooLate):
        write(activity, come(activity), "Tea", client_id=name)


def test_what_is_written_in_a_step_that_is_over_is_refused():
    activity = make_hall()
    go_on(activity)
    with pytest.raises(TooLate):
        write(activity, activity.board.leader, "Coffee")


def test_all_of_a_group_write_on_one_sheet():
    activity = go_to(make_hall(people=6), GROUPS, 1)
    group = Group.objects.at(activity).first()
    for person in people_of(group):
        write(activity, person, "Coffee")
    assert group.lines.count() == 3
    assert SheetLine.objects.filter(participant=None).count() == 3  # nobody is stored as the writer


def test_another_of_the_group_changes_a_line_and_nobody_elsewhere():
    activity = go_to(make_hall(people=6), GROUPS, 1)
    one, stranger = strangers(activity)
    line = write(activity, one, "Coffee")
    other = next(person for person in people_of(line.group) if person != one)
    sheets.edit(line, by=other, version=0, text="Tea")
    with pytest.raises(NotLeading):
        sheets.edit(line, by=stranger, version=1, text="Mine")
    assert texts(SheetLine.objects) == ["Tea"]


def test_of_two_who_change_the_same_words_the_second_is_told():
    activity = go_to(make_hall(people=3), GROUPS, 1)
    line = write(activity, activity.board.leader, "Coffee")
    sheets.edit(line, by=activity.board.leader, version=0, text="Tea")
    with pytest.raises(TooLate):
        sheets.edit(line, by=activity.board.leader, version=0, text="Cocoa")
    sheets.edit(line, by=activity.board.leader, version=0, text="Tea")  # sent twice


def test_own_lines_are_changed_by_their_writer_alone():
    activity = make_hall()
    guest = come(activity)
    line = write(activity, guest, "Coffee")
    with pytest.raises(NotLeading):
        sheets.edit(line, by=activity.board.leader, version=0, text="Tea")
    sheets.remove(line, by=guest)
    assert not SheetLine.objects.exists()


def test_own_lines_are_put_on_the_sheet_once():
    activity = make_hall(people=6)
    guest = come(activity)
    line = write(activity, guest, "Coffee")
    activity = go_on(activity)
    for _ in range(2):
        sheets.take(again_line(line), by=guest, number=1)
    assert texts(group_of(activity, guest).lines) == ["Coffee"]
    with pytest.raises(TooLate):
        sheets.take(again_line(line), by=activity.board.leader, number=1)


def again_line(line):
    return SheetLine.objects.select_related("activity__board", "group").get(pk=line.pk)


def test_a_larger_group_takes_over_from_its_own_small_groups_only():
    activity = go_to(make_hall(people=18), GROUPS, 1)
    one, _other = strangers(activity)
    line = write(activity, one, "Coffee")
    activity = go_on(activity)
    first, second = Group.objects.at(activity)
    inside, outside = (first, second) if line.group in first.small_groups.all() else (second, first)
    sheets.take(again_line(line), by=people_of(inside)[0], number=2)
    assert texts(inside.lines) == ["Coffee"]
    with pytest.raises(TooLate):
        sheets.take(again_line(line), by=people_of(outside)[0], number=2)


def test_a_small_group_does_not_write_any_more_when_it_has_joined():
    activity = go_to(make_hall(people=9), GROUPS, 1)
    line = write(activity, activity.board.leader, "Coffee")
    go_on(activity)
    with pytest.raises(TooLate):
        sheets.edit(again_line(line), by=come(activity), version=0, text="Tea")


def test_a_sheet_is_not_filled_for_ever(monkeypatch):
    monkeypatch.setattr(sheets, "MAX_ON_SHEET", 2)
    monkeypatch.setattr(sheets, "MAX_OWN", 1)
    activity = make_hall(people=3)
    write(activity, activity.board.leader, "Coffee")
    with pytest.raises(Full):
        write(activity, activity.board.leader, "Tea")
    activity = go_on(activity)
    write(activity, activity.board.leader, "Coffee")
    write(activity, activity.board.leader, "Tea")
    with pytest.raises(Full):
        write(activity, activity.board.leader, "Cocoa")


def test_somebody_removed_writes_no_more():
    activity = make_hall()
    gone = come(activity)
    leave(activity, gone)
    with pytest.raises(TooLate):
        write(activity, gone, "Coffee")


def test_who_leaves_takes_own_lines_along_and_leaves_those_of_the_sheet():
    activity = make_hall(people=5)
    guest = come(activity)
    own = write(activity, guest, "Coffee")
    activity = go_on(activity)
    sheets.take(again_line(own), by=guest, number=1)
    leave(activity, guest)
    assert [(line.text, line.taken_from) for line in SheetLine.objects.all()] == [("Coffee", None)]


# The gallery


def gallery_of(*lines, people=3):
    activity = go_to(make_hall(people=people), GROUPS, 1)
    for line in lines:
        write(activity, activity.board.leader, line)
    return go_to(activity, GALLERY)


def test_everybody_has_one_heart_for_a_line_and_takes_it_back():
    activity = gallery_of("Coffee")
    line, late = again_line(SheetLine.objects.get()), come(activity)
    for _ in range(2):
        gallery.set_heart(line, by=late, liked=True)
    gallery.set_heart(line, by=activity.board.leader, liked=True)
    assert gallery.hearts_of(activity) == {line.pk: 2}
    gallery.set_heart(line, by=late, liked=False)
    assert gallery.hearts_of(activity) == {line.pk: 1}


def test_hearts_are_for_posters_while_they_hang():
    activity = go_to(make_hall(people=3), GROUPS, 1)
    line = again_line(write(activity, activity.board.leader, "Coffee"))
    with pytest.raises(TooLate):
        gallery.set_heart(line, by=activity.board.leader, liked=True)
    activity = go_to(activity, GALLERY)
    sheets.hide(again_line(line), by=activity.board.leader, hidden=True)
    with pytest.raises(TooLate):
        gallery.set_heart(again_line(line), by=activity.board.leader, liked=True)


def test_the_hearts_of_who_leaves_stay():
    activity = gallery_of("Coffee")
    line, late = again_line(SheetLine.objects.get()), come(activity)
    gallery.set_heart(line, by=late, liked=True)
    leave(activity, late)
    assert (gallery.hearts_of(activity), Heart.objects.count()) == ({line.pk: 1}, 0)


def test_the_leader_types_posters_from_the_wall():
    activity = gallery_of(people=1)
    leader, name = activity.board.leader, uuid4()
    for _ in range(2):
        gallery.type_poster(activity, by=leader, client_id=name, lines=["Coffee", "Tea"], whereabouts="by the window")
    gallery.type_poster(activity, by=leader, client_id=uuid4(), lines=["Cocoa"])
    assert [texts(poster.lines) for poster in Group.objects.posters()] == [["Coffee", "Tea"], ["Cocoa"]]
    with pytest.raises(NotLeading):
        gallery.type_poster(activity, by=come(activity), client_id=uuid4(), lines=["Cocoa"])


def test_one_device_fills_the_group_that_was_made_for_it():
    activity = gallery_of(people=1)
    activity.board.one_device = True
    activity.board.save()
    for text in ("Coffee", "Tea"):
        gallery.type_poster(activity, by=activity.board.leader, client_id=uuid4(), lines=[text])
    assert [poster.number for poster in Group.objects.posters()] == [1, 2]


def test_a_poster_of_another_activity_is_not_written_on():
    activity, other = gallery_of("Coffee"), gallery_of("Tea")
    with pytest.raises(TooLate):
        gallery.type_poster(
            activity, by=activity.board.leader, client_id=uuid4(), lines=["Cocoa"], group=other.groups.get()
        )


# The database holds what the verbs hold


def test_a_line_is_somebodys_own_or_a_groups():
    activity = gallery_of("Coffee")
    with pytest.raises(IntegrityError), transaction.atomic():
        activity.lines.create(text="Tea", client_id=uuid4())
    with pytest.raises(IntegrityError), transaction.atomic():
        activity.lines.update(participant=activity.board.leader)


def test_nobody_is_in_two_groups_of_a_level():
    activity = go_to(make_hall(people=6), GROUPS, 1)
    own = group_of(activity, activity.board.leader)
    other = Group.objects.exclude(pk=own.pk).get()
    with pytest.raises(IntegrityError), transaction.atomic():
        other.members.create(activity=activity, level=1, participant=activity.board.leader)


# Two at once


def at_once(*acts):
    """Each in a thread and on a connection of its own; what it returned, or the refusal."""

    def run(act):
        try:
            return act()
        except TooLate as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.django_db(transaction=True)
def test_all_of_a_group_write_at_once():
    activity = go_to(make_hall(people=4), GROUPS, 1)
    people = list(activity.board.participants.all())
    at_once(*(lambda person=person: write(again(activity), person, "Coffee") for person in people for _ in range(3)))
    group = Group.objects.get()
    assert (group.lines.count(), group.version) == (12, 12)


@pytest.mark.django_db(transaction=True)
def test_the_same_line_sent_twice_at_once_is_one():
    activity, name = go_to(make_hall(people=3), GROUPS, 1), uuid4()
    found = at_once(*[lambda: write(again(activity), activity.board.leader, "Coffee", client_id=name)] * 4)
    assert len(set(found)) == 1


@pytest.mark.django_db(transaction=True)
def test_one_line_taken_over_by_two_at_once_is_there_once():
    activity = go_to(make_hall(people=6), GROUPS, 1)
    line = write(activity, activity.board.leader, "Coffee")
    activity = go_on(activity)
    people = list(activity.board.participants.all())
    at_once(*(lambda person=person: sheets.take(again_line(line), by=person, number=2) for person in people))
    assert Group.objects.get(level=2).lines.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_heart_pressed_twice_at_once_is_one():
    activity = gallery_of("Coffee")
    line = again_line(SheetLine.objects.get())
    at_once(*[lambda: gallery.set_heart(line, by=activity.board.leader, liked=True)] * 4)
    assert gallery.hearts_of(activity) == {line.pk: 1}


@pytest.mark.django_db(transaction=True)
def test_two_leave_a_group_of_three_while_the_third_writes():
    activity = go_to(make_hall(people=6), GROUPS, 1)
    group = next(group for group in Group.objects.at(activity) if activity.board.leader not in people_of(group))
    stays, *go = people_of(group)
    found = at_once(
        *(lambda person=person: leave(activity, person) for person in go),
        *[lambda: write(again(activity), stays, "Coffee")] * 3,
    )
    stored = [line for line in found if isinstance(line, SheetLine)]
    assert group_of(activity, stays).lines.count() == len(stored)


@pytest.mark.django_db(transaction=True)
def test_many_come_while_the_groups_are_made():
    activity = make_hall(people=6)
    at_once(*[lambda: come(activity)] * 4, lambda: go_on(activity), *[lambda: come(activity)] * 4)
    in_groups = sum(group.members.count() for group in Group.objects.all())
    assert in_groups == activity.board.participants.count() == 14


@pytest.mark.django_db(transaction=True)
def test_of_two_who_press_next_at_once_one_goes_on():
    activity = make_hall(people=9)
    leader = activity.board.leader
    at_once(*[lambda: groups.go_on(activity, by=leader, step=ALONE, number=0)] * 3)
    assert again(activity).number == 1 and Group.objects.count() == 3
