"""What people write at an ordinary meetup, in three languages: none of it waits for an organiser."""

import pytest

from chapter.addresses import has_link

SENTENCES = """
Vi møtes kl. 17.30 i kantina, rett ved resepsjonen.
Jeg skal spørre tre kolleger hva de savner i skjemaet.
Fredag 3. desember tar vi en prat om brevene våre.
Ring meg på 22 22 22 22 hvis du blir forsinket.
Ta med en kollega fra HR/IT, så blir samtalen bedre.
Vi prøver «5 på 12»-metoden og/eller Lean Coffee.
Husk: kaffe, lapper og prikker.
Del referatet (helst før fredag) med naboteamet.
Kari sa: «Vi begynner i det små.»
Er det noen som kan lede neste gang? Jeg kan!
Vi fikk 12,5 % flere svar enn i fjor.
Kl. 9–11: åpent hus, deretter lunsj.
Den som vil, kan si noen ord om mikrohandlingen sin.
Jeg sletter ett av de fire feltene som ingen bruker.
Når jeg åpner e-posten mandag, da skriver jeg til to brukere.
Prikk 1 og prikk 2 er til temaene, ikke til personene.
Sett punktum etter hver setning. Da leser flere.
Jeg tar det opp i ledermøtet, jf. punkt 4.2 i planen.
Vi er ca. 25 stykker, bl.a. fra kommunen og fylket.
Det tok 3 uker (ikke 3 dager) å få svar.
Takk for sist! Det var fint å møte dere alle :)
Jeg lager en mal.docx som alle kan bruke.
Legg ved referat.pdf når du sender innkallingen.
Filen heter oversikt.xlsx og ligger på fellesområdet.
Da er jeg ferdig.Det gikk bra.
Vi skriver om i morgen.Jeg tar første utkast.
Bytt ut «vedlagt følger» med «her er».
Slå av varslene fra kl. 12 til kl. 14 hver dag.
Norge, Sverige og Danmark – samme problem, tre svar.
Skriv navnet ditt på lappen/kortet og heng det opp.
AI/ML er ikke svaret på alt.
Vi trenger en TV, en tusj og noen til å notere.
Møt opp i 2. etasje, rom 4.12, ved heisen.
Vi träffas klockan 17.30 i matsalen, precis intill receptionen.
Jag ska fråga tre kollegor vad de saknar i blanketten.
Fredag den 3 december pratar vi om våra brev.
Ring 08-22 22 22 om du blir sen.
Ta med en kollega från HR/IT så blir samtalet bättre.
Kom ihåg: kaffe, lappar och prickar.
Är det någon som kan leda nästa gång? Jag kan!
Vi fick 12,5 % fler svar än i fjol.
Kl. 9–11: öppet hus, därefter lunch.
Den som vill får säga några ord om sin mikrohandling.
Jag tar bort ett av de fyra fälten som ingen använder.
När jag öppnar mejlen på måndag skriver jag till två användare.
Sätt punkt efter varje mening. Då läser fler.
Jag tar upp det på ledningsmötet, se punkt 4.2 i planen.
Vi är ca 25 personer, bl.a. från kommunen och regionen.
Det tog 3 veckor (inte 3 dagar) att få svar.
Tack för senast! Det var roligt att träffa er alla :)
Jag gör en mall.docx som alla kan använda.
Bifoga protokoll.pdf när du skickar kallelsen.
Filen heter lista.xlsx och ligger på gruppens yta.
Nu är jag klar.Det gick bra.
Vi skriver om i morgon.Jag gör första utkastet.
Byt ut ”härmed bifogas” mot ”här är”.
EU:s regler gäller även oss, t.ex. i upphandling.
SCB:s siffror och MSB:s råd säger samma sak.
Skriv ditt namn på lappen/kortet och häng upp den.
Stäng av aviseringarna mellan 12 och 14 varje dag.
En prick per person, max tre per tavla.
Det är en bra punkt på dagordningen.
Vi behöver en TV, en penna och någon som antecknar.
S:t Eriksplan är närmast, n:o 4, 2 tr.
Kan någon ta fikat? Jag betalar 100:- per person.
Vi provar ”1-2-4-alla” i stället.
We meet at 5.30 pm in the canteen, next to reception.
I will ask three colleagues what they miss in the form.
On Friday 3 December we talk about our letters.
Call 020 7946 0000 if you are late.
Bring a colleague from HR/IT, it helps.
Remember: coffee, notes and dots.
Can anyone lead next time? I can!
We got 12.5% more answers than last year.
9–11 am: open house, then lunch.
Anyone who wants to may say a word about their microaction.
I will delete one of the four fields that nobody uses.
When I open my inbox on Monday, I will write to two users.
Put a full stop after each sentence. More people will read.
I will raise it at the board, see section 4.2 of the plan.
There are about 25 of us, e.g. from the city and the region.
It took 3 weeks (not 3 days) to get an answer.
Thanks for last time! It was lovely to meet you all :)
I am making a template.docx that everyone can use.
Attach minutes.pdf when you send the invitation.
The file is called overview.xlsx and is on the shared drive.
I am done.The rest is yours.
We rewrite it tomorrow.This is the first draft.
Replace "please find attached" with "here is".
We use node.js and vue.js for the prototype.
Place one dot per topic, and no more than three.
It was a good period, no complaints.
The trial period is over; we keep the new form.
Write your name on the note/card and hang it up.
He/she/they may decide, and/or ask the team.
Turn off notifications from 12 to 2 every day.
Two steps: 1) ask, 2) listen.
Our team is 50/50 remote and on site.
The U.S. team and the U.K. team met, i.e. online.
That is it, period. No more meetings on Fridays.
Ask legal/comms before you publish.
We want fewer, shorter letters: one page at most.
""".strip().splitlines()


@pytest.mark.parametrize("text", SENTENCES)
def test_sentence_does_not_wait(text):
    assert not has_link(text)
    assert not has_link(f"Hei! {text}", f"{text}\n{text}")


def test_there_are_a_hundred():
    assert len(set(SENTENCES)) >= 100


# A name of a file, and a sentence that begins without a space, are prose alone


@pytest.mark.parametrize(
    "text",
    [
        "evil.com/referat.pdf",
        "evil.no?f=referat.pdf",
        "referat.pdf.com",
        "evil.com:80/x.js",
        "kari@evil.pdf.no",
        "www.referat.pdf",
        "//referat.pdf",
        "ferdig.det.no",
        "evil.no.Det er",
        "evil.zip",
        "evil.mov",
        "evil.md",
        "evil.men",
        "ferdig.Vi",
        "evil.how",
    ],
)
def test_address_with_such_words_in_it_waits(text):
    assert has_link(text)
