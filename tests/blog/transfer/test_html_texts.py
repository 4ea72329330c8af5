"""HTML of other blogs as our Markdown: what a reader would miss is kept."""

import pytest

from blog.transfer.html_texts import TooMuch, to_markdown
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
    "caption": ('[caption id="1"]<img src="b.png" alt="B"> Words[/caption]', '![B](https://old.example.org/b.png "Words")'),
    "text without paragraphs": ("One\ntwo\n\nThree", "One\\\ntwo\n\nThree"),
    "what runs": ("<p>a</p><style>p{}</style><script>x</script><form><input></form>", "a"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOLDEN)
def test_golden(name):
    html, markdown = GOLDEN[name]
    assert to_markdown(html, base="https://old.example.org/post")[0] == markdown


@pytest.mark.parametrize("text", ["2 * 3 * 4", "_x_ and __y__", "<b>bold</b>", "# no heading", "1. May", "a\\b `c` [d](e)", "&amp; ~~x~~"])  # fmt: skip
def test_words_are_shown_as_they_were(text):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    shown = to_html(to_markdown(f"<p>{escaped}</p>")[0])
    assert shown.strip() == f"<p>{escaped.replace('>', '&gt;')}</p>"


HOSTILE = ["[caption]", "[embed]x", "![", "<", "&", "*", "[", "<p>x", "\n\n", "\\", "<table><tr><td>|</td></tr></table>", "https://x.example.org "]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_comes_to_an_end(piece):
    try:
        text, _ = to_markdown((piece * 100_000)[:200_000])
    except TooMuch:
        return
    assert len(text) <= 500_000
