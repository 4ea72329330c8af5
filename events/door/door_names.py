"""Names in the order in which a Nordic list has them: æ, ø and å come last, and é is an e."""

import unicodedata

# The last letters of the alphabet, in order; a neighbour's letter stands beside its own kin.
LAST = {"nb": ("æä", "øö", "å"), "sv": ("å", "äæ", "öø")}
LIKE_NORWEGIAN = "nb"


def sort_key(name, language):
    """What a list of names is sorted by for a reader of `language`; a reader of English gets the Norwegian order."""
    places = _places(language)
    return tuple(part for letter in unicodedata.normalize("NFC", name).casefold() for part in _part(letter, places))


def _places(language):
    groups = LAST.get(language, LAST[LIKE_NORWEGIAN])
    return {letter: place for place, group in enumerate(groups, start=1) for letter in group}


def _part(letter, places):
    """One of the last letters stands after every other; any other letter without its accents."""
    if letter in places:
        return [(places[letter], "")]
    return [(0, plain) for plain in unicodedata.normalize("NFD", letter) if not unicodedata.combining(plain)]
