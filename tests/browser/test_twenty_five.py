"""25/10 in a browser: every step accessible for guest and leader, nothing cut off on the wall, and a card's way by phone."""

import pytest
from playwright.sync_api import expect

from facilitation.models import Card
from facilitation.table import joining
from facilitation.twenty_five import results
from tests.browser.accessibility import findings
from tests.browser.test_board_pages import PHONE, join
from tests.browser.test_board_screen import CUT_OFF, SIZES, WORDS
from tests.browser.test_live import lead
from tests.facilitation.twenty_five.hall import Hall
from tests.factories import make_event, make_organiser

pytestmark = pytest.mark.django_db(transaction=True)
STEPS = {
    "write": [],
    "round": ["round"],
    "wall": ["wall"],
    "reveal": ["wall", "reveal", "reveal"],
    "result": ["wall", "reveal", "reveal", "reveal", "result"],
}


def a_hall(step, people=8):
    """A hall in this step, with cards long and short."""
    hall = Hall(people=people, event=make_event(title="Our unconference", language="en"), language="en")
    for card, words in zip(hall.activity.cards.order_by("text"), WORDS, strict=False):
        card.text = words[:200]
        card.paper_total = 5 + len(words) % 21 if step != "round" else None
        card.save()
    for to in STEPS[step]:
        hall.go(to)
    return hall


@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_accessible_and_fits(site, open_page, step):
    hall = a_hall(step)
    if step == "result":
        first, second = hall.activity.cards.select_related("activity__board")[:2]
        results.group(first, by=hall.leader, into=second)
    address, found = f"{site}/en/board/{hall.board.code}/", []
    for name, member in (("Kari", None), ("Ola", make_organiser())):
        page = open_page(address, member=member, **PHONE)
        join(page, name)
        if member:
            hall.board.leader = hall.board.participants.get(nickname="Ola")
            hall.board.save(update_fields=["leader"])
            page.reload()
        page.evaluate("document.querySelectorAll('details').forEach(fold => fold.open = true)")
        found += [f"{name} {line}" for line in findings(page)]
    assert found == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("step", STEPS)
def test_the_wall_cuts_nothing_off(site, open_page, step, size):
    hall = a_hall(step)
    page = open_page(f"{site}/en/board/{hall.board.code}/screen/", width=size[0], height=size[1])
    page.evaluate("document.fonts.ready")
    assert page.evaluate(CUT_OFF) == []


def hand_in(site, open_page, hall):
    """Kari's phone, after she has handed in her card."""
    page = open_page(f"{site}/en/board/{hall.board.code}/", **PHONE)
    join(page, "Kari")
    page.get_by_role("textbox", name="Your card").fill("Write letters that my aunt understands")
    page.get_by_role("button", name="Hand in the card").click()
    expect(page.get_by_role("heading", name="Write letters that my aunt understands")).to_be_visible()
    return page


def test_a_card_goes_by_phone_from_hand_to_hand(site, open_page):
    hall = Hall(people=1, language="en")
    page = hand_in(site, open_page, hall)
    hall.go("round")
    page.get_by_role("button", name="4", exact=True).click()
    expect(page.get_by_role("button", name="4", exact=True)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="5", exact=True).click()
    expect(page.get_by_role("button", name="5", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("Your score is saved")).to_be_visible()
    hall.go("reveal")
    expect(page.get_by_role("heading", name="Look up at the big screen")).to_be_visible()
    assert Card.objects.get(text="Card 0").score_sum == 5


def test_what_was_asked_for_before_a_score_was_stored_does_not_take_it_away(site, open_page):
    hall, held = Hall(people=1, language="en"), []
    page = hand_in(site, open_page, hall)
    hall.go("round")
    lead(hall.board, "Kari")
    page.reload()
    page.route("**/mine/", lambda route: held.append((route, route.fetch())), times=1)
    # A leader's page asks whenever something is new.
    joining.join(hall.board)
    while not held:
        page.wait_for_timeout(50)
    four = page.get_by_role("button", name="4", exact=True)
    four.click()
    expect(page.get_by_text("Your score is saved")).to_be_visible()
    [(route, before)] = held
    with page.expect_response("**/mine/"):
        route.fulfill(response=before)
    page.wait_for_timeout(500)
    expect(four).to_have_attribute("aria-pressed", "true")
