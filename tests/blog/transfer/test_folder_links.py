"""Links between the files of a folder, as texts of several programs write them."""

from io import StringIO

import pytest
from django.core.management import call_command

from blog.models import Post

pytestmark = pytest.mark.django_db
HEAD = "---\ntitle: {}\ndate: 2020-01-02\nlanguage: en\n{}---\n{}\n"


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def bring(folder, body, *, head="", name="other.md"):
    """(the text of the post that links, the lines of the report)."""
    (folder / "a.md").write_text(HEAD.format("A", "", body), "utf-8")
    (folder / name).write_text(HEAD.format("Other", head, "Text."), "utf-8")
    out = StringIO()
    call_command("import_posts", str(folder), stdout=out)
    return Post.objects.get(title="A").body.strip(), out.getvalue().splitlines()


LINKS = {
    "[over\nlines](other.md)": "[over\nlines](/en/blog/other/)",
    "[`code`](other.md#part)": "[`code`](/en/blog/other/#part)",
    '[a](other.md "title")': '[a](/en/blog/other/ "title")',
    "[a][1]\n\n[1]: other.md": "[a](/en/blog/other/)",
    "[[other|words]]": "[words](/en/blog/other/)",
    "`[a](other.md)`": "`[a](other.md)`",
}


@pytest.mark.parametrize("body", LINKS)
def test_link_to_a_file_becomes_a_link_to_the_post(folder, body):
    assert bring(folder, body)[0] == LINKS[body]


@pytest.mark.parametrize("head", ["permalink: /2020/01/the-other/\n", "slug: other\naliases: [/2020/01/the-other]\n", "slug: other\nredirect_from: /2020/01/the-other.html\n"])  # fmt: skip
def test_link_to_an_old_address_is_known(folder, head):
    slug = "the-other" if "permalink" in head else "other"
    assert bring(folder, "[a](/2020/01/the-other/)", head=head, name="b.md")[0] == f"[a](/en/blog/{slug}/)"


def test_of_a_link_to_nothing_the_words_stay_and_a_note(folder):
    text, lines = bring(folder, "[a *b*](../gone.md) [c][2] [d](/gone/)\n\n[2]: gone.md")
    assert text == "a *b* c [d](/gone/)"
    assert [line for line in lines if "nowhere" in line] == [
        "A: the link ../gone.md leads nowhere here",
        "A: the link gone.md leads nowhere here",
        "A: the link /gone/ leads nowhere here",
    ]


def test_again_nothing_changes(folder):
    bring(folder, "[a](../gone.md) [b](other.md)")
    assert bring(folder, "[a](../gone.md) [b](other.md)")[1][-1].startswith("0 made, 0 changed, 2 same")


def test_index_at_the_top_of_a_folder_is_a_post_like_others(folder):
    assert bring(folder, "[a](index.md)", name="index.md")[0] == "[a](/en/blog/index/)"
