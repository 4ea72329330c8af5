"""Texts for Hugo and Jekyll: shown there as they are here. Each line was built with both."""

import pytest

from blog.transfer import their_markdown
from chapter.text import markdown

BOTH = [
    ("Type <b>bold</b> & <script>", "Type \\<b>bold\\</b> & \\<script>"),
    ("coffee | tea", "coffee \\| tea"),
    ("term\n: no definition", "term\n\\: no definition"),
    ("{{< cake >}} {% tag %} {: .x}", "&#123;&#123;\\< cake >}} &#123;% tag %} &#123;: .x}"),
    ("about ~5 and ~6, --flag, $$x$$", "about \\~5 and \\~6, \\--flag, \\$$x\\$$"),
    ("https://example.org/a_b and www.example.org", "<https://example.org/a_b> and [www.example.org](https://www.example.org)"),
    ("one\\\ntwo", "one  \ntwo"),
    ("&amp;copy;", "&amp;copy;"),
    ("a&#x202e;b&#12;c", "abc"),
    ("1986\\. A year", "1986\\. A year"),
    ("# C \\#", "## C \\#"),
    ("- one\n- two\n  - three\n\n5. five\n6. six", "- one\n- two\n  - three\n\n5. five\n6. six"),
    ("> a\n>\n> - b", "> a\n>\n> - b"),
    ("| a | b |\n| --- | --: |\n| - | c \\| d |", "| a | b |\n| --- | ---: |\n| \\- | c \\| d |"),
    ("So[^1]\n\n[^1]: A note here", "So[^1]\n\n[^1]: A note here"),
    ("[a](https://example.org/x_(y) \"t\")", '[a](https://example.org/x_%28y%29 "t")'),
    ("[a](/en/events/x/) [b](/en/blog/y/)", "[a](http://testserver/en/events/x/) [b](/en/blog/y/)"),
    ("![A *b*](/media/images/a-10x10.webp \"Said \\\"so\\\"\")", '![A b](/media/images/a-10x10.webp "Said &quot;so&quot;")'),
    ("```python\na\n```", "```python\na\n```"),
    ("**a *b* ~~c~~** `` d`e ``", "**a *b* ~~c~~** `` d`e ``"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def address(settings):
    settings.SITE_URL = "http://testserver"


@pytest.mark.parametrize("system", ["hugo", "jekyll"])
@pytest.mark.parametrize(("source", "expected"), BOTH)
def test_words_are_words_there(system, source, expected):
    assert their_markdown.write(source, system=system) == f"{expected}\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("```\n{{< a >}} {{% b %}} {{ c }}\n```", "```\n{{</* a */>}} {{%/* b */%}} {{ c }}\n```"),
        ("`{{< a >}}`", "`{{</* a */>}}`"),
        ("```\n{{< a\n```", "```\n{\u200b{< a\n```"),
        ("| a |\n| - |\n| `b\\|c` |", "| a |\n| --- |\n| `b\\|c` |"),
    ],
)
def test_code_is_no_shortcode_of_hugo(source, expected):
    assert their_markdown.write(source, system="hugo") == f"{expected}\n"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("```\n{{ a }} < {% b %}\n```", "<pre><code>&#123;&#123; a }} &lt; &#123;% b %}\n</code></pre>"),
        ("`{% a %}` and `b|c`", "<code>&#123;% a %}</code> and <code>b&#124;c</code>"),
    ],
)
def test_code_is_no_template_of_jekyll(source, expected):
    # Jekyll before 4, as GitHub has it, knows no `render_with_liquid`.
    assert their_markdown.write(source, system="jekyll") == f"{expected}\n"


@pytest.mark.parametrize("system", ["hugo", "jekyll"])
@pytest.mark.parametrize("source", [source for source, _ in BOTH if "www" not in source and "[a](/" not in source])
def test_and_here_it_is_the_same_text(system, source):
    again = their_markdown.write(source, system=system)
    assert markdown.render(again).text == markdown.render(source).text
