"""Whether a text has a web or mail address in it, also one that is disguised. It may be wrong about prose: an organiser reads it.

There is no list of endings: new ones are sold every month, and a new shortener needs none. Anything that looks like `name.tld`
counts, unless it is one of the few abbreviations and dates that people write that way.
"""

import re
import unicodedata

# A dot is also what looks like one. The small dots count between letters only, since ` · ` separates.
DOTS = re.compile(r"[。｡︒﹒．․]|%2e|&#46;|&#x2e;|&period;|(?<=\w)[·•‧∙⋅・](?=\w)", re.IGNORECASE)
# [.] (dot) {punkt} and the like
BRACKETED = re.compile(r"\s{0,3}[\[({<]\s*(?:\.|dot|punkt|punktum|prikk|prick|ponto)\s*[\])}>]\s{0,3}")
# What browsers and mail programs open without a dot, or with one that is written as a word or has spaces around it.
SCHEMES = re.compile(r":\s*//|(?<![\w/:])//\w|\bhttps?\b\s*:|\bhxxps?\b|\bxn--|\bwww\s*\.")
KNOWN = "com|org|net|info|io|biz|xyz|shop|link|click|top|online|site"
SPELLED = re.compile(
    rf"\b(?:dot|punktum)\s+(?:{KNOWN}|no|se|dk|eu|co|ly|me|app|dev)\b"
    r"|\b(?:punkt|prikk)\s+(?:com|org|net|info)\b"
    rf"|\w\.\s+(?:(?:{KNOWN})\s*/|(?:com|org|xyz)\b)"
    # t. co/abc, and not "osv. og/eller" or "Fine. He/she"
    r"|\w\.\s+(?!(?:og|he|vi|du|de|ni|jo|ja)/)[a-z]{2}/\w"
)
SPACED = re.compile(r"[^\W_]\s+\.\s?[^\W\d_]{2,}")
NUMBERS = re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.])")
CANDIDATE = re.compile(r"[^\s.]\.[^\W\d_]{2,}")
EDGES = "\"'“”„«»‘’()[]{}<>,;:!?…*_–—-"

PROSE = """
    f.eks o.likn o.lign el.lign o.dyl m.fl cand.mag cand.polit cand.jur cand.philol dr.philos st.meld ot.prp adm.dir
    t.ex el.dyl fil.dr fil.kand tekn.dr jur.kand
    no.of
"""
ABBREVIATIONS = frozenset(PROSE.split())
# 3.juni, 2.etasje: a number of one or two digits and then one of these.
ORDINALS = (
    "jan|januar|januari|january|feb|februar|februari|february|mar|mars|march|apr|april|mai|maj|may|jun|juni|june|jul|juli|"
    "july|aug|august|augusti|sep|sept|september|okt|oct|oktober|october|nov|november|des|dec|desember|december|"
    "etasje|etg|våning|klasse|klass|plass|plats|gang|trinn|steg|kvartal|juledag|dag"
)
ORDINAL = re.compile(rf"\d{{1,2}}\.(?:{ORDINALS})(?:[-–][^\W\d_]+)?")


# No text that is asked about may be longer; what is typed comes here before its length is checked.
LONGEST = 20_000


def has_link(*texts: str) -> bool:
    return any(_has_link(_plain(text[:LONGEST])) for text in texts)


def _plain(text):
    # NFKC: full-width letters make a link as well. What cannot be seen falls out, and marks, so that words are letters.
    text = unicodedata.normalize("NFKC", DOTS.sub(".", text))
    text = "".join(letter for letter in text if unicodedata.category(letter) not in ("Cf", "Mn", "Mc", "Me"))
    return BRACKETED.sub(".", DOTS.sub(".", text).casefold())


def _has_link(text):
    if any(pattern.search(text) for pattern in (SCHEMES, SPELLED, SPACED, NUMBERS)):
        return True
    return any(CANDIDATE.search(word) and not _is_prose(word) for word in text.split())


def _is_prose(word):
    word = word.strip(EDGES).rstrip(".").strip(EDGES)
    return word in ABBREVIATIONS or ORDINAL.fullmatch(word) is not None or not CANDIDATE.search(word)
