"""What the names of files and folders say of a post."""

from pathlib import PurePosixPath

import pytest

from blog.reading import beside, names, post_files

SAID = {
    "2019-09-25-next-stop.md": ("Next stop", "next-stop", "2019-09-25"),
    "2019-9-5_next.md": ("Next", "next", "2019-09-05"),
    "20190925-next.md": ("Next", "next", "2019-09-25"),
    "2019-09-25 Next stop.md": ("Next stop", "Next stop", "2019-09-25"),
    "2019-09-25T10:00:00Z-next.md": ("Next", "next", "2019-09-25"),
    "2019-09-25.md": ("2019-09-25", "2019-09-25", "2019-09-25"),
    "2019/09/25/next.md": ("Next", "next", "2019-09-25"),
    "posts/2019-09-25-next/index.md": ("Next", "next", "2019-09-25"),
    "2019-09-25-next.html.md": ("Next", "next", "2019-09-25"),
    "2019-13-45-next.md": ("2019 13 45 next", "2019-13-45-next", None),
    "12345678-next.md": ("12345678 next", "12345678-next", None),
}


def read(name, text="Text."):
    return post_files.read(text.encode(), name, language="en", zone="Europe/Oslo")


@pytest.mark.parametrize("name", SAID)
def test_title_address_and_day_are_in_the_name(name):
    post = read(name)
    assert (post.title, post.slug, post.published_at and f"{post.published_at:%Y-%m-%d}") == SAID[name]


@pytest.mark.parametrize(("name", "code"), [("a.nb.md", "nb"), ("sv/a.md", "sv"), ("content/no/blog/a.md", "nb"), ("a.md", "en"), ("is/a.md", "en")])  # fmt: skip
def test_language_is_in_the_name_or_a_folder(name, code):
    assert read(name).language == code


@pytest.mark.parametrize("name", ["_layouts/post.html", "scaffolds/post.md", "archetypes/default.md", "docs/README.md", "posts/_index.nb.md"])  # fmt: skip
def test_templates_and_lists_of_a_site_are_no_posts(name):
    assert names.is_no_post(PurePosixPath(name))


def test_old_mac_letters_are_read():
    assert read("a.md", "").title == "A"
    post = post_files.read("# Blåbær på øya\n\nTekst".encode("mac_roman"), "a.md", language="nb", zone="Europe/Oslo")
    assert post.title == "Blåbær på øya"
    assert post.notes == ["the letters were read as Mac Roman: check ø, æ, å, ä, ö"]


def test_handles_are_names_where_a_file_says_so(tmp_path):
    (tmp_path / "authors.yml").write_text("kari-e:\n  name: Kari Eksempel\n  url: x\nola: {title: Writer}\n", "utf-8")
    (tmp_path / ".authors.yml").write_text("authors:\n  nils:\n    name: Nils Eksempel\n", "utf-8")
    (tmp_path / "people.json").write_text("[1", "utf-8")
    found = beside.names_in(tmp_path)
    authors = [("kari-e", "bio"), ("nils", ""), ("other", "")]
    assert beside.named(authors, found) == [("Kari Eksempel", "bio"), ("Nils Eksempel", ""), ("other", "")]


@pytest.mark.parametrize("text", ["# Next {#a}\n\nText", "Next\n====\nText", "---\ntitle: '**Next**'\n---\nText", "# [Next](a.md)\nText"])  # fmt: skip
def test_title_is_words(text):
    post = read("a.md", text)
    assert (post.title, post.body.strip()) == ("Next", "Text")


def test_templates_in_a_title_are_words():
    post = read("a.md", "---\ntitle: Use {{ x }} and **{% y %}**\n---\nText")
    assert post.title == "Use {{ x }} and {% y %}"


def test_summary_is_words():
    assert read("a.md", "---\nsummary: The `hugo` [word](x) * 2\n---\n").lead == "The hugo word * 2"


SIGNS = {
    "a.meta": ".. title: A\n.. status: draft\n",
    "a.11tydata.json": '{"draft": true}',
    "b.json": '{"permalink": false}',
    "_index.md": "---\ntitle: B\ncascade:\n  draft: true\n---\n",
    "../_index.md": "+++\n[[cascade]]\n[cascade.build]\nrender = 'never'\n+++\n",
}


@pytest.mark.parametrize("name", SIGNS)
def test_what_lies_beside_says_draft_too(tmp_path, name):
    folder = tmp_path / "b"
    folder.mkdir()
    assert beside.Folders(tmp_path).why_a_draft(folder / "a.md") == ""
    (folder / name).write_text(SIGNS[name], "utf-8")
    assert beside.Folders(tmp_path).why_a_draft(folder / "a.md")


def test_what_is_said_in_a_program_is_not_passed_over():
    with pytest.raises(post_files.BadFile):
        read("2020-01-02-a.mdx", "export const meta = {\n  draft: true,\n}\n\nText")
