"""Cards for shared links: letters, sizes and breaks."""

import io

import pytest
from PIL import Image

from blog.posts import share_card
from blog.posts.share_card import PostFacts
from chapter.share_cards import sheet as cards
from chapter.share_cards import text as card_text
from events.sharing import card as event_card
from events.sharing.card import EventFacts

EVENT = {
    "language": "nb",
    "chapter": "One Team Gov",
    "host": "chapter.example.org",
    "title": "Kaffe",
    "weekday": "torsdag",
    "day": "14",
    "month": "mars 2027",
    "time": "kl. 17.00–19.30",
    "place": "Kafé Eksempel",
    "state": "published",
    "label": "Lean Coffee",
    "principles": (3,),
}
POST = {
    "language": "sv",
    "chapter": "One Team Gov",
    "host": "chapter.example.org",
    "title": "Kaffe",
    "day": "Blogg · 12 mars 2027",
    "authors": "Kari Eksempel",
    "principles": (1, 2, 3, 4, 5, 6, 7),
}
HOSTILE = ["", "☕🎉", "\x00\u202e\u200b", "日本語 שלום", "x" * 5000, "Åøæ " * 1250, "W" * 200, "́" * 300, "a\nb\tc"]


def event(**facts):
    return event_card.draw(EventFacts(**{**EVENT, **facts}))


def size_and_weight(png):
    return Image.open(io.BytesIO(png)).size, len(png) <= 60_000


def test_all_letters_of_our_languages_are_in_the_typeface():
    letters = "æøåÆØÅäöÄÖéÉüčđŋšŧžáČĐŊŠŦŽÁïõ–—…·«»“”’€&§№"
    assert card_text.plain(letters) == letters


def test_what_the_typeface_lacks_is_left_out():
    assert card_text.plain("Kaffe ☕ og 👩🏽‍💻 kode\x00 日本") == "Kaffe og kode"


def test_what_stood_round_a_missing_letter_goes_with_it():
    assert card_text.plain("Kaffe (☕) og 日本, ja") == "Kaffe og, ja"
    assert card_text.plain("Kaffe () , ja") == "Kaffe () , ja"


def test_dressed_up_letters_are_drawn_as_plain_ones():
    assert card_text.plain("𝐊𝐚𝐟𝐟𝐞 ① Ⓐ") == "Kaffe 1 A"


@pytest.mark.parametrize(
    "title", ["☕🎉", "日本語", "قهوة", "👩🏽‍💻", "!!! ☕ ???", "日本語会議 2026", "\u200b", "한국", ""]
)
def test_title_without_a_readable_letter_is_replaced_by_the_chapters_name(title):
    assert event(title=title) == event(title="One Team Gov")
    named = PostFacts(**{**POST, "title": "One Team Gov"})
    assert share_card.draw(PostFacts(**{**POST, "title": title})) == share_card.draw(named)


@pytest.mark.parametrize("title", ["Kaffe ☕", "Кофе", "Καφές", "Þórður", "1", "日 Kaffe"])
def test_title_that_can_be_read_stays(title):
    assert card_text.readable(title, "One Team Gov", "host") == title


def test_chapter_in_another_script_is_named_by_its_address():
    assert card_text.readable("☕", "日本", "chapter.example.org") == "chapter.example.org"


def test_letters_in_two_parts_become_one():
    assert card_text.plain("a\u030apen") == "åpen"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_are_drawn_within_the_limits(text):
    assert size_and_weight(event(title=text, place=text, chapter=text, label=text[:60])) == ((1200, 630), True)
    drawn = share_card.draw(PostFacts(**{**POST, "title": text, "authors": text}))
    assert size_and_weight(drawn) == ((1200, 630), True)


@pytest.mark.parametrize("state", ["published", "postponed", "cancelled"])
def test_state_is_seen(state):
    others = {event(state=other) for other in {"published", "postponed", "cancelled"} - {state}}
    assert event(state=state) not in others


def test_same_facts_are_the_same_bytes():
    assert event() == event()


def test_theme_gives_the_ticket_its_colour():
    image = Image.open(io.BytesIO(event(principles=(2,)))).convert("RGB")
    paper = bytes.fromhex(cards.PRINCIPLES[2][1][1:])
    assert max(abs(a - b) for a, b in zip(image.getpixel((100, 100)), paper, strict=True)) <= 2


# Breaking lines


def fit(text, **box):
    return card_text.fit(text, **{"width": 400, "height": 200, "sizes": range(80, 39, -2), "weight": "Black", **box})


def width_of(line, size):
    return card_text.font("Black", size * card_text.SCALE).getlength(line) / card_text.SCALE


@pytest.mark.parametrize(
    "text", ["Kaffe", "Lean Coffee på biblioteket", "Ett lite steg om gangen for alle i byen", "x" * 300]
)
def test_lines_stay_in_the_box(text):
    found = fit(text)
    assert max(width_of(line, found.size) for line in found.lines) <= 400
    assert len(found.lines) * found.size * card_text.LEADING <= 200 + found.size * 0.1


def test_short_is_large_and_long_is_cut_at_the_smallest():
    assert fit("Kaffe") == (80, ("Kaffe",))
    long = fit("Ett lite steg om gangen " * 20)
    assert long.size == 40 and long.lines[-1].endswith("…")


def test_no_single_word_is_left_for_the_last_line():
    assert fit("Vi ses på biblioteket i dag", sizes=[40]).lines == ("Vi ses på", "biblioteket i dag")


def test_word_that_is_wider_than_the_line_gets_a_hyphen():
    found = fit("Organisasjonsutviklingskonferanse", sizes=[40])
    assert [line.endswith("-") for line in found.lines] == [True, False]
    assert "".join(found.lines).replace("-", "") == "Organisasjonsutviklingskonferanse"


def test_colours_are_those_of_the_style_sheet(settings):
    light = (settings.BASE_DIR / "static/css/tokens.css").read_text("utf-8").partition("@media")[0]
    ours = {*cards.PLAIN, cards.RIBBON_FROM, cards.RIBBON_TO}
    assert {colour for colour in ours if colour not in light} == set()
