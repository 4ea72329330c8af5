"""The big screen: nothing is cut off, whatever is written and however much, at both usual sizes of a projector."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone
from playwright.sync_api import expect

from facilitation.models import Board, Round, Topic
from tests.browser.accessibility import findings
from tests.factories import (
    make_board,
    make_board_pledge,
    make_event,
    make_leader,
    make_participant,
    make_retro_item,
    make_round,
    make_topic,
)

pytestmark = pytest.mark.django_db(transaction=True)

SIZES = [(1280, 720), (1920, 1080)]
WORDS = [
    "Hvordan tester vi skjemaet før det er ferdig?",
    "Møter uten mål",
    "Arbeidsmarkedsopplæringstilskuddsordningens saksbehandlingsprosedyrer",
    "Kaffe",
    "Vi trenger én som kan si ja. Hvem spør vi når tre etater eier hver sin del av den samme tjenesten, og ingen vet at de andre finnes?"[
        :140
    ],
    "Personvernkonsekvensvurderingsmalverksoppdateringsarbeidsgruppe",
    "Klarspråk i vedtaksbrev: hva gjør vi med brevene fra 1998?",
    "Å" * 60,
]

# Every line of text that is drawn must lie in the window, and in whatever would cut it off; no two scenes overlap.
CUT_OFF = """() => {
  const found = [];
  const clips = (node) => /hidden|clip|auto|scroll/.test(getComputedStyle(node).overflow);
  const hidden = (node) => node.closest("[hidden], .visually-hidden, noscript, [data-board-words]");
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = words.nextNode(); text; text = words.nextNode()) {
    if (!text.data.trim() || hidden(text.parentElement) || text.parentElement.closest("script")) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const frames = [{ left: 0, top: 0, right: innerWidth, bottom: innerHeight }];
    for (let node = text.parentElement; node; node = node.parentElement)
      if (clips(node)) frames.push(node.getBoundingClientRect());
    for (const line of range.getClientRects())
      if (frames.some((frame) => line.left < frame.left - 1 || line.right > frame.right + 1 || line.top < frame.top - 1 || line.bottom > frame.bottom + 1))
        found.push(text.data.trim().slice(0, 60));
  }
  const main = document.querySelector("#scene").getBoundingClientRect();
  for (const part of document.querySelectorAll(".screen__top, .screen__foot"))
    if (part.getBoundingClientRect().bottom > main.top + 1 && part.getBoundingClientRect().top < main.bottom - 1) found.push(part.className);
  return [...new Set(found)];
}"""
SMALLEST = "() => Math.min(...[...document.querySelectorAll('#scene :is(.note__what, .rank__what, .said__item)')].map((one) => parseFloat(getComputedStyle(one).fontSize)))"


def notes(board, number):
    for n in range(number):
        make_topic(board=board, text=WORDS[n % len(WORDS)], dots=max(0, 9 - n))


def lay(board, number):
    """Everything that a scene may show, as much as `number` of each."""
    notes(board, number)
    for n in range(number):
        make_board_pledge(board=board, what=WORDS[n % len(WORDS)], visibility="event", name="Kari")
        make_retro_item(board=board, text=WORDS[n % len(WORDS)])
        make_retro_item(board=board, kind="delta", text=WORDS[-n % len(WORDS)])


def change(scene, **fields):
    Board.objects.update(version=F("version") + 1, **fields)
    return scene


def scenes(board):
    """Each scene's name, once the board is in it."""
    longest = (
        Topic.objects.get(text=WORDS[4], position__lte=len(WORDS))
        if board.topics.count() > 4
        else board.topics.first()
    )
    for phase in ("gather", "pitch", "dots", "talk", "microaction", "retro", "closed"):
        closed = {"closed_at": timezone.now(), "sealed_at": timezone.now()} if phase == "closed" else {}
        yield change(phase, phase=phase, pitching=None, **closed)
        if phase == "pitch":
            yield change("pitching", pitching=longest)
        if phase == "talk":
            round = make_round(topic=longest)
            yield change("talking")
            Round.objects.update(ends_at=timezone.now())
            yield change("voting")
            Round.objects.update(result="continue", up=3, side=1, settled_at=timezone.now() + timedelta(minutes=5))
            make_round(topic=round.topic)
            yield change("verdict")


@pytest.mark.parametrize("number", [4, 12, 30])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_is_cut_off(site, open_page, width, height, number):
    board = make_board(
        event=make_event(title="Lean Coffee: månedlig lunsjinnsjekk med arbeidsmarkedsopplæring"), show_at_once=True
    )
    make_leader(board=board, nickname="Ola Arbeidsmarkedsopplæring")
    lay(board, number)
    page, cut = open_page(f"{site}/nb/board/{board.code}/screen/", width=width, height=height), {}
    for scene in scenes(board):
        page.reload()
        page.evaluate("document.getAnimations().forEach((one) => one.finish())")
        if found := page.evaluate(CUT_OFF):
            cut[scene] = found
    assert cut == {}


def test_each_scene_is_accessible(site, open_page):
    board, found = make_board(show_at_once=True), []
    make_leader(board=board, nickname="Ola")
    lay(board, 4)
    page = open_page(f"{site}/nb/board/{board.code}/screen/", width=1280, height=720)
    for scene in scenes(board):
        page.reload()
        page.evaluate("document.getAnimations().forEach((one) => one.finish())")
        found += [f"{scene} {line}" for line in findings(page)]
    assert found == []


@pytest.mark.parametrize(("number", "at_least"), [(4, 36), (12, 26), (30, 16)])
def test_words_are_as_large_as_there_is_room(site, open_page, number, at_least):
    board = make_board(phase="dots")
    for n in range(number):
        make_topic(board=board, text=["Hvordan tester vi skjemaet før det er ferdig?", "Møter uten mål"][n % 2])
    page = open_page(f"{site}/nb/board/{board.code}/screen/", width=1280, height=720)
    assert page.evaluate(SMALLEST) >= at_least


def test_more_than_forty_notes_are_counted(site, open_page):
    board = make_board(phase="pitch")
    notes(board, 45)
    page = open_page(f"{site}/en/board/{board.code}/screen/", width=1280, height=720)
    expect(page.locator("#wall li")).to_have_count(41)
    expect(page.locator("#wall")).to_contain_text("5 more")
    assert page.evaluate(CUT_OFF) == []


@pytest.mark.parametrize("phase", ["pitch", "talk", "retro"])
def test_words_fit_without_a_script_too(site, open_page, phase):
    board = make_board(phase=phase)
    lay(board, 12)
    page = open_page(f"{site}/nb/board/{board.code}/screen/", width=1280, height=720, script=False)
    assert page.evaluate(CUT_OFF) == []


# The moments of the evening


def screen(open_page, site, board, **options):
    return open_page(f"{site}/en/board/{board.code}/screen/", **options)


def test_notes_are_turned_over_one_after_the_other(site, open_page):
    board = make_board(phase="pitch")
    notes(board, 4)
    page = screen(open_page, site, board)
    turns = page.locator("#wall .note").evaluate_all(
        "notes => notes.map((note) => getComputedStyle(note)).map((style) => [style.animationName, style.animationDelay])"
    )
    assert turns == [["turn-over", delay] for delay in ("0s", "0.35s", "0.7s", "1.05s")]


def test_microactions_that_float_in_are_as_large_as_there_is_room(site, open_page):
    board = make_board(phase="microaction")
    for n in range(5):
        make_board_pledge(board=board, what=f"Les brev nummer {n} høyt for en nabo", visibility="public")
    page = open_page(f"{site}/nb/board/{board.code}/screen/", width=1280, height=720)
    page.evaluate("Board.fit()")
    moves = page.evaluate("document.getAnimations().filter((one) => one.playState === 'running').length")
    assert (page.evaluate(SMALLEST) >= 26, moves) == (True, 5)


def test_nothing_moves_for_those_who_ask_for_calm(site, open_page):
    board = make_board(phase="pitch")
    notes(board, 4)
    page = screen(open_page, site, board)
    page.emulate_media(reduced_motion="reduce")
    page.reload()
    assert page.evaluate("document.getAnimations().length") == 0


def test_verdict_goes_by_itself(site, open_page):
    board = make_board(phase="talk")
    topic = make_topic(board=board)
    make_round(topic=topic, result="continue", up=3, settled_at=timezone.now())
    make_round(topic=topic)
    page = screen(open_page, site, board)
    expect(page.locator(".verdict-now")).to_contain_text("We continue")
    expect(page.locator(".verdict-now")).to_be_hidden()
    expect(page.locator(".clock")).to_be_visible()


def test_line_of_the_clock_gets_shorter(site, open_page):
    board = make_board(phase="talk")
    make_round(topic=make_topic(board=board), ends_in=timedelta(minutes=6))
    page = screen(open_page, site, board)
    line = page.locator(".clock__bar")
    expect(line).to_be_visible()
    assert line.get_attribute("max") == "480"
    assert 300 < line.evaluate("line => line.value") <= 360


def test_hidden_notes_hang_face_down(site, open_page):
    board = make_board()
    make_participant(board=board)
    notes(board, 3)
    page = screen(open_page, site, board)
    expect(page.locator(".face-down")).to_have_count(3)
