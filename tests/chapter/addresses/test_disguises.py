"""Links that somebody has made an effort to hide, by the kinds of hiding; and what only looks like one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chapter.addresses import has_link
from chapter.addresses.disguises import DOTS

HIDDEN = [
    "evil**.**com",
    "evil**.**academy",
    "evil\\.com",
    "evil.**com**",
    'evil"."com',
    "evil`.`no",
    "evil.*com",
    "evil(.)com",
    "evil|.|app",
    "evil_._com",
    'evil"."com',
    "whatsapp:x",
    "mailto:x",
    "tel:112",
    "tel:+4722",
    "sms:1",
    "tg:resolve?domain=x",
    "signal:x",
    "skype:x?call",
    "viber:x",
    "bitcoin:1abc",
    "magnet:?xt=urn",
    "intent:#I",
    "javascript:alert(1)",
    "data:text/html,x",
    "data:,x",
    "spotify:track:5",
    "zoommtg:join",
    "fb-messenger:x",
    "geo:59,10",
    "evil*dot*com",
    "evil - dot - com",
    "evil_dot_com",
    "evil-dot-com",
    "evil -dot- com",
    "evil.dot.com",
    "evil|dot|com",
    "www evil com",
    "bit punkt ly",
    "bit punktum ly",
    "bit prikk ly",
    "bit prick ly",
    "[::1]",
    "::1",
    "0x7f000001",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "2001:db8::1",
    "http://[::1]/",
    "\uff45\uff56\uff49\uff4c\uff0e\uff43\uff4f\uff4d",
    "\U0001d41e\U0001d42f\U0001d422\U0001d425.\U0001d41c\U0001d428\U0001d426",
    "\U0001d4ee\U0001d4ff\U0001d4f2\U0001d4f5\uff0e\U0001d4ec\U0001d4f8\U0001d4f6",
    "ev\u200bil.com",
    "evil.c\u0301om",
    "e\u0336v\u0336i\u0336l\u0336.\u0336c\u0336o\u0336m",
    "evil\u200b.\u200bcom",
    "evil\ufe0f.com",
    "hxxp://x",
    "hxxp:x",
    "h**p://x",
    "hxxps://evil",
    "evil[.]com",
    "evil(dot)com",
    "evil{.}com",
    "evil<.>com",
    "evil [.] com",
    "evil ( dot ) com",
    "evil dot com slash x",
    "evil dot com",
    "evil DOT academy",
    "evil dot xyz slash x",
    "2130706433",
    "http://2130706433",
    "3232235777",
    "134744072",
    "evil &#46; com",
    "evil&period;com",
    "evil%2Ecom",
    "evil%252Ecom",
    "tel&colon;22",
    "javascript&#58;x",
    "\U0001f174\U0001f185\U0001f178\U0001f17b.\U0001f172\U0001f17e\U0001f17c",
    "\U0001f1ea\U0001f1fb\U0001f1ee\U0001f1f1.\U0001f1e8\U0001f1f4\U0001f1f2",
    "\u24d4\u24e5\u24d8\u24db.\u24d2\u24de\u24dc",
    "evil,com",
    "evil..com",
    "evil . com",
    "e v i l . c o m",
    "evil\n.com",
    "evil.\ncom",
    "whatsapp\uff1ax",
    "tel\ua78922",
    "tel[:]22",
    "hxxp[:]//x",
    "http:\\\\evil\\x",
    "\\\\evil\\x",
    "evil point com",
    "evil d0t com",
    "evil dot no",
    "evil punkt se",
    "se evil punkt no",
    "example punktum shop",
    "t. co/abc",
    "b i t . l y",
    "h t t p://x",
    "evil dot com/x",
    "bit dot ly slash x",
    "evil \u2022 com",
    "evil \xb7 com",
    "foo:bar",
    "a+b:xy",
    "steam:run/1",
    "xmpp:b",
    "matrix:u/x",
    "evil(.)com",
    "evil. com",
    "\u24a0\u24b1\u24a4\u24a7.\u249e\u24aa\u24a8",
    "evil.\u1d04\u1d0f\u1d0d",
    "1.1.1.1",
    "010.8.8.8",
    "0300.0250.1",
    "ftp:x",
    "evil^dot^com",
    "evil=dot=com",
    "evil ~dot~ com",
    "evil\u2022dot\u2022com",
    "evil \u201cdot\u201d com",
    "evil.\u0440\u0444",
    "evil\u3164.com",
    "evil\u2800.com",
    "evil\u034f.com",
    "evil\U000e0061.com",
    "evil\u115f.com",
    "evil\xad.com",
    "localhost:80",
    "xn--e",
    "slash slash evil",
    # Letters apart, and a dot that is only said
    "e-v-i-l.c-o-m",
    "e.v.i.l.c.o.m",
    "e v i l dot c o m",
    "evil  d o t  com",
    "evil d-o-t com",
    "w w w evil com",
    "wwwevilcom",
    "evil com",
    "evil komma com",
    "evil period net",
    "evil full stop org",
    "evil kropka com",
    "evil точка com",
    "evil 'dot' no",
    "evil/dot/com",
    "evil&dot&com",
    "evil dottcom",
    "https evil com",
    "https evil no",
    "https//evil",
    "http\\\\evil",
    # Hosts by their first half
    "t me/evil",
    "fb me/evil",
    "youtu be/xyz",
    "lnkd in/abc",
    "kutt it/abc",
    # Another sign for the dot, another way to write it
    "evil+com",
    "evil'com",
    "evil\u2019com",
    "evil-com",
    "evil/com",
    "evil.c0m",
    "evil\U0001f535no",
    "evil\\x2ecom",
    "evil\\u{2e}com",
    "evil=2Ecom",
    "evil<dot/>com",
    "evil<!-- -->.com",
    "/\\evil",
    "\\/evil",
    "///evil",
    "1 . 1 . 1 . 1",
    "doi:10.1/x",
    "colon slash slash evil",
]
PROSE = """
Vi ses 1.–3.juni
Han sa «slutt». Neste
**OBS.** Ta med kaffe
Ferdig.)
Ferdig (nå.) Så
Vi sier «dot.» Så
Kurs 3./4.mai
Ta det 1.-3. juni
m.m.)
Vi er «på.»
Kaffe, org. og kultur
Husk: 1) kaffe 2) te
Min e-post: spør meg
Like ved NAV/IT
Vi bruker dot stemming
10:30
kl. 18.00
kl 18.00-20.00
3.5
f.eks.
bl.a.
t.ex.
dvs.
punkt 3 i planen
note: buy coffee
Husk: kaffe
dot voting
1-2-4-all
Tel: 22 22 22 22
Tlf.: 22 22 22 22
Vi bruker dot voting på slutten
Kl.10:30 i kantina
kl 10:30:15
EU:s regler
FN:s mål och sms:et om DIGG:s plan
Ta PDF:en med
S:t Eriksplan
n:o 4, 1:a och 2:a plats
hei:D
takk:)
Bra jobba :-)
Ring 22222222
Ring 987 65 432
Org.nr. 123 456 789
Se punkt 4, 5 og 6
Se punkt 2.
På dette punkt er vi enige
Vi er enige på dette punktet
Gå til punkt A og B
Sett punktum. Ferdig.
Og dermed punktum.
Det koster 1 000 000 kr
Det koster 1.000.000 kr
1 500,50 kr
24.12.2026
2026-12-24
20261224
uke 34/35
og/eller
ja/nei
he/she
A4
4. etasje, rom 4.12
versjon 2.1.3
50 % av oss
100%
#kaffe
C# og F#
R&D
kl. 9–11
(se vedlegg)
Kari: «Ja!»
Hun sa:"nei"
Plan B: ring
Tema: kaffe; tid: 10
Ta fri i f.m. og e.m.
500 f.Kr.
Prosjekt 12.3
Lag en to-do-liste
Prøv 5-på-12
Bruk sms: det er raskt
Use SMS: it is quick
a dot on the wall
Give each note a dot
Put a red dot on it
Place one dot by your name
en prikk på tavla
Prikk 1 og prikk 2
This is the point, no more
Point it out
At this point no one knows
At this point it is fine
The main point is this
At that point, me and you
The point be made
Signal: grønt
Data: se vedlegg
Line: 4
Live: torsdag
about: nothing
Skriv til IT: nå
NB! Husk 3-4 kopper
Det er 10:1
3:16
Joh 3:16
Joh.3:16
100.000,-
1:1-samtale
2,5 timer
tre … to … en
""".strip().splitlines()


@pytest.mark.parametrize("text", HIDDEN)
def test_hidden_link_is_one(text):
    assert has_link(text)
    assert has_link("Harmless.", f"Kom hit: {text} – ha det")


@pytest.mark.parametrize("dot", DOTS)
def test_whatever_looks_like_a_dot_is_one_between_letters(dot):
    assert has_link(f"evil{dot}com") and has_link(f"Se bit{dot}ly/x")


@pytest.mark.parametrize("text", PROSE)
def test_ordinary_sentence_does_not_wait(text):
    assert not has_link(text)
    assert not has_link(f"Hei! {text}\nHilsen Kari")


# Any face of the letters with any of the dots


def _in_letters(first):
    return lambda text: "".join(chr(first + ord(c) - ord("a")) if "a" <= c <= "z" else c for c in text)


FACES = {
    "as it is": str,
    "capitals": str.upper,
    "full-width": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "mathematical": _in_letters(0x1D41A),
    "circled": _in_letters(0x24D0),
    "boxed": _in_letters(0x1F170),
    "of flags": _in_letters(0x1F1E6),
    "in brackets": _in_letters(0x249C),
    "with nothing between": "\u200b".join,
    "struck through": lambda text: "".join(c + "\u0336" for c in text),
    "entities": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "percent": lambda text: "".join(f"%{ord(c):02x}" if c.isascii() else c for c in text),
}
WRITTEN = """
    . [.] (.) {.} <.> [dot] (punkt) (punktum) {dot} *dot* _dot_ ~dot~ |dot| &#46; &period; %2e %252e **.** \\. "." \u200b.\u200b
"""
# Written, the ending may be any; spoken, it is one that is no word.
DOT_AND_ENDING = st.one_of(
    st.tuples(
        st.sampled_from([*WRITTEN.split(), *DOTS, " .", "[ . ]", " [dot] ", " . "]),
        st.sampled_from(["com", "ly", "no", "academy", "xyz", "рф"]),
    ),
    st.tuples(
        st.sampled_from([" dot ", " punkt ", " punktum ", " prikk ", " - dot - ", " *dot* ", " – punkt – "]),
        st.sampled_from(["com", "ly", "no", "xyz", "org"]),
    ),
)


@settings(max_examples=300, deadline=None)
@given(
    name=st.sampled_from(["evil", "example", "bit", "casino-24", "blåbær", "t", "пример"]),
    dot_and_ending=DOT_AND_ENDING,
    face=st.sampled_from([*FACES]),
    before=st.sampled_from(["", "Se ", "Kom til ", "("]),
    after=st.sampled_from(["", " i dag", "/x", ")", "!"]),
)
def test_decorated_domain_is_a_link(name, dot_and_ending, face, before, after):
    dot, ending = dot_and_ending
    assert has_link(before + FACES[face](name) + dot + FACES[face](ending) + after)


@settings(max_examples=200, deadline=None)
@given(
    scheme=st.from_regex(r"[a-z][a-z+-]{1,10}[a-z]", fullmatch=True).filter(lambda text: text != "kl"),
    rest=st.from_regex(r"[a-z]{5,10}|[?#][a-z]{3}|[+]?[0-9]{3,8}|//[a-z]", fullmatch=True),
    face=st.sampled_from(["as it is", "capitals", "full-width", "with nothing between", "entities"]),
)
def test_word_with_a_colon_and_no_space_is_a_link(scheme, rest, face):
    assert has_link(f"Se {FACES[face](scheme)}:{rest} i dag")
