"""Plain text is shown as it was typed, and its addresses are links."""

import re
from html import unescape

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chapter.foreign_texts import as_markdown, from_plain
from chapter.text import with_scheme
from chapter.text.markdown import to_html

MARKS = ["#", "# ", "*", "* ", "- ", "---", "===", ">", "1. ", "2) ", "|", "|-|", "`", "```", "~~", "[a](b)", "![", "_", "__", "<b>", "&amp;", "\\", "    ", "\n", "\n\n", "a", "b ", "https://a.example.org/_b_*c*", "www.example.org"]  # fmt: skip


def shown(html):
    lines = unescape(re.sub(r"<[^>]+>", "", html.replace("<br>\n", "\n").replace("</p>\n<p>", "\n\n")))
    return [" ".join(line.split()) for line in lines.strip("\n").split("\n")]


@settings(deadline=None, max_examples=300)
@given(st.lists(st.sampled_from(MARKS), max_size=12).map("".join))
@example("a|b\n-|-")
@example("www.example.org#_#_# www.example.org#&amp;# www.example.org/*a*")
@example("Program\n11.30 Start\n# 1 place\n* free")
def test_every_line_is_shown_as_it_was_typed(text):
    typed = re.sub(r"\n\s*\n\s*", "\n\n", "\n".join(line.strip() for line in text.split("\n"))).strip("\n")
    html = to_html(from_plain(text))
    assert set(re.findall(r"</?(\w+)", html)) <= {"p", "br", "a"}
    assert shown(html) == [" ".join(line.split()) for line in typed.split("\n")]


def test_description_of_a_calendar_is_read_as_what_it_is():
    assert as_markdown("Kaffe & te <3 <kari@example.org>\n# 1") == "Kaffe & te <3 \\<kari@example.org>\\\n\\# 1"
    assert as_markdown("<p>Kaffe&nbsp;te</p><br><b>Sted</b>\nOslo") == "Kaffe te\n\n**Sted**\\\nOslo"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("www.example.org", "https://www.example.org"),
        (" example.org/a?b ", "https://example.org/a?b"),
        ("//example.org", "https://example.org"),
        ("blåbær.example:8000/x", "https://blåbær.example:8000/x"),
        ("http://example.org", "http://example.org"),
        ("mailto:kari@example.org", "mailto:kari@example.org"),
        ("kari@example.org", "kari@example.org"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("Youngs gate 6", "Youngs gate 6"),
        ("", ""),
    ],
)
def test_address_without_a_scheme_gets_one(typed, address):
    assert with_scheme(typed) == address
