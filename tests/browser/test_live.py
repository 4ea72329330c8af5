"""Several people at one board, each in a browser: what one writes the others see, and nobody loses what they type."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from facilitation.models import Board, Round, Topic
from facilitation.table import topics
from tests.factories import make_board, make_participant
from tests.live_server_process import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)

NOTE = "What do you want to talk about?"


@pytest.fixture(scope="module")
def server(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), LiveServer() as server:
        yield server


@pytest.fixture
def board():
    return make_board(show_at_once=True)


@pytest.fixture
def sit_down(open_page, server, board):
    """Join in a browser of one's own, and wait until the page is live."""

    def sit_down(nickname, **browser):
        page = open_page(f"{server.url}/en/board/{board.code}/", **browser)
        page.get_by_label("What should we call you?").fill(nickname)
        with page.expect_response("**/live/boards/**"):
            page.get_by_role("button", name="Join").click()
        return page

    return sit_down


def put_up(page, text):
    field(page).fill(text)
    page.get_by_role("button", name="Put up the note").click()


def field(page):
    return page.locator("#note_text")


def shared(page):
    return page.locator('[data-board-shared="lists"]')


def lead(board, nickname):
    leader = board.participants.get(nickname=nickname)
    Board.objects.filter(pk=board.pk).update(leader=leader)


def test_two_people_see_what_each_other_write(sit_down):
    kari, ola = sit_down("Kari"), sit_down("Ola", width=390)
    put_up(kari, "Møter uten mål")
    expect(shared(ola)).to_contain_text("Møter uten mål")
    put_up(ola, "Kaffe")
    expect(shared(kari)).to_contain_text("Kaffe")
    expect(field(kari)).to_have_value("")


def test_the_keyboard_stays_where_it_is_while_others_write(sit_down, board):
    kari, ola = sit_down("Kari"), sit_down("Ola")
    lead(board, "Kari")
    kari.reload()
    field(kari).press_sequentially("Half a sen")
    put_up(ola, "Something else")
    expect(shared(kari)).to_contain_text("Something else")
    field(kari).press_sequentially("tence")
    expect(field(kari)).to_be_focused()
    expect(field(kari)).to_have_value("Half a sentence")


def test_what_is_unfolded_stays_so_while_others_write(sit_down):
    kari, ola = sit_down("Kari"), sit_down("Ola")
    kari.get_by_text("More about it").first.click()
    put_up(ola, "Something else")
    expect(shared(kari)).to_contain_text("Something else")
    expect(kari.locator("#note_detail")).to_be_visible()


def test_whoever_leads_keeps_folds_and_words_while_others_write(sit_down, board):
    kari, ola = sit_down("Kari"), sit_down("Ola")
    lead(board, "Kari")
    kari.reload()
    kari.locator("#fold-settings summary").click()
    dots = kari.get_by_label("Dots for each person")
    dots.fill("5")
    put_up(ola, "Something else")
    expect(kari.locator("#fold-reword")).to_have_count(1)
    expect(dots).to_be_focused()
    expect(dots).to_have_value("5")


def test_a_new_phase_comes_into_sight(sit_down, board):
    kari = sit_down("Kari", width=390, height=500)
    make_note(board)
    expect(shared(kari)).to_contain_text("Written by another")
    kari.evaluate("scrollTo(0, document.body.scrollHeight)")
    Board.objects.filter(pk=board.pk).update(phase="pitch")
    make_note(board)
    expect(kari.locator("#phase")).to_be_in_viewport()


def test_a_reload_keeps_what_was_typed(sit_down):
    kari = sit_down("Kari")
    field(kari).fill("Not yet finished")
    kari.reload()
    expect(field(kari)).to_have_value("Not yet finished")
    kari.get_by_role("button", name="Put up the note").click()
    expect(field(kari)).to_have_value("")
    kari.reload()
    expect(field(kari)).to_have_value("")


def test_offline_writing_goes_on_and_is_sent_once_afterwards(sit_down, board):
    kari = sit_down("Kari")
    make_note(board)
    expect(shared(kari)).to_contain_text("Written by another")
    kari.context.set_offline(True)
    expect(kari.locator("[data-board-banner]")).to_contain_text("You are offline")
    field(kari).fill("Written on the train")
    send = kari.get_by_role("button", name="Put up the note")
    expect(send).to_be_disabled()
    kari.context.set_offline(False)
    expect(kari.locator("[data-board-banner]")).to_be_hidden()
    send.click()
    expect(shared(kari)).to_contain_text("Written on the train")
    assert board.topics.count() == 2


def test_a_lost_answer_does_not_make_two_notes(sit_down, board):
    kari = sit_down("Kari")
    kari.route("**/do/note/", lambda route: (route.fetch(), route.abort()))
    put_up(kari, "Sent into the dark")
    expect(kari.locator("[data-board-notice]")).to_contain_text("Not sent: the board")
    kari.unroute("**/do/note/")
    kari.reload()
    expect(field(kari)).to_have_value("Sent into the dark")
    kari.get_by_role("button", name="Put up the note").click()
    expect(field(kari)).to_have_value("")
    assert board.topics.count() == 1


def test_a_board_that_moved_on_gives_the_words_back(sit_down, board):
    kari = sit_down("Kari")
    field(kari).fill("A moment too late")
    Board.objects.filter(pk=board.pk).update(phase="closed", closed_at=timezone.now(), sealed_at=timezone.now())
    kari.get_by_role("button", name="Put up the note").click()
    expect(kari.locator("[data-board-notice]")).to_contain_text("A moment too late")


def test_a_refused_form_keeps_its_words(sit_down):
    kari = sit_down("Kari")
    field(kari).evaluate("field => field.removeAttribute('maxlength')")
    put_up(kari, "x" * 141)
    expect(kari.locator("[data-board-notice]")).to_contain_text("140")
    expect(field(kari)).to_have_value("x" * 141)


def test_the_link_to_a_microaction_stays_until_the_page_is_left(sit_down, board):
    kari = sit_down("Kari")
    lead(board, "Kari")
    Board.objects.filter(pk=board.pk).update(phase="microaction")
    kari.reload()
    kari.locator("#pledge_what").fill("Ask three people")
    kari.get_by_role("button", name="I’ll do it").click()
    expect(kari.locator("#kept")).to_contain_text("Ask three people")
    make_note(board)
    with kari.expect_response("**/mine/**"):
        make_note(board)
    expect(kari.locator("#kept")).to_contain_text("Ask three people")


def test_what_was_asked_for_before_a_microaction_was_stored_does_not_take_its_link_away(sit_down, board):
    kari, held = sit_down("Kari"), []
    lead(board, "Kari")
    Board.objects.filter(pk=board.pk).update(phase="microaction")
    kari.reload()
    kari.route("**/mine/", lambda route: held.append(route))

    def answer_late(route):
        answer = route.fetch()
        while not held:
            kari.wait_for_timeout(50)
        route.fulfill(response=answer)

    kari.route("**/do/pledge/", answer_late)
    kari.locator("#pledge_what").fill("Ask three people")
    kari.get_by_role("button", name="I’ll do it").click()
    expect(kari.locator("#kept")).to_be_visible()
    with kari.expect_response("**/mine/?kept=*"):
        held[0].continue_()
    expect(kari.locator("#kept")).to_contain_text("Ask three people")


def test_a_phone_90_seconds_wrong_shows_the_right_countdown(sit_down, board):
    talk_for(board, minutes=8)
    kari = sit_down("Kari")
    kari.add_init_script("const now = Date.now; Date.now = () => now() + 90000;")
    kari.reload()
    clock = kari.locator("[data-ends-at]").first
    expect(clock).to_contain_text(":")
    minutes, seconds = map(int, clock.inner_text().split(":"))
    left = Round.objects.get().ends_at - timezone.now()
    assert abs(left - timedelta(minutes=minutes, seconds=seconds)) < timedelta(seconds=45)


def talk_for(board, *, minutes):
    author, now = make_participant(board=board), timezone.now()
    topic = Topic.objects.create(
        board=board, author=author, client_id="0" * 32, text="On the table", position=1, state="talking"
    )
    Round.objects.create(topic=topic, number=1, started_at=now, ends_at=now + timedelta(minutes=minutes))
    Board.objects.filter(pk=board.pk).update(phase="talk")


def test_a_server_started_anew_finds_its_readers_again(open_page, board):
    with LiveServer() as server:
        page = open_page(f"{server.url}/en/board/{board.code}/screen/")
        expect(page.locator("main")).to_contain_text("0 notes")
        server.kill()
        make_note(board)
        server.start()
        expect(page.locator("main")).to_contain_text("1 note")
        expect(page.locator("[data-board-banner]")).to_be_hidden()


def make_note(board):
    topics.write(board, by=make_participant(board=board), client_id=uuid4(), text="Written by another")


def test_without_a_stream_the_page_asks(open_page, site, board):
    page = open_page(f"{site}/en/board/{board.code}/screen/")
    expect(page.locator("main")).to_contain_text("0 notes")
    make_note(board)
    expect(page.locator("main")).to_contain_text("1 note")
