"""The heads of posts as Jekyll, Hugo, Pelican, Eleventy and Nikola write them."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from blog.reading import front_matter, meanings, moments
from blog.reading.front_matter import BadHead
from chapter.transfer import documents

KINDS = {
    "yaml": "---\ntitle: Kaffe\nauthors: [Kari, Ola]\n---\nTekst",
    "yaml that ends in dots": "---\ntitle: Kaffe\nauthors:\n- Kari\n- Ola\n...\nTekst",
    "toml": '+++\ntitle = "Kaffe"\nauthors = ["Kari", "Ola"]\n+++\nTekst',
    "eleventy's toml": '---toml\ntitle = "Kaffe"\nauthors = ["Kari", "Ola"]\n---\nTekst',
    "json": '{\n  "title": "Kaffe",\n  "authors": ["Kari", "Ola"]\n}\n\nTekst',
    "eleventy's json": '---json\n{"title": "Kaffe", "authors": ["Kari", "Ola"]}\n---\nTekst',
    "pelican": "Title: Kaffe\nAuthors: Kari, Ola\n\nTekst",
    "hexo": "title: Kaffe\nauthors: Kari, Ola\n---\nTekst",
    "nikola": "<!--\n.. title: Kaffe\n.. authors: Kari, Ola\n-->\n\nTekst",
    "below a licence": "<!-- MIT -->\n\n---\ntitle: Kaffe\nauthors: Kari, Ola\n---\nTekst",
    "below a space": " ---\ntitle: Kaffe\nauthors: Kari, Ola\n---\nTekst",
    "below a version": "%YAML 1.2\n---\ntitle: Kaffe\nauthors: Kari, Ola\n---\nTekst",
    "hexo's json": ';;;\n{"title": "Kaffe", "authors": ["Kari", "Ola"]}\n;;;\nTekst',
    "windows": "\ufeff---\r\nTitle: Kaffe\r\nauthors: Kari; Ola\r\n---\r\nTekst",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_head_is_read(kind):
    head = front_matter.read(KINDS[kind])
    assert (head.text("title"), head.body.strip()) == ("Kaffe", "Tekst")
    assert meanings.authors(head) == [("Kari", ""), ("Ola", "")]


VALUES = {
    '"One\n  two"': "One two",
    ">\n  One\n  two": "One two",
    "|\n  One\n  two": "One\ntwo",
    "One\n  two": "One two",
    "One # note": "One",
    "'It''s'": "It's",
    "No": "No",
    "12:30": "12:30",
    "2020": "2020",
    "~": "",
    "null": "",
    '"null"': "null",
    "": "",
    "!!python/object/apply:os.system [id]": "id",
}


@pytest.mark.parametrize("value", VALUES)
def test_value_is_the_text_that_was_written(value):
    assert front_matter.read(f"---\ntitle: {value}\n---\n").text("title") == VALUES[value]


def test_quotation_in_a_quotation_is_mended():
    assert front_matter.read('---\ntitle: "A "kind" word"\ndate: x\n---\n').text("title") == 'A "kind" word'


def test_title_that_is_no_yaml_is_mended_and_said():
    head = front_matter.read(
        "---\ntitle: Notes: who came? # one\nlead: @all\ntags: [a, b]\nimage:\n  src: x\n---\nText"
    )
    assert (head.text("title"), head.text("lead"), head.get("tags")) == ("Notes: who came? # one", "@all", ["a", "b"])
    assert head.notes == ["the lines at the top weren’t YAML and were repaired: check the title"]


@pytest.mark.parametrize("text", ["---\na: &x [b]\nc: [*x, *x]\n---\n", "---\na: " + "[" * 60 + "\n---\n", "---\n" + "- a\n" * 3000 + "---\n", "---\n- a\n---\n", "---\ntitle: x\n", "+++\ntitle = \n+++\n", "---json\n[1]\n---\n", "---js\n{a: 1}\n---\n"], ids=["alias", "deep", "many", "list", "no end", "toml", "json", "program"])  # fmt: skip
def test_head_that_is_none_is_refused(text):
    with pytest.raises(BadHead):
        front_matter.read(text)


@settings(deadline=None, max_examples=200)
@given(
    st.text(max_size=200),
    st.sampled_from(["---\n{}\n---\n", "+++\n{}\n+++\n", "---json\n{}\n---\n", "{{{}", "Title: {}", "{}"]),
)
def test_any_text_is_a_head_or_a_refusal(text, form):
    with suppress(BadHead):
        front_matter.read(form.format(text))


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=40).filter(bool)


@settings(deadline=None, max_examples=200)
@given(title=TEXT, names=st.lists(TEXT, min_size=1, max_size=3))
def test_what_we_write_is_yaml_to_everybody(title, names):
    pairs = [("title", title), ("date", datetime(2026, 5, 4, 18, tzinfo=UTC)), ("draft", True), ("authors", names)]
    written = documents.write(pairs, "---\nText")
    found = yaml.safe_load(written.split("\n---\n")[0])
    assert found == {**dict(pairs), "date": found["date"]}
    assert found["date"].astimezone(UTC) == pairs[1][1]
    assert documents.read(written).all("authors") == names


# What they mean

DRAFTS = ["draft: true # not yet", "draft: yes", "draft: 'True'", "Draft: 1", "published: false", "published: no", "publish: off", "status: draft", "Status: Hidden", "status: pending", "state: private", "private: true", "visibility: members", "hidden: true", "unlisted: true", "tags: [a, draft]", "layout: draft", "eleventyExcludeFromCollections: true", "permalink: false", "password: abc", "build:\n  render: never", "headless: true", "build:\n  list: never", "listed: false", "publish_status: unpublished", "extra:\n  draft: true", "dg-publish: false", "tags: ['#status/draft']", "published: draft", "draft: {a: b}", "live: false", "draft: [yes]"]  # fmt: skip
PUBLIC = ["draft: false # yet", "draft:", "draft: no", "published: true", "published: 2020-01-02", "status: published", "status: publish", "private: false", "permalink: /a/b/", "hidden: 'false'", "tags: [drafting]", "layout: post", "archived: true", "status: featured", "tags: [draftsmanship]", "extra: {draft: false}"]  # fmt: skip


def why(line, **said):
    return meanings.why_a_draft(front_matter.read(f"---\ntitle: A\n{line}\n---\n"), **said)


@pytest.mark.parametrize("line", DRAFTS)
def test_every_sign_of_a_draft_is_seen(line):
    assert why(line)


@pytest.mark.parametrize("line", PUBLIC)
def test_what_was_public_is_no_draft(line):
    assert why(line) == ""


@pytest.mark.parametrize("mark", ["-----", "```yaml\n---", "~~~", ""])
def test_a_head_between_other_marks_says_draft_too(mark):
    assert meanings.why_a_draft(front_matter.read(f"{mark}\ntitle : A\ndraft: true\n{mark}\nText"))


def test_place_and_title_say_draft_too():
    assert (
        why("", parts=("_drafts", "a.md")) and why("", parts=("posts", "a.draft.md")) and why("", title="[Draft] A")
    )
    assert why("", parts=("posts", "_a.md"))
    assert not why("", parts=("posts", "a.md"), title="Drafting a plan")


DATES = {
    "2013-05-10": "2013-05-10 10:00",
    "2013-05-10 16:06:00": "2013-05-10 14:06",
    "2013-05-10 16:06": "2013-05-10 14:06",
    "2013-05-10T16:06:00.123Z": "2013-05-10 16:06",
    "2013-05-10 16:06:00 +0200": "2013-05-10 14:06",
    "2013-05-10 16:06:00 +02:00": "2013-05-10 14:06",
    "2015-03-17 14:00:00 -4": "2015-03-17 18:00",
    "2013-05-10 16:06:00 UTC": "2013-05-10 16:06",
    "2013-05-10 16:06 America/New_York": "2013-05-10 20:06",
    "2013-05-10 4:06 PM": "2013-05-10 14:06",
    "10.05.2013": "2013-05-10 10:00",
    "2013-05-10 16:06 CEST": "2013-05-10 14:06",
    "2013-05-10 09:06:00 EST": "2013-05-10 14:06",
    "2013/05/10": "2013-05-10 10:00",
    "20130510": "2013-05-10 10:00",
    "1368194760": "2013-05-10 14:06",
    "Fri, 10 May 2013 16:06:00 +0200": "2013-05-10 14:06",
    "May 10, 2013": "2013-05-10 10:00",
    "10 May 2013 16:06": "2013-05-10 14:06",
    "10. mai 2013 kl. 16.06": "2013-05-10 14:06",
    "2013-05-10 24:00": "2013-05-10 22:00",
    "2013-05-10T16:06:00+02:00[Europe/Oslo]": "2013-05-10 14:06",
    "2013-05-10 16:06:00.123456789 +0200 CEST": "2013-05-10 14:06",
    "2013-05-10 14:06:00 +0000 UTC": "2013-05-10 14:06",
    "2013-05-10 16:06 UTC+2": "2013-05-10 14:06",
    "2013-05-10T16:06:00\u221204:00": "2013-05-10 20:06",
    "2013-05-10, 4:06pm": "2013-05-10 14:06",
    "10.5.2013 kl 16:06": "2013-05-10 14:06",
    "13/5/2013": "2013-05-13 10:00",
    "5/13/2013 4:06 PM": "2013-05-13 14:06",
    "5/5/2013": "2013-05-05 10:00",
    "20130510T140600Z": "2013-05-10 14:06",
    "20130510 1606": "2013-05-10 14:06",
    "1368194760.5": "2013-05-10 14:06",
    "10-May-2013": "2013-05-10 10:00",
    "2013 May 10": "2013-05-10 10:00",
    "<2013-05-10 Fri 16:06>": "2013-05-10 14:06",
    "'2013-05-10'": "2013-05-10 10:00",
}


@pytest.mark.parametrize("text", DATES)
def test_date_in_any_form_is_that_moment(text):
    assert f"{moments.when(text, 'Europe/Oslo'):%Y-%m-%d %H:%M}" == DATES[text]


@pytest.mark.parametrize("text", ["", None, "0001-01-01T00:00:00Z", "Last Modified", "git Created"])
def test_no_date_is_none(text):
    assert moments.when(text, "Europe/Oslo") is None


@pytest.mark.parametrize("text", ["yesterday", "2013-13-01", "10/05/2013", "2013-05-10 25:00", "2013-05-10 13:00 PM", "2013-05-10 10:00 Nowhere/Land"])  # fmt: skip
def test_date_that_cannot_be_told_is_refused(text):
    with pytest.raises(moments.NotUnderstood):
        moments.when(text, "Europe/Oslo")


PEOPLE = {
    "author: Kari Eksempel": ["Kari Eksempel"],
    "author: Kari, of the harbour": ["Kari, of the harbour"],
    "authors: Kari, Ola": ["Kari", "Ola"],
    "authors: []": [],
    "author: ~": [],
    'author: "null"': [],
    "author: {name: Kari, email: kari@example.org}": ["Kari"],
    "authors:\n- name: Kari\n  link: x\n- Ola": ["Kari", "Ola"],
    "author: Kari <kari@example.org>": ["Kari"],
    "author: kari@example.org": [],
    "author: Kari\nauthors: [Kari, Ola]": ["Kari", "Ola"],
}


@pytest.mark.parametrize("lines", PEOPLE)
def test_authors_are_names(lines):
    assert [name for name, _ in meanings.authors(front_matter.read(f"---\n{lines}\n---\n"))] == PEOPLE[lines]


@pytest.mark.parametrize(("said", "address"), [("cover: a.png", "a.png"), ("image: {src: a.png, alt: A}", "a.png"), ("cover: ~", None), ("image:", None)])  # fmt: skip
def test_cover_is_a_text_or_a_map(said, address):
    cover = meanings.cover(front_matter.read(f"---\n{said}\n---\n"))
    assert (cover and cover.address) == address


@pytest.mark.parametrize(("said", "code"), [("nb-NO", "nb"), ("no", "nb"), ("sv_SE", "sv"), ("EN", "en"), ("Norsk", "nb"), ("de", "de")])  # fmt: skip
def test_language_in_any_spelling(said, code):
    assert meanings.language(said) == code


@pytest.mark.parametrize(("said", "slug"), [("slug: a-b", "a-b"), ("permalink: /2020/01/a-b/", "a-b"), ("url: /x/a-b.html", "a-b"), ("permalink: /:categories/:title/", "name"), ('permalink: "/{{ title | slug }}/"', "name"), ("title: A", "name")])  # fmt: skip
def test_old_address_is_kept_where_it_is_one(said, slug):
    assert meanings.slug(front_matter.read(f"---\n{said}\n---\n"), "name") == slug
