"""Whether a text has a web or mail address in it, or anything else that a telephone opens, also one that is disguised. It
may be wrong about prose: an organiser reads it.

There is no list of endings: new ones are sold every month, and a new shortener needs none. Anything that looks like `name.tld`
counts, unless it is one of the few abbreviations and dates that people write that way. Nor is there a list of schemes: a word, a
colon and no space count. Every pattern takes time by the length of the text, which has one space where it had any.
"""

import re

from .disguises import plain

# Endings that no word of ours is, and those that are words as well.
KNOWN = "com|org|net|info|io|biz|xyz|ly|gl|gd|co|eu|dk|uk|cc|tk|gg|ru|cn|app|dev|shop|store|blog|club|site|tech|link|click"
WORDS_TOO = "no|se|me|fi|de|is|it|be|tv|fm|live|online|top|page|space|wiki|ai"
OURS = "d[o0]tt?|punktum|punkt|pkt|prikk|prick"
DOT = f"{OURS}|punct|point|punto|ponto|piste|kropka|точка|крапка|点|點"
# Words of prose as well: they need an ending that is none.
STOP = "period|full[\\s-]?stop"
NO_WORDS = "com|org|net|biz|xyz|ly|gg|io|eu|dk"
SLASH = r"(?:/|(?:slash|skråstrek|skrastrek|snedstreck)\b)"
SYMBOL = r"(?:[^\w\s.,:;!?/&]|_)"

# [.] (dot) {punkt} and the like, and [:] for a colon
BRACKETED = re.compile(rf"\s?[\[({{<]\s?(?:\.|{DOT})\s?/?[\])}}>]\s?")
COLON = re.compile(r"\s?[\[({<]\s?(?::|colon|kolon)\s?[\])}>]\s?")
# evil*dot*com, evil_dot_com; with spaces around, only before an ending: "det er et *punkt* som"
SET_OFF = re.compile(
    rf"(?<=[^\W_]){SYMBOL}{{1,3}}(?:{DOT}){SYMBOL}{{1,3}}(?=[^\W_])"
    rf"|(?<=[^\W_])\s?{SYMBOL}{{1,3}}\s?(?:{DOT})\s?{SYMBOL}{{1,3}}\s?(?=(?:{KNOWN}|{WORDS_TOO})\b)"
    rf"|(?<=[^\W_])[/&:;,…](?:{DOT})[/&:;,…](?=(?:{KNOWN}|{WORDS_TOO})\b)"
)

# evil**.**com, evil\\.com, evil"."com
AROUND = r"(?:[^\w\s.,:;!?…/&+–—-]|_)"
HUGGED = re.compile(rf"(?<=[^\W_])(?:{AROUND}{{1,4}}\.{AROUND}{{0,4}}|\.{AROUND}{{1,4}})(?=[^\W_])")

# What browsers and mail programs open without a dot, or with one that has spaces around it.
OPENED = re.compile(
    r":\s?//|(?<![\w/\\:])[/\\]{2,3}\w|\\\\\w|\bhttps?\s?(?:[:;]|[/\\]{2})|\bh[x*]{2}ps?\b|\bh\s?[tx*]\s?[tx*]\s?p\s?s?\s?:\s?[/\\]|\bxn--|\bwww"
    rf"|\bhttps?\s\w{{1,63}}\s(?:{KNOWN}|{WORDS_TOO})\b"
    rf"|\b(?:colon|kolon)\s{SLASH}|{SLASH}\s{SLASH}\s\w|\blocalhost[:/]"
)
# Schemes that telephones and browsers know, whatever comes behind the colon …
SCHEMES = (
    "tel|sms|smsto|mms|mmsto|fax|modem|callto|sips?|skype|viber|whatsapp|signal|sgnl|tg|telegram|line|wechat|weixin|threema|"
    "fb|mailto|im|xmpp|irc|ircs|mumble|geo|maps|comgooglemaps|waze|s3|data|javascript|vbscript|livescript|intent|market|"
    "bitcoin|bitcoincash|litecoin|ethereum|dogecoin|monero|lightning|ton|magnet|ed2k|blob|file|content|about|chrome|resource|"
    "view-source|otpauth|upi|swish|vipps|webcal|feed|itms|itms-apps|facetime|facetime-audio|ftps?|sftp|ssh|git|vnc|rdp|urn|urn:uuid"
)
# … and any other word, unless a Swedish ending, a face or a time follows: EU:s, sms:et, hei:D, kl:12.
# Not a quotation, either: hun sa:"nei".
ENDINGS = "s|n|t|a|e|en|et|er|ar|or|na|ne|arna|erna|ens|ets|ns|ts|are|aren|ade|at|as|ta|te|de|an|ene|ane|st|son|ars|ernas|arnas"
SCHEME = re.compile(
    rf"(?<![\w:])(?:{SCHEMES}):(?!(?:{ENDINGS})\b)\S"
    rf"|(?<![\w:.+-])(?!kl:)[a-z][a-z0-9+.-]{{0,30}}[a-z0-9+-]:(?!(?:{ENDINGS}|[dpo3])\b)(?:[^\W\d]|[+?#@%&=~]\S|/[^\s/]|\d{{3}}|\d[\d.]{{0,20}}/[^\W\d])"
)
# Hosts that are known by their first half.
SHORT = "t|m|fb|wa|vk|youtu|lnkd|redd|amzn|kutt|instagr|spoti|goo|msng|linktr|discord|paypal"
SPELLED = re.compile(
    rf"\b(?:d[o0]tt?|punktum)\s(?:{KNOWN}|no|se|me)\b"
    rf"|\w\s(?:{OURS})\s(?:no\b|(?:{WORDS_TOO})\b(?=\s?(?:$|[^\w\s])))"
    rf"|\w\s(?:{DOT})\s(?:{KNOWN})\b"
    rf"|\w\s(?:{DOT})\s\w{{2,63}}\s?{SLASH}"
    rf"|\w\s(?:{STOP})\s(?:{NO_WORDS})\b"
    # "evil com", whatever the word between is, and evildotcom, discord gg/abc, t me/abc
    r"|\w\scom\b"
    rf"|(?<!\d\s)\b(?:{SHORT})\s(?:me|be|it|in|to|gl|am|fi|ru|ee|com|cc)/\w"
    r"|(?:d[o0]tt?|punktum|punkt|prikk)(?:com|org|net)\b|\wdot(?:no|se|io|ly)\b"
    r"|\w\s(?:com|ly|gg|gl|gd|cc|tk|io|xyz)/\w"
    rf"|\w\.\s(?:(?:com|org|net|info|io|biz|xyz|shop|link|click|top|online|site)\s?/|(?:com|org|xyz)\b)"
    # t. co/abc, and not "osv. og/eller", "Fine. He/she" or "Done. HR/IT"
    r"|\w\.\s(?!(?:og|he|vi|du|de|ni|jo|ja)/|(?:ai|hr|it|pc|pr|qa|tv|ui|ux)/[^\W\d_]{2,20}\b)[a-z]{2}/\w"
)
# "evil dot academy", and not "a dot on the wall", "dot voting"
DOT_BETWEEN = re.compile(r"\b(\w{1,63})\s(?=d[o0]t\s([^\W\d_]{2,63})\b)")
BEFORE_DOT = """
    a an the one two three each every any another your my our his her their its this that per by of with and
    or no more to put place use using try do run bruk bruke bruker prøv prøve kör köra använd använda ha har
    add draw get give for from in on at as is was polka red green blue black white yellow orange big small
    first last next single extra same only en et ett den det til till och eller med som i på av om
"""
AFTER_DOT = """
    voting vote votes voted voter plot plots matrix matrices sticker stickers by on to in is was for and or
    per at product each of the it if as so with near next under over above below beside from means stands
    shows og eller på i er som til för och till med when where that which goes can will there here printer
    cards exercise exercises game method democracy stemming avstemning avstemming avstemninger metoden
    röstning omröstning
"""
SPACED = re.compile(r"[^\W_]\s\.\s?[^\W\d_](?:[^\W\d_]|(?:\s[^\W\d_])+\b)")
# evil,com evil..com evil."com" evil_com
SYMBOL_FOR_DOT = re.compile(
    r"[^\W_](?:[^\w\s/&'’+–—-]|_){1,3}(?:com|org|net|biz|xyz)\b|(?<!\be)(?<=[^\W_])[/&'’+–—-]{1,3}com\b"
    r"|[^\W_]\s?(?:[^\w\s/&'’+()–—-]|_){1,3}\s?(?:com|xyz)\b"
    r"|[^\W_]\.\s?c[\s.]?[o0][\s.]?m\b|[^\W_]\.(?:0rg|n3t)\b"
)
NUMBERS = re.compile(
    # 8.8.8.8, also in octal and with spaces; 2130706433 as a name; 0x7f000001; ::1
    r"(?<![\d.])\d{1,12}(?:\s?\.\s?\d{1,12}){3}(?![\d.])|(?<![\w.])0\d{2,4}\.\d+(?:\.\d+)?(?![\d.])|\b0x[0-9a-f]{2}"
    r"|(?<![\w.,:+-])(?:[1-9]\d{9}|[1-9]\d{8})(?![\w,-]|\.\d)|(?<![\w.,:+-])[1-9]\d{7}(?=[/:]\w)"
    r"|\[[0-9a-f:.]{0,40}:[0-9a-f:.]{0,40}(?:%\w{0,20})?\]|(?<![\w:])(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,6})?::[0-9a-f]{1,4}\b"
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){5,7}[0-9a-f]{1,4}\b"
)
BEFORE_DOT, AFTER_DOT = frozenset(BEFORE_DOT.split()), frozenset(AFTER_DOT.split())
CANDIDATE = re.compile(r"[^\s.]\.[^\W\d_]{2,}")
PATTERNS = (OPENED, SCHEME, SPELLED, SPACED, SYMBOL_FOR_DOT, NUMBERS)
EDGES = "\"'“”„«»‘’()[]{}<>,;:!?…*_–—-"

PROSE = """
    f.eks o.likn o.lign el.lign o.dyl m.fl cand.mag cand.polit cand.jur cand.philol dr.philos st.meld ot.prp adm.dir
    t.ex el.dyl fil.dr fil.kand tekn.dr jur.kand f.kr e.kr m.sc b.sc org.nr reg.nr
    no.of
"""
ABBREVIATIONS = frozenset(PROSE.split())
# 3.juni, 2.etasje: a number of one or two digits and then one of these.
ORDINALS = (
    "jan|januar|januari|january|feb|februar|februari|february|mar|mars|march|apr|april|mai|maj|may|jun|juni|june|jul|juli|"
    "july|aug|august|augusti|sep|sept|september|okt|oct|oktober|october|nov|november|des|dec|desember|december|"
    "etasje|etg|våning|klasse|klass|plass|plats|gang|trinn|steg|kvartal|juledag|dag"
)
# referat.pdf, node.js: kinds of files that are no endings of domains.
FILE = re.compile(
    r"[\w-]{1,80}\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|odp|txt|csv|tsv|rtf|html?|css|js|json|xml|ya?ml|sql|ics|epub|"
    r"jpe?g|png|gif|svg|webp|heic)"
)
# "ferdig.Det er": words that begin a sentence, and are no endings of domains (as vi, men, nu and de are).
BEGINNING = (
    "jeg|jag|det|den|dette|denne|detta|denna|dei|dom|han|hun|hon|hen|ikke|inte|og|och|att|når|när|så|hva|hvem|hvor|hvis|"
    "hur|alle|alla|ingen|noen|någon|takk|tack|hei|hej|kanskje|kanske|etterpå|"
    "the|this|that|these|then|there|they|we|she|and|but|when|if|what|who|everyone|nobody|thanks|please"
)
RUN_ON = re.compile(rf"[^\W\d_]{{2,40}}\.(?:{BEGINNING})")
ORDINAL = re.compile(rf"(?:\d{{1,2}}\.?[-–/])?\d{{1,2}}\.(?:{ORDINALS})(?:[-–][^\W\d_]+)?")


# No text that is asked about may be longer; what is typed comes here before its length is checked.
LONGEST = 20_000


def has_link(*texts: str) -> bool:
    return any(_has_link(_with_dots(plain(text[:LONGEST]))) for text in texts)


def _with_dots(text):
    return HUGGED.sub(".", SET_OFF.sub(".", BRACKETED.sub(".", COLON.sub(":", text))))


def _has_link(text):
    if any(pattern.search(text) for pattern in PATTERNS) or _has_dot_between_words(text):
        return True
    return any(CANDIDATE.search(word) and not _is_prose(word) for word in text.split())


def _has_dot_between_words(text):
    return any(
        before not in BEFORE_DOT and after not in AFTER_DOT and not before.isdigit()
        for before, after in DOT_BETWEEN.findall(text)
    )


def _is_prose(word):
    word = word.strip(EDGES).rstrip(".").strip(EDGES)
    is_known = word in ABBREVIATIONS or any(kind.fullmatch(word) for kind in (ORDINAL, FILE, RUN_ON))
    return is_known or not CANDIDATE.search(word)
