"""Pictures that stand in a text themselves."""

import textwrap
from base64 import b64encode

import pytest

from blog.reading import data_pictures, post_files
from tests.pictures import encoded, plain

PNG = encoded(plain(size=(40, 30)), "PNG")
LETTERS = b64encode(PNG).decode()
SOURCE = f"data:image/png;base64,{LETTERS}"
WRITTEN = {
    "in HTML": f'<img src="{SOURCE}" alt="A">',
    "in HTML, in lines": f'<img src="data:image/png;base64,{chr(10).join(textwrap.wrap(LETTERS, 64))}" alt="A">',
    "in HTML, without quotes": f"<img src={SOURCE} alt='A'>",
    "in Markdown": f"![A]({SOURCE})",
    "below Markdown": f"![A][image1]\n\n[image1]: <{SOURCE}>",
    "below Markdown, plain": f"![A][]\n\n[a]: {SOURCE}",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_picture_in_a_text_is_taken_out(name):
    text = f"# Kaffe\n\n{WRITTEN[name]}\n\nEtter bildet"
    post = post_files.read(text.encode(), "a.md", language="nb", zone="Europe/Oslo")
    (address,) = post.embedded
    assert post.embedded[address] == PNG
    shown = [part for part in post.body.replace("<", "").replace(">", "").split("\n") if part]
    assert shown == [f"![A]({address})", "Etter bildet"]


def test_picture_does_not_count_as_text():
    text = "# Kaffe\n\n![A](data:image/png;base64," + "A" * 2_000_000 + ")"
    assert len(post_files.read(text.encode(), "a.md", language="nb", zone="Europe/Oslo").embedded) == 1


def test_picture_that_is_named_below_stands_where_it_is_shown():
    text = '![Logo][l] and ![l] and [link][l]\n\n[l]: img/l.png "Title"'
    assert data_pictures.in_their_place(text) == '![Logo](img/l.png "Title") and ![l](img/l.png "Title") and [link][l]\n\n[l]: img/l.png "Title"'  # fmt: skip


@pytest.mark.parametrize(
    "text", ["data:image/png;base64,!!!", "data:text/plain;base64,AAAA", "data:image/svg+xml,<svg/>"]
)
def test_what_is_no_picture_stays(text):
    assert data_pictures.taken_out(text) == (text, {})


@pytest.mark.parametrize("text", ["data:image/png;base64," * 20_000, "data:image/png;base64," + ("A" * 40 + "\n") * 50_000, "![a]" * 50_000 + "\n[a]: x", "[a]: x\n" * 50_000, "data:image/png" + ";a=b" * 50_000])  # fmt: skip
def test_hostile_text_comes_to_an_end(text):
    assert data_pictures.in_their_place(data_pictures.taken_out(text)[0]) is not None
