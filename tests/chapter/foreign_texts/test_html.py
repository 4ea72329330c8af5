"""HTML of other blogs as our Markdown: what a reader would miss is kept."""

import pytest

from chapter.foreign_texts import TooMuch, to_markdown, words
from chapter.text.markdown import to_html

GOLDEN = {
    "empty paragraphs": ("<p>One</p><p>&nbsp;</p><p></p><p>Two</p>", "One\n\nTwo"),
    "marks that are none": ("<p>2 * 3, snake_case, [x], _y_ and &lt;b&gt;</p>", r"2 \* 3, snake_case, \[x\], \_y\_ and \<b>"),
    "lines that are no list": ("<p>1. of May</p><p># one</p><p>- no</p>", "1\\. of May\n\n\\# one\n\n\\- no"),
    "nested list": ("<ul><li>a<ol><li>b</li></ol></li></ul>", "- a\n  1. b"),
    "table": ("<table><tr><th>A</th></tr><tr><td>1|2</td></tr></table>", "| A |\n| --- |\n| 1\\|2 |"),
    "quote": ("<blockquote><p>Said</p></blockquote>", "> Said"),
    "code": ("<pre>a\n  b</pre>", "```\na\n  b\n```"),
    "line break": ("<p>a<br>b</p>", "a\\\nb"),
    "link that runs": ('<p><a href="javascript:alert(1)">x</a></p>', "x"),
    "link on the page": ('<p><a href="/about">x</a></p>', "[x](https://old.example.org/about)"),
    "picture amid text": ('<p>a <img src="b.png" alt="B"> c</p>', "a\n\n![B](https://old.example.org/b.png)\n\nc"),
    "caption": ('<figure><img src="b.png" alt="B"><figcaption>Words</figcaption></figure>', '![B](https://old.example.org/b.png "Words")'),
    "text without paragraphs": ("One\ntwo\n\nThree", "One\\\ntwo\n\nThree"),
    "breaks between paragraphs": ("<p>A</p><br>b<br><br>c<br>", "A\n\nb\n\nc"),
    "break at the edge of a mark": ("<b>When<br></b>at 6", "**When**\\\nat 6"),
    "mark before a letter": ("<b>Where:</b>Oslo", "**Where**:Oslo"),
    "quotation in a mark": ("han<b>«a»</b>sier", "han«**a**»sier"),
    "marks side by side": ("<i>a</i><i>b</i><b>c</b><strong>d</strong>", "*ab***cd**"),
    "address between angles": ("<p>Kari <kari@example.org></p>", "Kari \\<kari@example.org>"),
    "list of terms": ("<dl><dt>A</dt><dd>B</dd></dl>", "A\n\nB"),
    "empty heading": ("<h2> </h2><p>a</p>", "a"),
    "mark in a mark": ("<b><strong>a</strong></b>", "**a**"),
    "mark round paragraphs": ("<b><p>a</p><p>b</p></b>", "a\n\nb"),
    "code with empty lines and fences": ("<pre>a  \n\n\n```\nb\\</pre>", "````\na  \n\n\n```\nb\\\n````"),
    "address that is its own words": ('<a href="https://a.example.org/_b_">https://a.example.org/_b_</a>', "<https://a.example.org/_b_>"),
    "host without a scheme": ('<a href="www.example.org">x</a>', "[x](https://www.example.org)"),
    "frame": ('<p>a</p><iframe src="https://video.example.org/1"></iframe>', "a\n\n<https://video.example.org/1>"),
    "heading after a break": ("a<br> # b", "a\\\n\\# b"),
    "quote mark without a space": ("<p>&gt;b</p>", "\\>b"),
    "what runs": ("<p>a</p><style>p{}</style><script>x</script><form><input></form>", "a"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOLDEN)
def test_golden(name):
    html, markdown = GOLDEN[name]
    assert to_markdown(html, base="https://old.example.org/post")[0] == markdown


LINES = {
    "loose lines": ("One\nTwo\n\n<div>Three</div>\n\nFour\nFive", "One\\\nTwo\n\nThree\n\nFour\\\nFive"),
    "round a heading": ("Text.\n<h2>Head</h2>\nMore", "Text.\n\n## Head\n\nMore"),
    "beside paragraphs": ("One\n\nTwo\n\n<p>Three\nthree</p>\n\nFour", "One\n\nTwo\n\nThree\\\nthree\n\nFour"),
    "round code": ("Before\n\n<pre>a1\n\nb1</pre>\n\nAfter", "Before\n\n```\na1\n\nb1\n```\n\nAfter"),
    "in a mark": ("a <em>b\nc</em> d", "a *b\\\nc* d"),
    "in code": ("<code>a\nb</code>", "`a\nb`"),
    "in a quote": ("<blockquote>a\n\nb</blockquote>", "> a\n>\n> b"),
    "in an item": ("<ul>\n<li>a\nb</li>\n</ul>", "- a\\\n  b"),
    "beside a break": ("a<br>\nb", "a\\\nb"),
}  # fmt: skip


@pytest.mark.parametrize("name", LINES)
def test_lines_are_kept_where_the_system_keeps_them(name):
    html, markdown = LINES[name]
    assert to_markdown(html, keeps_lines=True)[0] == markdown


def test_lines_are_spaces_in_a_text_with_paragraphs():
    assert to_html(to_markdown("<p>One\ntwo</p>")[0]) == "<p>One\ntwo</p>\n"


@pytest.mark.parametrize(("html", "line"), [("A <em>b</em><sup>2</sup>", "A b2"), ("<p>a</p><p>b</p>", "a b"), ("&quot;x&quot; &#8211; y &amp; z", '"x" – y & z'), ("1 < 2", "1 < 2")])  # fmt: skip
def test_words_have_no_tags(html, line):
    assert words(html) == line


@pytest.mark.parametrize("text", ["2 * 3 * 4", "_x_ and __y__", "<b>bold</b>", "# no heading", "1. May", "a\\b `c` [d](e)", "&amp; ~~x~~"])  # fmt: skip
def test_words_are_shown_as_they_were(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    shown = to_html(to_markdown(f"<p>{escaped}</p>")[0])
    assert shown.strip() == f"<p>{escaped.replace('>', '&gt;')}</p>"


HOSTILE = ["<img ", "<!-- ", "[caption]", "[embed]x", "![", "<", "&", "*", "[", "<p>x", "\n\n", "\\", "<table><tr><td>|</td></tr></table>", "https://x.example.org ", "<br>", "<b>x</b>\n", "-", "|", "a\n", "<pre>"]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_comes_to_an_end(piece):
    try:
        text, _ = to_markdown((piece * 100_000)[:200_000], keeps_lines=True)
    except TooMuch:
        return
    assert len(text) <= 500_000


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<strong>One\n\nTwo</strong>", "**One**\n\n**Two**"),
        ("<em>One<br><br>Two</em>", "*One*\n\n*Two*"),
        (
            '<a href="https://example.org/a"><h2>T</h2><p>t</p></a>',
            "## [T](https://example.org/a)\n\n[t](https://example.org/a)",
        ),
        ('a<img src="data:image/png;base64,AAAA">', "a"),
        ('a<iframe src="javascript:alert(1)"></iframe>', "a"),
    ],
)
def test_what_markdown_cannot_nest_is_written_otherwise(html, markdown):
    assert to_markdown(html, base="https://example.org/post/", keeps_lines=True)[0] == markdown
