"""A 1-3-9 in a browser: every step accessible for guest and leader, live on the phones of a group, and on the big screen."""

import pytest
from playwright.sync_api import expect

from facilitation.models import Group, Participant, SheetLine
from facilitation.one_three_nine import groups, sheets
from facilitation.one_three_nine.groups import ALONE, GALLERY, GROUPS
from tests.browser.accessibility import findings
from tests.browser.test_board_pages import PHONE, join
from tests.browser.test_board_screen import CUT_OFF, SIZES, WORDS
from tests.facilitation.one_three_nine.hall import again, go_on, go_to, make_hall, people_of, write
from tests.factories import make_board, make_event, make_leader, make_participant

pytestmark = pytest.mark.django_db(transaction=True)


def hall_with_words(step, level, *, people=20, **fields):
    """At this step, with something on every sheet."""
    board = make_board(event=make_event(title="Unconference", language="en"), language="en", one_device=True)
    make_leader(board=board, nickname="Ola")
    for number in range(people - 1):
        make_participant(board=board, nickname=["Kari", "", "Anne-Grethe Bjørnstad"][number % 3])
    now = make_hall(people=people, board=board, minutes="3-8-12", mixes=True, **fields)
    while (now.step, now.number) != (step, level):
        now = go_on(now)
        if now.step == GROUPS:
            fill(now)
    return now


def fill(now):
    for group in Group.objects.at(now):
        person = people_of(group)[0]
        sheets.say_where(now, by=person, number=now.number, whereabouts="by the window" if group.number % 2 else "")
        for number in range(3):
            write(now, person, WORDS[(group.number + number) % len(WORDS)])


def sit_down(page, site, board, person):
    """Make this browser the one of a participant."""
    from django.core import signing

    from facilitation.table.joining import SALT

    value = signing.dumps(person.pk, salt=SALT)
    page.context.add_cookies([{"name": f"board_{board.code}", "value": value, "url": site}])
    page.goto(f"{site}/en/board/{board.code}/")


@pytest.mark.parametrize(("step", "level"), [(ALONE, 0), (GROUPS, 1), (GROUPS, 2), (GALLERY, 0)])
@pytest.mark.parametrize("who", ["Ola", "a guest"])
def test_each_step_is_accessible_and_fits(site, open_page, step, level, who):
    now = hall_with_words(step, level)
    person = now.board.leader if who == "Ola" else now.board.participants.order_by("number")[1]
    if step == ALONE:
        write(now, person, WORDS[2])
    page = open_page(f"{site}/en/", **PHONE)
    sit_down(page, site, now.board, person)
    page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
    assert list(findings(page)) == []


def test_another_of_the_group_sees_a_line_without_doing_anything(site, open_page):
    now = go_to(make_hall(people=3), GROUPS, 1)
    one, other = list(now.board.participants.all())[:2]
    first, second = open_page(f"{site}/en/", **PHONE), open_page(f"{site}/en/", **PHONE)
    sit_down(first, site, now.board, one)
    sit_down(second, site, now.board, other)
    second.locator("#line_text").fill("Half a sentence")
    first.locator("#line_text").fill("Coffee")
    first.get_by_role("button", name="Write it down").click()
    expect(second.locator(".sheet")).to_contain_text("Coffee")
    assert second.locator("#line_text").input_value() == "Half a sentence"


def test_what_is_typed_when_the_step_ends_is_kept(site, open_page):
    now = make_hall(people=3)
    page = open_page(f"{site}/en/", **PHONE)
    sit_down(page, site, now.board, now.board.participants.order_by("number")[1])
    page.locator("#line_text").press_sequentially("Half a sentence")
    go_on(now)
    expect(page.locator(".group-head")).to_be_visible()
    assert page.locator("#line_text").input_value() == "Half a sentence"


def test_a_heart_is_given_and_taken_back(site, open_page):
    now = hall_with_words(GALLERY, 0, people=4)
    page = open_page(f"{site}/en/", **PHONE)
    sit_down(page, site, now.board, now.board.participants.order_by("number")[1])
    heart = page.locator(".heart").first
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    expect(heart).to_contain_text("1")
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "false")


def test_without_a_script(site, open_page):
    now = make_hall(people=5)
    page = open_page(f"{site}/en/board/{now.board.code}/", script=False, **PHONE)
    join(page, "Kari")
    page.locator("#line_text").fill("Coffee")
    page.get_by_role("button", name="Write it down").click()
    now = go_on(now)
    page.goto(page.url)
    page.get_by_role("button", name="Put on the sheet").click()
    assert SheetLine.objects.get(group__isnull=False).text == "Coffee"
    page.get_by_label("Where are you?").fill("by the window")
    page.get_by_label("Where are you?").press("Enter")
    expect(page.locator("#mine-h")).to_contain_text("by the window")
    page.get_by_text("Where you are, and how many").click()
    page.get_by_role("button", name="We are one fewer").click()
    expect(page.locator(".group-head")).to_contain_text("1")
    go_on(go_on(again(now)) if again(now).number == 1 and Group.objects.at(again(now)).count() > 1 else now)
    page.goto(page.url)
    page.locator(".heart").first.click()
    expect(page.locator(".heart").first).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("posters", [1, 6, 14])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_cut_off_on_the_big_screen(site, open_page, width, height, posters):
    now = hall_with_words(GROUPS, 1, people=posters * 3)
    page, cut = open_page(f"{site}/nb/board/{now.board.code}/screen/", width=width, height=height), {}
    for step in (GROUPS, GALLERY):
        now = go_to(again(now), step, now.number if step == GROUPS else 0)
        page.reload()
        if found := page.evaluate(CUT_OFF):
            cut[step] = found
    assert cut == {}


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_clock_stands_in_one_line(site, open_page, width, height):
    now = hall_with_words(GROUPS, 1)
    groups.set_clock(now, by=now.board.leader, step=GROUPS, number=1, minutes=59)
    page = open_page(f"{site}/nb/board/{now.board.code}/screen/", width=width, height=height)
    assert page.evaluate("document.querySelector('.clock__time time').getClientRects().length") == 1
    assert page.evaluate(CUT_OFF) == []


def test_the_whole_hall_finds_room_on_the_big_screen(site, open_page):
    now = make_hall(people=1)
    Participant.objects.bulk_create(Participant(board=now.board, number=number) for number in range(2, 1401))
    now = go_to(now, GROUPS, 1)
    assert Group.objects.count() == 467
    Group.objects.update(whereabouts="by the third window from the left")
    page = open_page(f"{site}/nb/board/{now.board.code}/screen/", width=1280, height=720)
    assert page.evaluate(CUT_OFF) == []
