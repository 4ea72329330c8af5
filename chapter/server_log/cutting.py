"""What is cut from a text before it is logged."""

import re

from .paths import GAP, cut_tokens

AT = re.compile(r"@|＠|%(?:25)*40", re.IGNORECASE)
# The same sign in mail headers, HTML, a repr, and as its wide and small forms in an address.
WRITTEN_AT = re.compile(
    r"&#0*64(?:;|(?![0-9]))|&#x0*40(?:;|(?![0-9a-f]{2}))|&commat;|\\x40|\\100|[\\%]u(?:0000)?0040|\\uff20|\\ufe6b|﹫"
    r"|%(?:25)*EF%(?:25)*BC%(?:25)*A0|%(?:25)*EF%(?:25)*B9%(?:25)*AB|=40(?=[a-z][a-z0-9-]{0,62}(?:\.|=2e))",
    re.IGNORECASE,
)
ADDRESS = re.compile(rf".(?:{AT.pattern})", re.IGNORECASE | re.DOTALL)
QUOTED_ADDRESS = re.compile(r'"(?:[^"\\\n]|\\.){1,200}"\s{0,3}@\s{0,3}[^\s<>(),;"]+')
# As far as the part before an @ can go: it may hold a slash, a question mark, an ampersand and an equals sign.
WORD = re.compile(r"[^\s<>(),;\"\[\]]+")
# Mail allows spaces and remarks before the @; a decorator in a traceback stands on a line of its own, four spaces in.
LOOSE_ADDRESS = re.compile(
    r"(?<![^\s<>(),;\"])[^\s<>(),;\"]+(?:\s{1,3}|\([^()\n]{0,100}\)){1,3}@\s{0,3}[\w-]+\.[\w.-]+"
)
# What PostgreSQL says about a row that it refused, where somebody has made it part of another text (see `records`).
DETAIL = re.compile(
    r"(?:D[EÉ]TAIL|DETALJ|DETALLE|DETALHE|DETTAGLI|SZCZEGÓŁY|ПОДРОБНОСТИ|ДЕТАЛІ|AYRINTI|詳細|描述|상세정보) ?[:：].*"
    r"|\bLINE [0-9]+: .*|(?<=invalid input syntax for type )[^:\n]{1,60}: .*",
    re.DOTALL,
)
# How Django shows a row: <Member: Kari Nordmann>. A request shows its address.
ROW = re.compile(r"<(?!WSGIRequest|ASGIRequest)([A-Z]\w{0,60}): [^\n]{0,300}>")
RUN = re.compile(r"[A-Za-z0-9_-]{20,}")
HAS_BOTH = re.compile(r"(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])")
HAS_DIGIT = re.compile(r"[0-9]")
WORDS = re.compile(r"[a-z]{3,}")
KEY = re.compile(r"(?=[a-z]*[0-9])(?=[0-9]*[a-z])[a-z0-9]{30,}")


def cut(text: str) -> str:
    """The text without e-mail addresses, secret parts of links, and what rows hold. Linear in its length."""
    text = cut_tokens(DETAIL.sub(f"DETAIL: {GAP}", text))
    text = WRITTEN_AT.sub("@", text)
    if AT.search(text):
        text = LOOSE_ADDRESS.sub(GAP, QUOTED_ADDRESS.sub(GAP, text))
        text = WORD.sub(_cut_address, text)
    return RUN.sub(_cut_random, ROW.sub(rf"<\1: {GAP}>", text))


def _cut_address(word):
    return GAP if ADDRESS.search(word[0]) else word[0]


def _cut_random(run):
    """Tokens and session keys, wherever they stand: two thirds of a name of our code are words, and a slug has no capitals.

    One token in 300,000 looks like a name; of the names in libraries, one in a hundred looks like a token.
    """
    text = run[0]
    words = sum(map(len, WORDS.findall(text)))
    is_token = HAS_BOTH.match(text) and (HAS_DIGIT.search(text) or 3 * words < 2 * len(text))
    return GAP if is_token or KEY.fullmatch(text) else text
