"""A leader plays the activities of a hall from the first press to the last, three others on their phones; with and without the script."""

import pytest
from playwright.sync_api import expect

from facilitation.models import Activity, Card, Deal, GroupMember, Heart, Session, SheetLine, Topic
from tests.browser.test_board_pages import PHONE, join
from tests.factories import make_board, make_event, make_organiser

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.parametrize("script", [True, False])]
LOOKS, PAUSE = 30, 200
# What each gets from all others.
SCORES = {"Fewer meetings": 5, "Plain words": 3, "One door in": 3, "A new coffee machine": 1}


class Table:
    """A leader and three others, each with a phone, and the big screen."""

    def __init__(self, site, open_page, script):
        self.board = make_board(event=make_event(title="Our unconference", language="en"), language="en")
        self.address = f"{site}/en/board/{self.board.code}/"
        self.script = script
        self.phones = [self._seat(open_page, "Ola", make_organiser())]
        self.phones += [self._seat(open_page, name) for name in ("Kari", "Per", "Siv")]
        self.leader = self.phones[0]
        self.screen = open_page(f"{self.address}screen/", script=script)

    def _seat(self, open_page, name, member=None):
        page = open_page(self.address, script=self.script, member=member, **PHONE)
        join(page, name)
        return page

    def look(self, page):
        """As time would have it: the script asks again, and without it the page loads itself."""
        if self.script:
            page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        else:
            page.goto(f"{self.address}screen/" if page is self.screen else self.address)
        return page

    def see(self, page, what):
        """Look until it is there: what a script sends may still be on its way."""
        for _ in range(LOOKS):
            if self.look(page).locator(what).first.is_visible():
                return
            page.wait_for_timeout(PAUSE)
        expect(page.locator(what).first).to_be_visible()

    def press(self, page, name, **more):
        page.get_by_role("button", name=name, **more).first.click()

    def open_activity(self, kind, **fields):
        self.leader.get_by_role("link", name="What are we doing?").click()
        fold = self.leader.locator(f"#open-{kind}")
        fold.locator("summary").click()
        for label, text in fields.items():
            fold.get_by_label(label).first.fill(text)
        with self.leader.expect_navigation():
            fold.get_by_role("button", name="Open").click()

    def step(self, name, wait_for):
        """The leader goes on; everybody's phone follows."""
        self.leader.locator(".lead-panel__next").get_by_role("button", name=name).click()
        for page in self.phones:
            self.see(page, wait_for)


@pytest.fixture
def table(site, open_page, script):
    return Table(site, open_page, script)


def test_a_whole_25_10(table):
    table.open_activity("25-10", Question="What should be easier?")
    for page, text in zip(table.phones, SCORES, strict=True):
        table.look(page).get_by_role("textbox", name="Your card").fill(text)
        table.press(page, "Hand in the card")
        expect(page.get_by_role("heading", name=text)).to_be_visible()
    for number in (1, 2, 3):
        table.step("Give out the cards" if number == 1 else "End the round", ".scale")
        for page in table.phones:
            expect(page.get_by_text(f"Round {number} of 3").first).to_be_visible()
            _score(table, page)
    table.step("End the round", "text=Look up at the big screen")
    assert _counted_down(table) == [4, 2, 2, 1]
    table.step("Show the whole result", ".cards__row")
    sums = table.phones[1].locator(".cards__row > .points .pips__no").all_inner_texts()
    assert [int(one) for one in sums] == [25, 15, 15, 5]
    _make_a_topic(table, "Fewer meetings")
    table.leader.locator(".lead-panel__next").get_by_role("button", name="Close 25/10").click()
    expect(table.leader.locator(".lead-panel__next").get_by_role("button", name="Close 25/10")).to_have_count(0)
    assert Activity.objects.get().is_closed
    assert (Deal.objects.count(), Card.objects.exclude(author=None).count()) == (0, 0)


def _score(table, page):
    # Until then it is the card of the round before.
    expect(page.locator(".scale__step[aria-pressed=true]")).to_have_count(0)
    text = page.locator("[id^=deal-] h3").inner_text()
    table.press(page, str(SCORES[text]), exact=True)
    expect(page.get_by_text("Your score is saved")).to_be_visible()


def _counted_down(table):
    places = []
    for name in ["Show the first card"] + ["Show the next card"] * 3:
        table.leader.locator(".lead-panel__next").get_by_role("button", name=name).click()
        table.see(table.screen, f"#reveal-{len(places) + 1}")
        places.append(int(table.screen.locator(".cards-screen__place").inner_text().split()[-1]))
    return places


def _make_a_topic(table, text):
    fold = table.leader.locator("#fold-topic")
    fold.locator("summary").click()
    fold.get_by_label("This card").select_option(label=text)
    fold.get_by_role("button", name="Make it a topic").click()
    expect(table.leader.get_by_text("The card is now a topic").first).to_be_visible()
    assert Topic.objects.get().text == text


def test_a_whole_1_3_9(table):
    table.open_activity("1-3-9", Question="What helps?")
    own = table.look(table.phones[1])
    own.get_by_label("A line").first.fill("Ask those it is for")
    table.press(own, "Write it down")
    expect(own.get_by_text("Ask those it is for").first).to_be_visible()
    table.step("Put people into groups of 3", ".group-head")
    assert GroupMember.objects.count() == 4
    own.get_by_label("A line").first.fill("Begin with the answer")
    table.press(own, "Write it down")
    expect(own.get_by_text("Begin with the answer").first).to_be_visible()
    table.step("On to the gallery", "text=The posters")
    heart = table.phones[2].get_by_role("button", name="Begin with the answer").first
    heart.click()
    expect(heart).to_have_attribute("aria-pressed", "true")
    table.leader.locator(".lead-panel__next").get_by_role("button", name="Close and keep the posters").click()
    table.see(table.phones[3], "text=See all posters")
    line = SheetLine.objects.get(text="Begin with the answer")
    assert (line.kept_hearts, Heart.objects.count()) == (1, 0)


def test_a_whole_grid_of_sessions(table):
    table.open_activity("sessions", Question="What now?")
    kari = table.look(table.phones[1])
    kari.get_by_label("What is the session about?").first.fill("Letters")
    table.press(kari, "Offer the session")
    expect(kari.get_by_text("Letters").first).to_be_visible()
    table.step("On to the dots", "a:has-text('Letters'):visible")
    table.step("Count the dots, lay the grid", "a:has-text('Letters'):visible")
    table.step("The grid is laid: begin", "a:has-text('Letters'):visible")
    kari.goto(f"{table.address}sessions/{Session.objects.get().pk}/")
    kari.locator("#fold-own-board summary").click()
    with kari.expect_navigation():
        kari.get_by_role("button", name="Open a board for this session").click()
    expect(kari.get_by_role("heading", name="You are leading")).to_be_visible()
    per = table.phones[2]
    per.goto(f"{table.address}sessions/{Session.objects.get().pk}/")
    per.get_by_role("link", name="Join the board").click()
    expect(per.get_by_label("What should we call you?")).to_have_value("Per")
