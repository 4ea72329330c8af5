"""Composing again changes what nobody has touched, and never a word or a line end of anybody's."""

import pytest

from blog.summaries.recomposing import refill

ORDER = ("people", "prompt", "topics", "plus", "delta")
COMPOSED = {"people": "We were five.", "topics": "# Topics\n\n1. Coffee\n2. Tea", "delta": "## Delta\n\n- Noise"}
NOW = {"people": "We were six.", "topics": "# Topics\n\n1. Tea\n2. Coffee\n3. Milk", "delta": "## Delta\n\n- Late"}


def body_of(texts):
    return "\n\n".join(texts.values()) + "\n"


def again(body, *, composed=COMPOSED, texts=NOW):
    return refill(body, composed=composed, texts=texts, order=ORDER)


def test_untouched_text_is_brought_up_to_date():
    assert again(body_of(COMPOSED)) == (body_of(NOW), NOW)


def test_same_facts_change_nothing():
    assert again(body_of(COMPOSED), texts=COMPOSED) == (body_of(COMPOSED), COMPOSED)


@pytest.mark.parametrize(
    "touched",
    [
        "# Topics\n\n1. Coffee, strong\n2. Tea",
        "# What else\n\n1. Coffee\n2. Tea",
        "# Topics\n\n1. Coffee\n2. Tea\n3. My own",
        "# Topics\n\n1. Coffee\n2. Tea\n\n   And what I think of it.",
        "Before it\n# Topics\n\n1. Coffee\n2. Tea",
        "# Topics\n\nMine\n\n1. Coffee\n2. Tea",
    ],
)
def test_touched_section_is_left_alone_and_the_others_are_not(touched):
    body, composed = again(f"We were five.\n\n{touched}\n\n## Delta\n\n- Noise\n")
    assert body == f"We were six.\n\n{touched}\n\n## Delta\n\n- Late\n"
    assert composed == {**NOW, "topics": COMPOSED["topics"]}


def test_deleted_section_stays_deleted_every_time():
    body, composed = again("We were five.\n\n## Delta\n\n- Noise\n")
    assert body == "We were six.\n\n## Delta\n\n- Late\n"
    assert again(body, composed=composed, texts=COMPOSED).body == "We were five.\n\n## Delta\n\n- Noise\n"


def test_moved_section_is_filled_where_it_is_now():
    body = again("## Delta\n\n- Noise\n\nWe were five.").body
    assert body == "## Delta\n\n- Late\n\nWe were six."


def test_words_between_the_sections_survive_byte_for_byte():
    mine = "\n\n  Mine,  with two  spaces\t\n\n\n\n> quoted\n\n"
    body = again(f"{COMPOSED['people']}{mine}{COMPOSED['topics']}\n\nLast words, no line end").body
    assert body == f"{NOW['people']}{mine}{NOW['topics']}\n\nLast words, no line end"


def test_line_ends_stay_as_they_are():
    body = f"{COMPOSED['people']}\n\nMine\n\n{COMPOSED['topics']}\n".replace("\n", "\r\n")
    assert again(body).body == f"{NOW['people']}\n\nMine\n\n{NOW['topics']}\n".replace("\n", "\r\n")


def test_new_section_comes_after_its_nearest_predecessor_that_stands():
    texts = {**NOW, "prompt": "> ✎ How was it?", "plus": "## Plus\n\n- Coffee"}
    body, composed = again("Mine\n\nWe were five.\n\n# My topics\n\n## Delta\n\n- Noise\n", texts=texts)
    expected = "We were six.\n\n> ✎ How was it?\n\n## Plus\n\n- Coffee\n\n# My topics\n\n## Delta\n\n- Late\n"
    assert (body, list(composed)) == (f"Mine\n\n{expected}", [*ORDER])


@pytest.mark.parametrize(("body", "gap"), [("Mine", "\n\n"), ("Mine\n", "\n"), ("Mine\n\n", ""), ("", "")])
def test_new_section_without_a_predecessor_comes_last(body, gap):
    assert again(body, composed={"people": "Gone."}, texts={"plus": "## Plus"}).body == f"{body}{gap}## Plus\n"


def test_section_that_has_nothing_to_say_any_more_is_taken_out_and_may_come_back():
    without = {"people": "We were six.", "delta": "## Delta\n\n- Late"}
    body, composed = again(f"{body_of(COMPOSED)}\nMine", texts=without)
    assert (body, composed) == (f"{body_of(without)}\nMine", without)
    assert again(body, composed=composed).body == f"{body_of(NOW)}\nMine"


def test_text_that_stands_twice_is_filled_once():
    assert again("We were five.\n\nWe were five.").body == "We were six.\n\nWe were five."


def test_words_that_look_like_a_pattern_are_only_words():
    composed, texts = {"people": r"(a+)+$ [x] \1"}, {"people": r"\g<0> \2"}
    assert again(r"(a+)+$ [x] \1", composed=composed, texts=texts).body == r"\g<0> \2"


def test_a_line_that_stands_a_hundred_thousand_times_is_read_to_the_end():
    # Were the search quadratic, this would take hours.
    body = "- a\n" * 100_000
    assert refill(body, composed={"plus": "- a"}, texts={"plus": "- b"}, order=("plus",)).body == body
