"""Reading seven principles out of page texts: three layouts of real pages in invented words, and refusals."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from principles.wordings_import import MAX_BYTES, NotSevenPrinciples, read_principles

PAGES = Path(__file__).parent / "pages"
# Text right under its heading, the list inside the paragraph; the page goes on after one blank line.
MEETUP = (PAGES / "meetup-nb.txt").read_text(encoding="utf-8")
# One blank line everywhere, the list on lines of its own, two blank lines before the post goes on.
BLOG = (PAGES / "blog-sv.txt").read_text(encoding="utf-8")
# Two blank lines inside a principle, one before the next, and nothing after the last.
PRINCIPLES = (PAGES / "principles-sv.txt").read_text(encoding="utf-8")


def make_page(*, heading="{n}. Tittel {n}", between="\n\n", after="", **bodies):
    """Seven headings, each with a text right under it; `p3=` gives principle 3 another text."""
    parts = [f"{heading.format(n=n)}\n{bodies.get(f'p{n}', f'Tekst {n} her.')}" for n in range(1, 8)]
    return between.join(parts) + after


def bodies_of(text):
    return [wording.body for wording in read_principles(text).wordings]


def refusal_of(text):
    with pytest.raises(NotSevenPrinciples) as refused:
        read_principles(text)
    return str(refused.value)


# The three layouts


def test_meetup_page_gives_titles_and_whole_texts():
    wordings = read_principles(MEETUP).wordings
    assert [wording.number for wording in wordings] == [1, 2, 3, 4, 5, 6, 7]
    assert wordings[0].title == "Hold døra åpen"
    assert wordings[0].body == "Alle får se hva vi gjør. Vi deler notater samme dag."
    assert wordings[6].body == "Vi lærer oss verktøyene og forklarer dem for hverandre."


def test_list_inside_a_paragraph_becomes_a_list():
    assert bodies_of(MEETUP)[5] == (
        "Vi blir klokere sammen, og jobber på tvers av:\n\n"
        "- Fag: Jurister og utviklere deler skrivebord.\n"
        "- Etater: Vi låner bort folk.\n"
        "- Land: Vi ringer naboen."
    )


def test_meetup_page_leaves_out_what_follows_the_first_blank_line():
    assert read_principles(MEETUP).left_out == "Tidligere treff (12)\n\nKaffe i kantina\n\nTreffet er over"


def test_blog_keeps_paragraphs_and_list():
    bodies = bodies_of(BLOG)
    assert bodies[2] == "Vi provar, tittar efter och provar på nytt.\n\nDet som gick fel berättar vi om."
    assert bodies[5] == (
        "Vi blir klokare tillsammans. Därför arbetar vi tvärs över:\n\n"
        "- yrken: jurister och utvecklare delar skrivbord\n"
        "- förvaltningar: vi lånar ut folk\n"
        "- länder: vi ringer grannen."
    )


def test_blog_ends_at_the_wider_gap():
    page = read_principles(BLOG)
    assert page.wordings[6].body == "Vi lär oss verktygen och förklarar dem för varandra."
    assert page.left_out.startswith("De här raderna hänger")
    assert page.left_out.endswith("Lämna en kommentar")


def test_principles_page_keeps_paragraphs_two_blank_lines_apart():
    bodies = bodies_of(PRINCIPLES)
    assert bodies[0] == "Alla får se vad vi gör.\n\nVi är glada när någon tittar in."
    assert bodies[5] == ("Vi arbetar tvärs över:\n\n- Yrken: vi delar skrivbord.\n- Länder: vi ringer grannen.")


def test_principles_page_ends_with_the_document():
    page = read_principles(PRINCIPLES)
    assert page.wordings[6].body == "Vi lär oss verktygen."
    assert page.left_out == ""


# Where the last principle ends


def test_last_principle_keeps_its_second_paragraph():
    page = read_principles(PRINCIPLES + "\n\n\nVi hjälper varandra.")
    assert page.wordings[6].body == "Vi lär oss verktygen.\n\nVi hjälper varandra."
    assert page.left_out == ""


def test_smaller_gap_than_between_paragraphs_ends_it_too():
    page = read_principles(PRINCIPLES + "\n\nSkriv till oss på example.org om du vill vara med.")
    assert page.left_out == "Skriv till oss på example.org om du vill vara med."


def test_short_line_like_a_heading_ends_it():
    page = read_principles(BLOG.replace("\n\n\nDe här", "\n\nOm oss\n\nDe här"))
    assert page.wordings[6].body == "Vi lär oss verktygen och förklarar dem för varandra."
    assert page.left_out.startswith("Om oss\n\nDe här")


def test_short_line_is_text_where_other_principles_have_such_lines():
    page = read_principles(PRINCIPLES.replace("tittar in.", "tittar in") + "\n\n\nVi hjälps åt")
    assert page.wordings[6].body == "Vi lär oss verktygen.\n\nVi hjälps åt"


@pytest.mark.parametrize("end", ["## Kontakt", "---", "* * *", "_____"])
def test_markdown_heading_or_rule_ends_it(end):
    page = read_principles(BLOG.replace("\n\n\nDe här", f"\n\n{end}\n\nDe här"))
    assert page.wordings[6].body == "Vi lär oss verktygen och förklarar dem för varandra."
    assert page.left_out.startswith(end)


def test_more_paragraphs_than_any_other_are_cut_to_the_fewest():
    tail = "\n\nFörst det ena om sidan.\n\nSedan det andra om sidan."
    page = read_principles(BLOG.split("\n\n\n")[0] + tail)
    assert page.wordings[6].body == "Vi lär oss verktygen och förklarar dem för varandra."
    assert page.left_out == tail.strip()


def test_announced_list_belongs_to_the_last_principle():
    page = read_principles(MEETUP.split("\n\nTidligere")[0].replace("Vi lærer", "Vi bruker:\n\n- Tavla\n- Vi lærer"))
    assert page.wordings[6].body.startswith("Vi bruker:\n\n- Tavla\n- Vi lærer oss")


# Headings and characters


@pytest.mark.parametrize(
    "heading",
    [
        "{n}) Tittel {n}",
        "**{n}. Tittel {n}**",
        "**{n}.** Tittel {n}",
        "## {n}. Tittel {n}",
        "### {n}. Tittel {n} ###",
        "   {n}.\u00a0Tittel\u00a0{n} ",
        "{n}. Tittel {n}\n==========",
    ],
)
def test_heading_may_be_written_in_several_ways(heading):
    wordings = read_principles(make_page(heading=heading)).wordings
    assert [wording.title for wording in wordings] == [f"Tittel {n}" for n in range(1, 8)]
    assert wordings[3].body == "Tekst 4 her."


def test_windows_text_reads_as_any_other():
    assert read_principles("\ufeff" + BLOG.replace("\n", "\r\n")) == read_principles(BLOG)


def test_characters_are_composed_and_controls_dropped():
    text = make_page(p2="Bla\u030abær\x00 og\u00a0sy\u00adrin\u202e. \ud800")
    assert bodies_of(text)[1] == "Blåbær og syrin."


def test_wrapped_lines_become_one_paragraph():
    text = make_page(p1="Vi henger\nsammen.", p2="Vi har:\n- kaffe\n  og te\n- kake")
    assert bodies_of(text)[:2] == ["Vi henger sammen.", "Vi har:\n\n- kaffe og te\n- kake"]


def test_long_lines_without_blank_lines_stay_paragraphs():
    first = "Vi deler alt, " * 10 + "hver dag."
    assert bodies_of(make_page(p1=f"{first}\nOg smiler."))[0] == f"{first}\n\nOg smiler."


def test_one_dot_in_a_sentence_is_no_list():
    assert bodies_of(make_page(p1="Kaffe • te er godt."))[0] == "Kaffe • te er godt."


def test_one_dot_after_a_colon_is_a_list():
    assert bodies_of(make_page(p1="Vi har: • Kaffe"))[0] == "Vi har:\n\n- Kaffe"


def test_date_line_is_no_principle():
    assert len(read_principles("12. mars 2018\n\n" + make_page()).wordings) == 7


# Markdown


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# ikke overskrift", "\\# ikke overskrift"),
        ("#mikrohandling", "#mikrohandling"),
        ("> ikke sitat", "\\> ikke sitat"),
        ("+ ikke liste", "\\+ ikke liste"),
        ("1814. " + "Så lenge siden er det. " * 5, "1814\\. " + ("Så lenge siden er det. " * 5).strip()),
        ("<b>fet</b>", "\\<b>fet\\</b>"),
        ("2 * 3 og _slik_", "2 \\* 3 og \\_slik\\_"),
        ("__slik__", "\\_\\_slik\\_\\_"),
        ("~~~ slik", "\\~~~ slik"),
        ("https://example.org/en_to", "https://example.org/en_to"),
        ("[navn](http://example.org)", "\\[navn](http://example.org)"),
        ("R&D og &lt;", "R&D og \\&lt;"),
    ],
)
def test_body_says_in_markdown_what_the_page_said(text, escaped):
    assert bodies_of(make_page(p3=text))[2] == escaped


# Refusals


@pytest.mark.parametrize("text", ["", "Bare prat.\n\nMer prat.", "1.5 millioner", "1.\n2.\n3."])
def test_text_without_numbers_is_refused(text):
    assert refusal_of(text) == "No numbered principle was found."


def test_missing_principles_are_named():
    text = make_page().replace("4. Tittel", "Tittel").replace("6. Tittel", "Tittel")
    assert refusal_of(text) == "Found 5 numbered principles (1, 2, 3, 5, 7); 4 and 6 are missing."


def test_eight_principles_are_refused():
    text = make_page(after="\n\n8. Tittel 8\nTekst 8.")
    assert refusal_of(text) == "Found 8 numbered principles (1–8); expected 1–7."


def test_wrong_order_is_refused():
    text = make_page().replace("3. T", "x. T").replace("2. T", "3. T").replace("x. T", "2. T")
    assert refusal_of(text) == "Found the principles in the order 1, 3, 2, 4, 5, 6, 7; expected 1–7."


def test_numbered_line_inside_a_principle_is_refused_with_its_lines():
    assert refusal_of(make_page(p5="Som sagt:\n3. Vi prøver.")) == "Found number 3 twice (lines 7 and 15)."


def test_agenda_before_the_principles_is_refused():
    text = "1. Kaffe\n2. Prat\n\n" + make_page()
    assert refusal_of(text) == "Found the numbers 1, 2 more than once."


@pytest.mark.parametrize("number", [1, 4, 7])
def test_principle_without_text_is_refused(number):
    text = make_page(**{f"p{number}": ""})
    assert refusal_of(text) == f"Found 7 numbers but principle {number} has no text."


def test_page_text_far_below_is_not_the_last_principles_text():
    text = make_page(p7="", after="\n\nTidligere treff (12)")
    assert refusal_of(text) == "Found 7 numbers but principle 7 has no text."


def test_huge_text_is_refused():
    assert refusal_of(make_page(p1="å" * (MAX_BYTES // 2))) == "The text is longer than 200 kB."


# Hostile text

LINES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["", "", "•", "- - -", "- ---", "• a: • b", "#", "**", "~~~", "    x", "1.", "\u2028", "= ="]),
    st.text(alphabet="•-*_#>+~`<&[](): 17.)\\\r\n\u00a0\u0301ax", max_size=30),
)
TEXTS = st.lists(LINES, min_size=1, max_size=4).map("\n".join)


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=8, max_size=8), st.sampled_from(["{n}. T", "## {n}) T", "**{n}. T**"]))
def test_hostile_text_is_read_as_plain_text_or_refused(texts, heading):
    headings = ["", *(heading.format(n=n) for n in range(1, 8))]
    try:
        page = read_principles("\n".join(f"{line}\n{text}" for line, text in zip(headings, texts, strict=True)))
    except NotSevenPrinciples:
        return
    assert [wording.number for wording in page.wordings] == [1, 2, 3, 4, 5, 6, 7]
    html = "".join(MarkdownIt("commonmark").render(wording.body) for wording in page.wordings)
    assert set(re.findall(r"<[^>]*>", html)) <= {"<p>", "</p>", "<ul>", "</ul>", "<li>", "</li>"}


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_text_is_refused_or_read(text):
    try:
        page = read_principles(text)
    except NotSevenPrinciples:
        return
    assert len(page.wordings) == 7
