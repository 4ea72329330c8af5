"""Letters that were stored wrongly before a text came here."""

import pytest

from chapter.foreign_texts import mended

MENDED = {
    "BlÃ¥bÃ¦r og Ã˜l â€“ itâ€™s Â«aÂ»": "Blåbær og Øl – it’s «a»",
    "â€œsitatâ€": "“sitat”",
    "â€œsitatâ€\x9d": "“sitat”",
    "Hei ðŸ˜€": "Hei 😀",
    "Bl=C3=A5b=C3=A6r og ka=\nffe =3D godt": "Blåbær og kaffe = godt",
    "Bl=E5b=E6r": "Blåbær",
    '<a href="x?p=20">Bl=C3=A5</a>': '<a href="x?p=20">Blå</a>',
    "=?utf-8?Q?Bl=C3=A5b=C3=A6r?= og =?iso-8859-1?Q?r=F8d?=": "Blåbær og rød",
}


@pytest.mark.parametrize("text", MENDED)
def test_text_has_its_own_letters(text):
    assert mended(text) == (MENDED[text], "letters were stored wrongly and were repaired: check ø, æ, å, ä, ö")


@pytest.mark.parametrize("text", ["Blåbær – «ok» FRÅ” ÅÄÖ… â la carte", "1=E5", "https://x.example.org/?a=1&b=20", "a == b", "=?x", "São Paulo, Ângela"])  # fmt: skip
def test_text_that_means_what_it_says_stays(text):
    assert mended(text) == (text, "")


@pytest.mark.parametrize("piece", ["=C3", "=?utf-8?Q?", "Ã", "â€", "=E5a", "=\n", "=?a?Q?x?="])
def test_hostile_text_comes_to_an_end(piece):
    assert mended((piece * 200_000)[:500_000]) is not None
