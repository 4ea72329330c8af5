"""Bytes of any system as letters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chapter.foreign_texts import OLD, decoded

WORDS = "Møte på rådhuset: blåbær, ängar och kaffe"


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
        ("cp1252", "Windows-1252"),
        ("mac_roman", "Mac Roman"),
        ("cp850", "MS-DOS (850)"),
    ],
)
def test_words_are_read(codec, name):
    found = decoded(WORDS.encode(codec), old=OLD)
    assert (found.text, found.name, bool(found.note)) == (WORDS, name, name != "UTF-8")


def test_one_pasted_letter_spoils_no_others():
    found = decoded("Møte på råd".encode() + "hø".encode("cp1252"))
    assert (found.text, found.mended) == ("Møte på rådhø", 1)
    assert found.note.startswith("1 letters weren’t UTF-8")


@given(st.binary(max_size=300))
def test_any_bytes_are_some_text(content):
    decoded(content, old=OLD).text.encode("utf-8")


@pytest.mark.parametrize(
    "words", ["“Coffee” – it’s on", "Åpent hus", "Café", "Fika på ön", "Gästabud", "100 € – 1½ h"]
)
def test_a_few_letters_of_windows_are_not_an_older_set(words):
    assert decoded(words.encode("cp1252"), old=OLD).text == words
