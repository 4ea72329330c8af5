"""What waits for an organiser because it looks like an address, and what is ordinary prose."""

import pytest

from chapter.addresses import has_link

ENDINGS = """
com org net edu gov mil int info biz name pro aero coop museum jobs mobi travel tel cat asia post xxx arpa ac ad ae
af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz ca cc cd cf cg ch ci
ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr ga gd ge gf gg gh gi gl
gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp ke kg kh ki km kn kp kr kw
ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt mu mv mw mx my mz na nc ne nf
ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru rw sa sb sc sd se sg sh si sk sl
sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz ua ug uk us uy uz va vc ve vg vi vn
vu wf ws ye yt za zm zw academy accountant app art bar bet bike blog boo buzz cafe cam casino center cheap cfd click
cloud club codes coffee cyou dad date dev digital download email esq exchange expert finance foo fun fund fyi game
gay gifts global gold gratis guru haus help homes host how icu inc ing ink kim land lat life link live llc loan lol
ltd market mba media men mom monster mov movie nexus ngo ninja one ong online ooo page party phd photo pics pink
pizza plus press prof quest racing red rent rest review rip rocks rodeo run sale sbs school sex sexy shop show site
ski skin soy space store stream studio style surf tips today tokyo top toys trade uno vip vodka voto wang watch web
wiki win work works world wtf xin xyz yoga zip zone рф бел укр срб бг мкд қаз рус онлайн сайт ком орг дети москва 中国
中國 香港 台灣 台湾 新加坡 网络 公司 网址 移动 在线 中文网 コム みんな ストア セール 한국 닷컴 닷넷 삼성 भारत संगठन कॉम ಭಾರತ ভারত ਭਾਰਤ భారత్ இந்தியா ලංකා ไทย
คอม ελ ευ გე հայ السعودية مصر امارات موقع شبكة ישראל קום ευ vermögensberatung vermögensberater
"""
LINKS = """
bit.ly/x t.co t.co/abc youtu.be/dQw4 tinyurl.com/abc goo.gl/x is.gd/x ow.ly/x lnkd.in/x t.me/spam wa.me/4799 1.fm
1.fm/x 163.com 0.st x.y.zz HTTP://EXAMPLE https://x http:x hxxp://example hxxps://evil ftp://x gopher://x //x://y
www.example example。com example｡com example．com ｅｘａｍｐｌｅ．ｃｏｍ ｂｉｔ.ｌｙ examp\u200ble.com bit.\u200bly bit.l\u00ady
bit․ly exa\u200dmple.com xn--blbr-roah.no xn--80ak6aa92e blåbær.no пример.рф 例え.テスト 例え.jp bücher.de straße.de I❤.ws
😀.ws a@b.cc me@example.org example[.]com example(.)com example{.}com example[dot]com example(dot)com
example(punkt)no example[punktum]se 127.0.0.1 8.8.8.8/x 10.0.0.1:8080 localhost.localdomain example.com.
(example.com) «example.com» "example.com", **bit.ly/x** [her](//evil) [her](bit.ly/x) <bit.ly/x> example.com/?q=1
example.com:8080 user:pw@example.com Example.Com GJØR.NÅ kjøp.nå f.eks.com t.ex.no bit·ly bit•ly/x www.1
WWW.example example.museum… mailto:a@b.cc bit%2Ely/x bit&#46;ly/x et\u202elanguage.com
"""
SPELLED = [
    "example .com",
    "example . com/x",
    "example [.] com",
    "example (dot) com",
    "example dot com",
    "example [dot com]",
    "kom til example. com nå",
    "hxxp[:]//evil",
    "http[:]//evil",
    "hxxps evil",
    "example punktum no",
    "example dot app",
    "t. co/abc",
    "youtu. be/x",
    "example punkt com",
    "example prikk org",
    "kom til example. com/x nå",
    "hxxp : //example",
    "http: //example",
    "Ring oss på casino\u200b.bet i dag",
    "the word bit\u00ad.ly hidden",
]
PROSE = """
Møte kl. 12.30 med teamet.
Vi tar det kl. 9.00–11.30, bl.a. fordi rommet er ledig.
Ta med f.eks. en kopp kaffe (f.eks. te).
Kaffe, te, m.m. står klart.
Det gjelder bl.a. oss, dvs. alle.
Snakk med naboteamet o.l. før fredag.
Les § 3.2 og punkt 4.1.2 på nytt.
Jeg ringer etter 1. desember.
Vi ses 3.juni i 2.etasje.
Det koster kr. 1.500,- for alle.
Hva med å spørre brukerne …? Ja…nei… kanskje
Ferdig! Nå: begynn.
Send tre spørsmål til ca. 10 personer.
Vi er ca. 3.5 personer i teamet.
J.R.R. Tolkien leste høyt.
A. Hansen og B. Olsen tar seg av det.
Rundskriv nr. 12/2026 er klart.
Se side 4–7 osv. og skriv to linjer.
Prøv versjon 2.1 av skjemaet.
Den 24.12.2026 er vi ikke her.
Den 24.12. er vi ikke her.
Gi en prikk til det beste forslaget.
Jeg skal skrive på klarspråk.
Spør kollegaen min om hjelp (hun er på kontoret).
Møterom «Kristin», 4. etasje.
Vi møtes mandag-torsdag 8–15.30.
Ta én ting av gangen, og si fra m.a.o. tidlig.
Innbyggerne sier: «Hvorfor så vanskelig?»
Ta opp saken med hhv. A og B.
Dette er pkt. 3 på lista.
Vi får se. Se på tavla. No stress.
Ha en fast dag, jf. planen.
Følg opp pr. telefon.
Skriv til leder vedr. opplæring.
Alle f.o.m. mandag t.o.m. fredag.
Det er 50 % flere enn i fjor.
Spørsmål/svar legges på tavla.
Lage kaffe og/eller te.
Hei, jeg heter Åse!
Gå en tur med teamet på 30 min.
Prøve det ut i 2 uker, så evaluere.
Snakke med IT om tilgang til delte mapper.
Kutte ett skjema denne måneden.
Vi bruker A4-ark; ingen skjermer.
Be om tilbakemelding fra minst 5 brukere.
Lære bort én snarvei til en kollega.
Kaffe kl.12 i kantina.
Gå i 17.mai-tog med teamet, el.lign.
Place a dot on the best note, dot by dot.
Kontakt oss på tlf. 22 22 22 22.
Vi setter punktum, og begynner på nytt.
Rom nr.5, pkt.3 og s.12.
Det var o.s.v., d.v.s. mye.
Dr. Olsen holder innlegg kl 14.
Det tok 1.234.567 sekunder.
Vi er nr. 1!!! Hurra...
Ja... men... nei.
Vi ses i uke 34.
Vi träffas kl. 12.30 i köket.
Ta t.ex. en promenad med teamet.
Fika, te m.m. finns på plats.
Prata med bl.a. grannteamet.
Det kostar 1.500 kr.
Vi ses den 3. juni på plan 2.
Skriv tre frågor till användarna.
Be om hjälp, dvs. ring någon.
Gör det enkelt, p.g.a. tiden.
Läs s. 4–7 t.o.m. fredag.
Alla är välkomna fr.o.m. måndag.
Hon sa: ”Varför så krångligt?”
Ta bort ett formulär den här månaden.
Prova i två veckor; utvärdera sedan.
Ordna en fika för två team.
Skriva klarspråk i nästa brev.
Fråga en kollega, el. dyl.
Bjud in någon från en annan myndighet.
Nästa möte är kl. 9.15–10.00.
Dela en sak jag lärt mig, m.a.o. våga.
Be chefen om 30 min. i veckan.
Det är ca 3,5 timmar.
Åsa & Örjan håller i det.
Gå igenom nr 1–3.
Ha ett möte utan skärmar…
Meet at 12.30 p.m. in the kitchen.
Ask the team next door, e.g. over coffee.
Write it down, i.e. on paper.
Dr. Smith and Mr. Jones will come.
See sect. 3.2 and fig. 4.
We are approx. 3.5 people.
It costs 1.50 a cup.
J. K. Rowling read aloud.
Talk to users, a.k.a. people.
Bring coffee, tea, etc. for all.
The U.K. and the U.S.A. did it.
Try it for two weeks, then stop.
Say no to one meeting.
Remove one form this month.
Ask: “Why is it so hard?”
Invite someone from another agency.
Start at 9 a.m., end at 3 p.m.
Wait... what? Yes... no.
Read page 4, no. 7.
Pair up with a colleague (30 min.).
Version 2.1 of the form.
Write in plain language.
No more than 10% of the time.
Go for a walk with the team.
Let us do it; it is 1st of May.
Use A4 paper and pens!
Share one thing I learned & ask.
Learn names: Åse, Øyvind, Zoë.
It is 24/7 support.
Do it on 24.12.2026 at 10.00.
Call them and listen for 15 min. without answering.
Cut 3 words from each sentence.
""".strip().splitlines()


@pytest.mark.parametrize("ending", ENDINGS.split())
def test_every_ending_is_an_ending(ending):
    assert has_link(f"Se example.{ending} i dag")
    assert has_link(f"EXAMPLE.{ending.upper()}/abc")


@pytest.mark.parametrize("text", [*LINKS.split(), *SPELLED])
def test_disguised_address_is_one(text):
    assert has_link(text)
    assert has_link("Harmless.", f"Kom hit: {text} – ha det")


@pytest.mark.parametrize("text", PROSE)
def test_prose_does_not_wait(text):
    assert not has_link(text)


def test_the_lists_are_long_enough():
    assert (len(set(ENDINGS.split())) > 400, len(PROSE) > 100) == (True, True)
