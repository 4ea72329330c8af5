"""Markdown of other systems as ours."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.reading.texts import settled
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
    "Obsidian": ("![[a b.png|300]] [[Note#part|words]] [[#here]]", "![](a%20b.png) [words](Note#part) here"),
    "Obsidian's comment": ("a %%not yet%%b\n\n%%\nnor this\n%%\n", "a b"),
    "mark": ("a ==b== c", "a b c"),
    "raw": ("{% raw %}{{ a }}{% endraw %}\n```\n{% raw %}{% b %}{% endraw %}\n```", "{{ a }}\n```\n{% b %}\n```"),
    "escaped shortcode": ("{{</* figure */>}}", "{{< figure >}}"),
    "comments": (
        "a{% comment %}b `c` d{% endcomment %}{{/* e */}}{# f #}{/* g */}{::comment}h{:/comment}<!-- i `j` k -->l",
        "al",
    ),
    "comment in code": ("`<!-- a -->` `{# b #}`", "`<!-- a -->` `{# b #}`"),
    "code over two lines": ("`a {{ b\nc }}` d", "`a {{ b\nc }}` d"),
    "code in a list": ("1. a\n\n    ```\n    {{ b }}\n    ```", "1. a\n\n    ```\n    {{ b }}\n    ```"),
    "include of a picture": ('{% include figure.html src="a.png" alt="A" caption="B" %}', '![A](a.png "B")'),
    "include of a video": ('{% include youtube.html id="abc" %}', "<https://www.youtube.com/watch?v=abc>"),
    "Zola": ('{{ youtube(id="abc") }}', "<https://www.youtube.com/watch?v=abc>"),
    "Hexo": ("{% asset_img a.png A picture %} {% post_link b 'C' %}", "![A picture](a.png) [C](b)"),
    "code of Hexo": ("{% codeblock lang:js %}\n*a*\n{% endcodeblock %}", "```js\n*a*\n```"),
    "attributes": ('# A {#a .b}\n![a](b.png){ width=300 } [c](d){:target="_blank"}{.e}', "# A\n![a](b.png) [c](d)"),
    "attributes of a heading": ('## A *b* { id="9.6" }', "## A *b*"),
    "contents": ("* TOC\n{:toc}\n\n[[toc]]\n\n[TOC]\n\na", "a"),
    "box of colons": (":::note Mind *this*\na\n:::\nb", "> **Mind *this***\n>\n> a\n\nb"),
    "box of MkDocs": ('!!! tip "Mind"\n    a\n\n        b\nc', "> **Mind**\n>\n> a\n> \n>     b\n\nc"),
    "box of GitHub": ("> [!WARNING]\n> a", "> **Warning**\n>\n> a"),
    "tab": ('=== "One"\n\n    a', "> **One**\n>\n> \n> a"),
    "no box": ("!!! Great !!!\n\n=== \n::", "!!! Great !!!\n\n=== \n::"),
    "program of MDX": ("import A from '../a'\nimport {\n  B,\n} from \"b\";\n\na", "a"),
    "picture of MDX": ('<Image src={"a.png"} alt="A" />', "![A](a.png)"),
    "no component": ("List<String> and <collection>", "List<String> and <collection>"),
    "code in HTML": ("a <code>x &lt; <b>y</b></code>", "a `x < y`"),
    "link over marks": ('<a href="/b"><b>c</b>\nd</a>', "[**c** d](/b)"),
    "break in a table": ("| a |\n|---|\n| b<br>c |", "| a |\n|---|\n| b c |"),
    "reference": (
        '[a][1] ![b] [![c]][1]\n\n[1]: d.md "e"\n[b]: b.png\n[c]: <c d.png>\n',
        '[a](d.md "e") ![b](b.png) [![c](<c d.png>)](d.md "e")',
    ),
    "angles": ("[a](<b c.md>)", "[a](<b c.md>)"),
    "less than": ("a < b and 1<2", "a < b and 1<2"),
}


@pytest.mark.parametrize("kind", TEXTS)
def test_text_is_ours(kind):
    source, wanted = TEXTS[kind]
    text, notes = settled(source)
    assert (text.strip(), notes) == (wanted.strip(), [])


NOTED = {
    "{{< map 1 >}}": "the shortcode map was in the text and is left out",
    "{{ page.title }}": "{{ page.title }} was in the text and is left out",
    '{% assign a = "https://example.org" %}': "the tag assign was in the text and is left out",
    '<Chart of="members" />': "the tag <Chart> was in the text and is left out",
    '<form><input name="a"></form>': "a form was in the text and is left out",
    "![[Note]]": "the tag ![[Note]] was in the text and is left out",
    "{% include a.html %}": "the tag include was in the text and is left out",
    "{{ collections.all }}": "{{ collections.all }} was in the text and is left out",
    '<iframe src="https://v.example.org/1"></iframe>': "https://v.example.org/1 was embedded in the text and is a link now",
    "a[^1]\n\n[^1]: b": "footnotes are shown the way they were typed",
}


@pytest.mark.parametrize("text", NOTED)
def test_what_cannot_be_shown_is_noted(text):
    assert settled(f"Before {text}" if text[0] == "{" else text)[1][:1] == [NOTED[text]]


PIECES = [":::note\n", " ", "{{% a", "<iframe ", "<img ", ":::", "!!! a\n", "    ", "[", "](", "[a]: b\n", "<A b={", "%%", "{#", "> [!A]\n", "~~~\n", "{{<", ">}}", "{%", "%}", "{{", "}}", "<div>", "</div>", "<br>", "<img src=a>", "```\n", "`", "<!--", "-->", "\n\n", "a", "[^1]:", "{:", "}"]  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_comes_out(text):
    with suppress(TooMuch):
        settled(text)


@pytest.mark.parametrize("piece", PIECES)
def test_hostile_text_comes_to_an_end(piece):
    with suppress(TooMuch):
        settled((piece * 50_000)[:200_000])


def test_footnote_of_one_word_is_no_address():
    assert settled("a[^1] `b`[^2]\n\n[^1]: Word\n[^2]:\n    More\n\n    of it\n")[0].split() == [
        "a\\[1\\]", "`b`\\[2\\]", "\\[1\\]", "Word", "\\[2\\]", "More", "of", "it",
    ]  # fmt: skip
