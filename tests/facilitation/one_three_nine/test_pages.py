"""1-3-9 as people see it: on phones with and without the script, and on the big screen."""

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from facilitation.activities import actions
from facilitation.models import Activity, Group, GroupMember, Heart, Participant, SheetLine
from tests.facilitation.one_three_nine.hall import GALLERY, GROUPS, again, go_to, leave, make_hall, people_of, write
from tests.facilitation.table.table import Person
from tests.factories import make_board, make_member

pytestmark = pytest.mark.django_db


def opened(**fields):
    """A leader and two guests, Kari and Per, at a board where a 1-3-9 has been opened."""
    board = make_board()
    leader = Person(board, member=make_member(is_organiser=True)).join("Ola")
    fields = {"client_id": uuid4(), "question": "What helps?", "sizes": "1-3-9", "minutes": "0", **fields}
    answer = leader.client.post(leader.address("activities", "open", "1-3-9"), fields)
    assert answer.status_code == 302, answer.content.decode()
    return leader, Person(board, script=True).join("Kari"), Person(board).join("Per")


def activity():
    return Activity.objects.get()


def write_on(person, text, **fields):
    now = activity()
    sent = {"activity": now.pk, "step": now.step, "number": now.number, "client_id": uuid4(), "text": text, **fields}
    return person.do("line", **sent)


def press_next(leader):
    now = activity()
    return leader.do("next-level", activity=now.pk, step=now.step, number=now.number)


def test_an_evening_of_three():
    leader, kari, per = opened(questions="What do you think?\nWhat do we think?")
    assert "What do you think?" in per.page()
    write_on(kari, "Kari’s own")
    assert "Kari’s own" in kari.page("mine")
    assert "Kari’s own" not in leader.page() + per.page() + per.page("screen") + per.page("shared")
    press_next(leader)
    page = per.page()
    assert "What do we think?" in page and 'class="group-head"' in page
    assert all(name in page for name in ("Kari", "Ola", "Per"))
    kari.do("line-take", line=SheetLine.objects.get().pk, number=1)
    write_on(per, "Per’s")
    assert "Kari’s own" in leader.page() and "Per’s" in kari.page("mine")
    press_next(leader)
    assert activity().step == GALLERY
    line = SheetLine.objects.get(text="Per’s")
    assert kari.do("heart", line=line.pk, liked="1").status_code == 200
    assert Heart.objects.get().line == line
    assert "Per’s" in leader.page("screen")
    leader.do("close-activity", activity=activity().pk)
    assert (Heart.objects.count(), GroupMember.objects.count()) == (0, 0)
    assert "Per’s" in Person(leader.board).page("activities", str(activity().pk))


@pytest.mark.parametrize(
    "fields",
    [
        {"sizes": "2-4"},
        {"sizes": "1"},
        {"sizes": "1-3-8"},
        {"sizes": "1-3-3"},
        {"sizes": "1-40"},
        {"sizes": "1-2-4-8-16"},
        {"sizes": "en-to-tre"},
        {"sizes": "1-²"},
        {"minutes": "3-x"},
        {"minutes": "61"},
        {"minutes": "-"},
        {"questions": "x" * 201},
    ],
)
def test_what_cannot_be_is_refused_when_opening(fields):
    board = make_board()
    leader = Person(board, member=make_member(is_organiser=True)).join("Ola")
    sent = {"client_id": uuid4(), "sizes": "1-3-9", "minutes": "3", **fields}
    answer = leader.client.post(leader.address("activities", "open", "1-3-9"), sent)
    assert (answer.status_code, Activity.objects.count()) == (422, 0)


@pytest.mark.parametrize(("typed", "stored"), [("1–2–4", "1-2-4"), (" 1, 3 9 ", "1-3-9"), ("1-2-4-8", "1-2-4-8")])
def test_sizes_are_written_in_several_ways(typed, stored):
    opened(sizes=typed)
    assert activity().sizes == stored


def test_nobody_else_reads_where_somebody_works():
    leader, kari, per = opened(mixes="on")
    kari.do("workplace", activity=activity().pk, name="Purple Cow Ltd")
    assert "Purple Cow Ltd" in kari.page("mine")
    press_next(leader)
    pages = [leader.page(), per.page(), per.page("screen"), per.page("shared"), leader.page("activities")]
    assert not any("Purple Cow" in page for page in pages)


def test_one_group_does_not_read_the_sheet_of_another():
    now = go_to(make_hall(people=1), GROUPS, 1)
    for number in range(5):
        Person(now.board).join(f"P{number}")
    Group.objects.all().delete()
    first, second = (Group.objects.create(activity=now, level=1, number=number) for number in (1, 2))
    people = list(Participant.objects.order_by("number"))
    for group, members in ((first, people[:3]), (second, people[3:])):
        for person in members:
            group.members.create(activity=now, level=1, participant=person)
    write(now, people[0], "Purple cows")
    stranger = Person(now.board).join("Late")
    own = Participant.objects.get(nickname="Late")
    GroupMember.objects.filter(participant=own).update(group=second)
    assert "Purple" not in stranger.page() + stranger.page("mine") + stranger.page("screen") + stranger.page("shared")


def test_a_phone_is_told_which_sheet_has_changed():
    leader, kari, per = opened()
    press_next(leader)
    asked = json.loads(kari.page("shared"))
    write_on(per, "Per’s")
    told = json.loads(kari.page("shared"))
    assert (asked["marks"][1], told["marks"][1]) == (0, 1)
    assert asked["stamp"] == told["stamp"] and asked["html"] == told["html"]
    assert 'data-mark="1" data-marked="1"' in kari.page("mine")


def test_people_of_a_group_that_has_gone_are_told():
    now = go_to(make_hall(people=5), GROUPS, 1)
    pair = next(group for group in Group.objects.at(now) if group.members.count() == 2)
    goes = next(person for person in people_of(pair) if person != now.board.leader)
    leave(now, goes)
    marks = json.loads(Person(now.board).page("shared"))["marks"]
    other = Group.objects.get()
    assert marks[other.number] == other.version > 0
    assert pair.number >= len(marks) or marks[pair.number] > 10**6


def test_a_heart_gives_the_script_its_form_alone():
    now = hung_up(3)
    kari = Person(now.board, script=True).join("Kari")
    line = SheetLine.objects.first()
    answer = kari.do("heart", line=line.pk, liked="1").json()
    assert (
        set(answer) == {"inner"}
        and 'aria-pressed="true"' in answer["inner"]
        and f'value="{line.pk}"' in answer["inner"]
    )
    assert "mine" in kari.do("heart", line=0, liked="1").json()


def test_hearts_change_no_stamp():
    leader, kari, per = opened()
    press_next(leader)
    write_on(per, "Per’s")
    press_next(leader)
    before = json.loads(kari.page("shared"))["stamp"]
    kari.do("heart", line=SheetLine.objects.get().pk, liked="1")
    assert json.loads(kari.page("shared"))["stamp"] == before


def test_words_that_come_too_late_are_shown_to_their_writer():
    leader, kari, per = opened()
    old = activity()
    press_next(leader)
    for person in (kari, per):
        answer = write_on(person, "Purple cows", step=old.step, number=old.number)
        assert answer.status_code == 409
    assert "Purple cows" in answer.content.decode()


def test_a_change_of_a_line_that_is_refused_stays_in_its_form():
    _leader, _kari, per = opened()
    write_on(per, "Per’s")
    line = SheetLine.objects.get()
    answer = per.do("line-edit", line=line.pk, version=7, text="Purple cows")
    assert answer.status_code == 409 and "Purple cows</textarea>" in answer.content.decode()


def hung_up(posters):
    now = go_to(make_hall(people=1), GALLERY)
    Group.objects.all().delete()
    for number in range(1, posters + 1):
        group = Group.objects.create(activity=now, level=1, number=number)
        now.lines.create(group=group, client_id=uuid4(), text=f"Line {number}.")
    return now


def test_a_phone_has_some_posters_at_a_time_and_keeps_its_place():
    now = hung_up(20)
    per = Person(now.board).join("Per")
    first, third = per.page(), per.page(posters=3)
    assert ("Line 1." in first, "Line 20." in first) == (True, False)
    assert ("Line 1." in third, "Line 20." in third) == (False, True)
    line = SheetLine.objects.get(text="Line 20.")
    answer = per.client.post(per.address("do", "heart") + "?posters=3", {"line": line.pk, "liked": "1"})
    assert answer["Location"].startswith(f"{per.address()}?posters=3")
    assert 'mine/?posters=3"' in third


@pytest.mark.parametrize("asked", ["0", "-1", "99", "x", "²", "9" * 50, ""])
def test_a_part_that_is_not_there_is_the_nearest(asked):
    per = Person(hung_up(25).board).join("Per")
    assert per.client.get(per.address(), {"posters": asked}).status_code == 200


def test_the_big_screen_shows_all_posters_in_turn(time_machine):
    now, seen = hung_up(14), set()
    for second in range(0, 45, 15):
        time_machine.move_to(f"2027-01-01 12:00:{second:02}", tick=False)
        page = Person(now.board).page("screen")
        seen |= {number for number in range(1, 15) if f"Line {number}." in page}
        assert page.count("Line ") <= 6
    assert seen == set(range(1, 15))


def test_long_posters_are_shown_fewer_at_a_time_and_the_longest_in_part():
    now = hung_up(3)
    for poster in Group.objects.all():
        for _ in range(12):
            now.lines.create(group=poster, client_id=uuid4(), text="x" * 100)
    page = Person(now.board).page("screen")
    assert page.count("group-poster__title") == 1 and page.count('class="group-poster__line"') == 8
    assert page.count("pinned__more") == 1


def test_a_host_hides_a_line_also_afterwards():
    now = hung_up(1)
    leader = Person(now.board, member=make_member(is_organiser=True)).join("Ola")

    now.board.leader = Participant.objects.get(nickname="Ola")
    now.board.save()
    page = ("activities", str(now.pk))
    assert "line-hide" in leader.page(*page) and "line-hide" not in Person(now.board).join("Per").page(*page)
    leader.do("close-activity", activity=now.pk)
    answer = leader.do("line-hide", line=SheetLine.objects.get().pk, hidden="1")
    assert answer["Location"] == leader.address(*page)
    assert "Line 1." not in Person(now.board).page(*page)
    leader.do("line-hide", line=SheetLine.objects.get().pk, hidden="0")
    assert "Line 1." in Person(now.board).page(*page)


@pytest.mark.parametrize(("step", "level"), [("alone", 0), (GROUPS, 1), (GROUPS, 2), (GALLERY, 0)])
def test_a_page_costs_the_same_for_a_dozen_people_and_for_many(step, level):
    counts = []
    for people in (12, 90):
        now = make_hall(people=people)
        for person in now.board.participants.all():
            write(now, person, f"Own {person.number}")
        per = Person(now.board).join("Per")
        if level:
            now = go_to(now, GROUPS, 1)
            for group in Group.objects.at(now):
                write(now, people_of(group)[0], "Coffee")
        go_to(again(now), step, level)
        found = []
        for page in ((), ("screen",), ("shared",), ("mine",)):
            per.page(*page)
            with CaptureQueriesContext(connection) as queries:
                per.page(*page)
            found.append(len(queries))
        counts.append(found)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 25


def test_an_organiser_who_has_not_joined_hides_a_line_and_a_member_does_not():
    now = hung_up(1)
    actions.close(now, by=now.board.leader)
    page = ("activities", str(now.pk))
    line = SheetLine.objects.get()
    stranger, host = Person(now.board, member=make_member()), Person(now.board, member=make_member(is_organiser=True))
    assert "line-hide" in host.page(*page) and "line-hide" not in stranger.page(*page)
    stranger.do("line-hide", line=line.pk, hidden="1")
    assert not SheetLine.objects.get().is_hidden
    host.do("line-hide", line=line.pk, hidden="1")
    assert SheetLine.objects.get().is_hidden
    host.do("line", line=line.pk)  # nothing else is for those who have not joined
    assert SheetLine.objects.count() == 1


def test_posters_hang_on_the_events_page_when_all_is_over(client):
    now = hung_up(8)
    address = now.board.event.get_absolute_url()
    assert "Line 1." not in client.get(address).content.decode()
    Person(now.board, member=make_member(is_organiser=True)).join("Ola")
    actions.close(now, by=now.board.leader)
    page = client.get(address).content.decode()
    assert all(f"Line {number}." in page for number in range(1, 9))
    SheetLine.objects.filter(text="Line 1.").update(is_hidden=True)
    assert "Line 1." not in client.get(address).content.decode()


def test_what_was_written_alone_hangs_nowhere(client):
    now = make_hall(people=1)
    write(now, now.board.leader, "Purple cows")
    actions.close(now, by=now.board.leader)
    assert "Purple" not in client.get(now.board.event.get_absolute_url()).content.decode()
    assert not SheetLine.objects.exists()


def test_a_leader_changes_the_question_of_the_step_that_is_on():
    leader, kari, _per = opened(minutes="3-8")
    assert "fold-replan" in leader.page() and "fold-replan" not in kari.page()
    leader.do("replan", activity=activity().pk, question="What else?", minutes="3-5", questions="")
    assert "What else?" in kari.page()
    answer = leader.do("replan", activity=activity().pk, question="What else?", minutes="three", questions="")
    assert (answer.status_code, activity().minutes) == (422, "3-5")
    assert 'value="three"' in answer.content.decode()
