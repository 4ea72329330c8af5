"""Markdown of other systems as ours."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.reading.markdown_texts import settled
from chapter.foreign_texts import TooMuch

TEXTS = {
    "plain": ("*a* [b](c.md)\n\n- d\n", "*a* [b](c.md)\n\n- d\n"),
    "comment": ("a<!-- more -->\nb", "a\nb"),
    "figure": ('{{< figure src="a.png" alt="A" caption="B" >}}', '![A](a.png "B")'),
    "video": ("{{< youtube abc_1 >}}", "<https://www.youtube.com/watch?v=abc_1>"),
    "code of Liquid": ("{% highlight ruby %}\nx\n{% endhighlight %}", "```ruby\nx\n```"),
    "address of the site": ("[a]({{ site.baseurl }}/b)", "[a](/b)"),
    "quoted address": ("![a]({{ '/b.png' | relative_url }})", "![a](/b.png)"),
    "Pelican": ("![a]({static}/b.png) [c]({filename}c.md)", "![a](/b.png) [c](c.md)"),
    "kramdown": ("# A\n{: .big}\ntext", "# A\ntext"),
    "in code": ("```\n{{< x >}} <br>\n```\n`<b>{% y %}</b>`", "```\n{{< x >}} <br>\n```\n`<b>{% y %}</b>`"),
    "line break": ("a<br>b<br />\nc", "a\\\nb\\\nc"),
    "picture": ('a <img src="b.png" alt="B" width="3"> c', "a ![B](b.png) c"),
    "link": ('a <a href="/b">c</a>', "a [c](/b)"),
    "marks": ("<b>a</b> <em>b</em> H<sub>2</sub>O", "**a** *b* H2O"),
    "block": ('<div class="x">\n\n*a*\n\n</div>\n', "*a*"),
    "table": ("<table><tr><th>a</th></tr><tr><td>b</td></tr></table>", "| a |\n| --- |\n| b |"),
    "Obsidian": ("![[a b.png]] [[Note|words]]", "![](<a b.png>) words"),
    "less than": ("a < b and 1<2", "a < b and 1<2"),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_text_is_ours(kind):
    source, wanted = TEXTS[kind]
    text, notes = settled(source)
    assert (text.strip(), notes) == (wanted.strip(), [])


NOTED = {
    "{{< map 1 >}}": "the shortcode map was in the text and is left out",
    "{% include a.html %}": "the tag include was in the text and is left out",
    "{{ collections.all }}": "{{ collections.all }} was in the text and is left out",
    '<iframe src="https://v.example.org/1"></iframe>': "https://v.example.org/1 was embedded in the text and is a link now",
    "a[^1]\n\n[^1]: b": "footnotes are shown the way they were typed",
}


@pytest.mark.parametrize("text", NOTED)
def test_what_cannot_be_shown_is_noted(text):
    assert settled(f"Before {text}" if text[0] == "{" else text)[1] == [NOTED[text]]


PIECES = ["{{<", ">}}", "{%", "%}", "{{", "}}", "<div>", "</div>", "<br>", "<img src=a>", "```\n", "`", "<!--", "-->", "\n\n", "a", "[^1]:", "{:", "}"]  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_comes_out(text):
    with suppress(TooMuch):
        settled(text)


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_text_comes_to_an_end(piece):
    with suppress(TooMuch):
        settled((piece * 50_000)[:200_000])
