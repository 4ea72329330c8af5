"""Texts and rows as files: what is written is read back as it was."""

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapter.transfer import documents, tables

# What PostgreSQL and a form let through: no NUL, no lone surrogate, unix line ends.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=60)
PAIRS = st.lists(st.tuples(st.sampled_from(["title", "author", "lead"]), TEXT.filter(bool)), max_size=4)


@settings(deadline=None, max_examples=200)
@given(pairs=PAIRS, body=TEXT)
def test_document_comes_back(pairs, body):
    assert documents.read(documents.write(pairs, body)) == documents.Document(pairs, body)


@pytest.mark.parametrize("body", ["---\n", "- list\n", "a\n---\nb", "", "\n\n", "---"])
def test_document_with_rules_in_its_text_comes_back(body):
    assert documents.read(documents.write([("title", "T")], body)).body == body


def test_lines_of_other_programs_are_read():
    text = "\ufeff---\r\ntitle: 'It''s'\r\nauthors:\r\n  - Kari\r\n  - Ola\r\n# note\r\n---\r\nText"
    document = documents.read(text)
    assert (document.get("title"), document.all("authors"), document.body) == ("It's", ["Kari", "Ola"], "Text")


@pytest.mark.parametrize("text", ["---\ntitle: x\n", "---\nno colon here\n---\n", '---\ntitle: "open\n---\n', "---\n" + "a: b\n" * 400 + "---\n"], ids=["no end", "no key", "no string", "too many"])  # fmt: skip
def test_bad_lines_are_refused(text):
    with pytest.raises(documents.BadDocument):
        documents.read(text)


@settings(deadline=None, max_examples=200)
@given(cell=TEXT)
def test_cell_comes_back_and_is_no_formula(cell, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "table.csv"
    tables.write(path, ["a", "b"], [{"a": cell, "b": "="}])
    assert tables.read(path) == [{"a": cell, "b": "="}]
    with path.open(encoding="utf-8", newline="") as file:
        assert not list(csv.reader(file))[1][0].startswith(("=", "+", "-", "@", "\t"))
