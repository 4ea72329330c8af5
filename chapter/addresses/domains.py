"""Domain names in their ASCII form and back, by the rules of IDNA 2008.

Python's own `idna` codec follows the rules of 2003, which turn ß into ss and drop joiners: another domain, whose mail somebody
else reads. Only its Punycode is used here.
"""

import re
import unicodedata
from functools import lru_cache

DOTS = re.compile("[.。．｡]")
MAX_DOMAIN, MAX_LABEL = 253, 63
LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
# What IDNA 2008 calls letters, marks and digits; joiners need rules of their own script, and are refused.
CATEGORIES = {"Ll", "Lo", "Lm", "Mn", "Mc", "Nd"}
# Scripts that are written together. Any other mixture is there to look like something else.
TOGETHER = (
    {"LATIN", "CJK", "HIRAGANA", "KATAKANA"},
    {"LATIN", "CJK", "HANGUL"},
    {"LATIN", "CJK", "BOPOMOFO"},
)
ALIASES = {"KATAKANA-HIRAGANA": "KATAKANA", "IDEOGRAPHIC": "CJK"}


# Most people's mailboxes are with a few providers.
@lru_cache(maxsize=1000)
def to_ascii(domain: str) -> str:
    """Raises ValueError for what is not a domain name."""
    # Punycode takes time by the square of the length, and no ASCII form is shorter than its letters.
    if len(domain) > MAX_DOMAIN:
        raise ValueError("too long")
    found = ".".join(_label(label) for label in DOTS.split(domain))
    if len(found) > MAX_DOMAIN:
        raise ValueError("too long")
    return found


def to_letters(domain: str) -> str:
    """For display: a label that does not come out as it went in stays as it is."""
    return ".".join(map(_in_letters, domain.split("."))) if len(domain) <= MAX_DOMAIN else domain


def _label(label):
    label = _folded(label)
    if len(label) > MAX_LABEL:
        raise ValueError("too long")
    if label.startswith("xn--"):
        return _checked_punycode(label)
    if not label.isascii():
        label = _punycode(label)
    if not LABEL.fullmatch(label):
        raise ValueError(label)
    return label


def _folded(label):
    # As browsers do with what is typed: full-width letters are letters, capitals are small.
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", label).lower())


def _punycode(label):
    if not all(letter == "-" or unicodedata.category(letter) in CATEGORIES for letter in label):
        raise ValueError(label)
    if unicodedata.category(label[0]).startswith("M") or "-" in (label[0], label[-1]) or label[2:4] == "--":
        raise ValueError(label)
    _check_scripts(label)
    return "xn--" + label.encode("punycode").decode("ascii")


def _checked_punycode(label):
    letters = label[4:].encode("ascii").decode("punycode")
    # Two spellings of one name would be two people.
    if letters.isascii() or _label(letters) != label:
        raise ValueError(label)
    return label


def _in_letters(label):
    try:
        return label[4:].encode("ascii").decode("punycode") if _label(label).startswith("xn--") else label
    except ValueError:
        return label


def _check_scripts(label):
    scripts = {_script(letter) for letter in label if unicodedata.category(letter).startswith("L")}
    if len(scripts) > 1 and not any(scripts <= together for together in TOGETHER):
        raise ValueError(label)


def _script(letter):
    word = unicodedata.name(letter, "").partition(" ")[0]
    return ALIASES.get(word, word)
