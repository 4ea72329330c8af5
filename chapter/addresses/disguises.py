"""A text as its reader's eye, or a browser, takes it: small letters, plain dots, colons and slashes, nothing hidden."""

import html
import re
import unicodedata

# What looks like a dot, after Unicode's list of confusables and the names of its characters.
DOTS = (
    "\u00b7\u02d9\u0387\u0589\u06d4\u0701\u0702\u0888\u1362\u1427\u166e\u1803\u1809\u2022\u2023\u2024\u2027\u2043\u2219"
    "\u22c5\u25cf\u25e6\u26ab\u2801\u2802\u2804\u2808\u2810\u2820\u2840\u2880\u2b24\u2cf9\u2cfe\u2e30\u2e31\u2e33\u2e3c"
    "\u2f02\u3002\u30fb\ua4f8\ua4ff\ua60e\ua6f3\ua78f\ufbb2\ufe12\ufe19\ufe45\ufe52\uff0e\uff61\uff65\U00010101\U00010a50"
    "\u26aa\u23fa\U0001f518\U0001f534\U0001f535\U0001f7e0\U0001f7e1\U0001f7e2\U0001f7e3\U0001f7e4"
    "\U00010af4\U00011049\U000115c4\U00016af5\U00016e98\U0001bc9f\U0001d16d\U0001da88\u0964\u104b\u17d4"
)
KEPT = frozenset(DOTS)
# NFKC would make something else of some of them.
NO_DOTS = re.compile(f"[^{DOTS}]+")
# All others but FULL_STOPS separate beside a space: "kaffe · te".
FULL_STOPS = "\u3002\uff61\ufe12\ufe52\uff0e\u2024"
BETWEEN = re.compile(rf"(?<=[^\W_])[{DOTS}](?=[^\W_])")
# The zeros of two scripts are dots to who reads none of them.
ZEROS = re.compile("(?<=[a-z])[\u0660\u06f0](?=[a-z])", re.IGNORECASE)
COLONS = "\ua789\u05c3\u2236\u02d0\u02f8\u205a\u0703\u0704\u16ec\ua4fd\ufe13\ufe55\uff1a"
SLASHES = "\u2044\u2215\u29f8\u2571\uff0f"
# Cannot be seen, though the category says letter or symbol.
BLANKS = "\u115f\u1160\u3164\uffa0\u2800"
UNSEEN = {"Cc", "Cf", "Mn", "Mc", "Me", "Co", "Cn"}
# Letters in boxes, circles and brackets that Unicode does not trace back to the letter.
BOXED = re.compile(
    r"(?:NEGATIVE (?:CIRCLED|SQUARED)|CROSSED NEGATIVE SQUARED|PARENTHESIZED|REGIONAL INDICATOR SYMBOL)"
    r"(?: LATIN (?:CAPITAL|SMALL))? LETTER (\w)"
)
OF_BOXES = ((0x249C, 0x24B6), (0x1F110, 0x1F12A), (0x1F150, 0x1F16A), (0x1F170, 0x1F18A), (0x1F1E6, 0x1F200))
UNBOXED = {
    code: found[1]
    for start, end in OF_BOXES
    for code in range(start, end)
    if (found := BOXED.fullmatch(unicodedata.name(chr(code), "")))
}
LOOKS_LIKE = str.maketrans(
    {
        **dict.fromkeys(FULL_STOPS, "."),
        **dict.fromkeys(COLONS, ":"),
        **dict.fromkeys(SLASHES, "/"),
        **UNBOXED,
        # One letter each, that NFKC makes a sentence of.
        "\ufdfa": "\u0635",
        "\ufdfb": "\u062c",
    }
)
# %2e, \\x2e, \\u002e, =2e
ESCAPED = re.compile(r"(?:%(?:25){0,8}|\\(?:x|u\{?0{0,4})|=(?=2[ef]|3a))([2-7][0-9a-f])", re.IGNORECASE)
COMMENT = re.compile(r"<!--[^<>]{0,80}-->")
# e v i l, e-v-i-l
APART = re.compile(r"(?<![^\W_])[^\W\d_]([ *_~|-])[^\W\d_](?:\1[^\W\d_])+(?![^\W_])")


def plain(text: str) -> str:
    """Takes time by the length of the text; each run of white space comes out as one space."""
    text = COMMENT.sub("", html.unescape(ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)))
    text = _seen(text).translate(LOOKS_LIKE)
    text = ZEROS.sub(".", BETWEEN.sub(".", _seen(NO_DOTS.sub(_normalized, text)))).casefold()
    return APART.sub(lambda found: found[0].replace(found[1], ""), " ".join(text.split()))


def _normalized(found):
    # Full-width and mathematical letters make a link as well.
    return unicodedata.normalize("NFKC", found[0])


def _seen(text):
    # Marks fall out, too, so that words in every script are letters alone.
    return "".join(letter for letter in text if _is_seen(letter))


def _is_seen(letter):
    if letter.isascii():
        return letter.isprintable() or letter.isspace()
    return letter in KEPT or (letter not in BLANKS and unicodedata.category(letter) not in UNSEEN)
