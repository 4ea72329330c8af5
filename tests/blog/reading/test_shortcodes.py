"""What WordPress and its plugins keep between brackets and in blocks: shown where it can be, else noted."""

import pytest

from blog.reading import shortcodes
from chapter.foreign_texts import to_markdown

PICTURES = {"8": ("https://blog.example.org/8.jpg", "Hall"), "9": ("https://blog.example.org/9.jpg", "")}


def shown(text, **said):
    html, notes = shortcodes.expanded(
        text, base="https://blog.example.org/p/", gallery=lambda ids: [PICTURES[one] for one in ids if one in PICTURES], **said
    )  # fmt: skip
    return to_markdown(html, base="https://blog.example.org/p/", keeps_lines=True)[0], notes


SHOWN = {
    "code": ('A\n\n[sourcecode language="python"]\nif a &lt; b:\n    x\n\n    y\n[/sourcecode]', "A\n\n```\nif a < b:\n    x\n\n    y\n```"),
    "code in a line": ("Use [code]x[/code]", "Use `x`"),
    "code that is code": ("<pre>[php]x[/php]</pre>", "```\n[php]x[/php]\n```"),
    "video by its number": ("[vimeo 12345]", "<https://vimeo.com/12345>"),
    "video by an id": ('[youtube id="abc_1"]', "<https://www.youtube.com/watch?v=abc_1>"),
    "post elsewhere": ("[tweet https://x.example.org/1]", "<https://x.example.org/1>"),
    "address before a bar": ("[audio https://x.example.org/b.mp3|titles=x]", "<https://x.example.org/b.mp3>"),
    "button round its words": ('[button link="https://example.org/join"]Join[/button]', "[Join](https://example.org/join)"),
    "button alone": ('[vc_btn title="Join" link="url:https%3A%2F%2Fexample.org%2Fjoin|target:_blank"]', "[Join](https://example.org/join)"),
    "picture by its number": ('[vc_single_image image="8" size="full"]', "![Hall](https://blog.example.org/8.jpg)"),
    "picture by its address": ('[et_pb_image src="https://blog.example.org/a.jpg" alt="A" /]', "![A](https://blog.example.org/a.jpg)"),
    "caption in the tag": ('[caption id="a" caption="Old"]<img src="/a.jpg" alt="A">[/caption]', '![A](https://blog.example.org/a.jpg "Old")'),
}  # fmt: skip


@pytest.mark.parametrize("name", SHOWN)
def test_what_plugins_write_is_shown(name):
    text, markdown = SHOWN[name]
    assert shown(text) == (markdown, [])


def test_text_before_a_block_that_draws_itself_stays():
    block = '<!-- wp:group {"a":1} --><p>Text</p><!-- /wp:group --><!-- wp:latest-posts {"x":"/"} /-->'
    assert shown(block) == ("Text", ["the block “latest-posts” was in the text and is left out"])


def test_block_that_says_a_lot_is_noted():
    block = f'A <!-- wp:acf/hero {{"data":{{"text":"{"x" * 9000}"}}}} /-->'
    assert shown(block) == ("A", ["the block “acf/hero” was in the text and is left out"])


def test_block_that_texts_share_is_put_in():
    text = 'A\n\n<!-- wp:block {"ref":12} /-->\n\n<!-- wp:block {"ref":13} /-->'
    missing = "a block shared by several texts was in the text and is left out"
    assert shown(text, shared={"12": "<p>Shared</p>"}) == ("A\n\nShared", [missing])


def test_pictures_that_are_not_in_the_file_are_counted():
    text, notes = shown('[image_slider ids="8,9,10"]')
    assert (text.count("!["), notes) == (2, ["1 of the 3 pictures of a gallery in the text are left out"])


@pytest.mark.parametrize(
    "piece", ["<!-- wp:a {", "[code]", "[vc_image id='1'", "<!-- wp:a ", "[a b='", "<pre>[code]", "[/code]"]
)
def test_hostile_text_comes_to_an_end(piece):
    html, _ = shortcodes.expanded((piece * 100_000)[:500_000])
    assert len(html) < 5_000_000
