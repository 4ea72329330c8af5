"""Titles as parts of addresses, and addresses that no other row has."""

import re
import unicodedata

from django.db import IntegrityError, transaction
from django.utils.text import slugify

TRIES = 5


def _pairs(letters, latin):
    return dict(zip(letters, latin.split(), strict=True))


# What a reader of Latin letters makes of the others: names of letters that say no letter, Greek, and Cyrillic of all tongues.
LATIN = _pairs("ßþðŋĸœəɛɔʃʒ", "ss th d ng k oe e e o sh zh")
GREEK = _pairs("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o")
CYRILLIC = _pairs(
    "абвгдежзийклмнопрстуфхцчшщыэюяёіїєґўђјљњћџѓќѕ",
    "a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch y e yu ya e i i ie g u d j lj nj c dz g k dz",
) | {"ъ": "", "ь": ""}
# What stands between two words without a space: Kaffe/te, mandag–fredag.
BETWEEN_WORDS = dict.fromkeys("/\\|‐‑‒–—―·•⁄→", " ")
READ_AS = LATIN | GREEK | CYRILLIC | BETWEEN_WORDS
# đ is LATIN SMALL LETTER D WITH STROKE, ı is DOTLESS I, æ is AE.
NAMED = re.compile(r"LATIN (?:SMALL LETTER|LETTER)(?: [A-Z]+)* ([A-Z]{1,2})(?: WITH .+)?")


def plain_slug(title, *, length=80):
    """The title in a-z, 0-9 and hyphens, at most `length` long; empty where none of its letters can be read as Latin ones."""
    title = unicodedata.normalize("NFKC", title.replace("…", " ")).lower()
    slug = slugify("".join(map(_read, title)))[:length].strip("-_")
    has_words = any(letter.isalpha() for letter in title)
    # The 3 of 第3回 says nothing.
    return slug if not has_words or re.search("[a-z]", slug) else ""


def _read(letter):
    if letter in READ_AS:
        return READ_AS[letter]
    if letter.isascii():
        return letter
    bare = unicodedata.normalize("NFD", letter)[0]
    if bare.isascii():
        return bare
    if bare in READ_AS:
        return READ_AS[bare]
    named = NAMED.fullmatch(unicodedata.name(letter, ""))
    return named[1].lower() if named else letter


def free_slug(rows, base: str, *, reserved=frozenset()) -> str:
    """`base`, or `base` with the first number that none of `rows` has. Another request may take it before it is stored."""
    taken = {*reserved, *rows.filter(slug__startswith=base).values_list("slug", flat=True)}
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug


def save_under_free_slug(row, base: str, *, reserved=frozenset()) -> None:
    """Save the row under the first free address, and try the next where another request took it meanwhile."""
    for attempt in range(TRIES):
        row.slug = free_slug(type(row).objects.exclude(pk=row.pk), base, reserved=reserved)
        try:
            with transaction.atomic():
                return row.save()
        except IntegrityError as error:
            if "slug" not in str(error) or attempt == TRIES - 1:
                raise
    return None
